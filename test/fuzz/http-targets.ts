import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { judge, statusOf } from './judge.ts';
import { largeJson, largeYaml } from './large-inputs.ts';
import { apiToken, type Served } from './serve.ts';
import type { FuzzTarget, SeedOutcome } from './target.ts';
import { untilClosed } from './until-closed.ts';

/** No answer takes longer on a machine that works. */
const answerTimeoutMs = 10_000;

const meshYaml = `apiVersion: reroot.dev/v1
kind: VirtualMesh
metadata: { name: demo }
spec:
  clusters: [east]
  mtlsConfig:
    shared:
      rootCertificateAuthority: { generated: { ttlDays: 10, keyAlgorithm: KEY_ALGORITHM_ECDSA_P256 } }
      certificateRotation: { waves: { canaries: [east], soak: 1m }, maintenanceWindows: [{ cron: "0 9 * * 1", duration: 1h }] }
`;

/** The same as JSON, for a mesh of its own. */
const meshJson = JSON.stringify({
  ...{ apiVersion: 'reroot.dev/v1', kind: 'VirtualMesh', metadata: { name: 'demo-2' } },
  spec: {
    clusters: ['west'],
    mtlsConfig: {
      shared: { rootCertificateAuthority: { generated: { ttlDays: 10, keyAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' } } },
    },
  },
});

const maxBodyBytes = 2 ** 20;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly type: 'application/json' | 'application/yaml';
  readonly body: string;
  readonly seedOutcome: SeedOutcome;
}

/**
 * Bodies that each path of the API reads. What is done with a mesh or a cluster names none that is there, so that nothing comes
 * of what stays valid: then it is refused by that alone, behind everything that reads it.
 */
const bodies: readonly Asked[] = [
  { method: 'PUT', path: '/v1/meshes/demo', type: 'application/yaml', body: meshYaml, seedOutcome: 'RR_MESH_CLUSTER_UNKNOWN' },
  { method: 'PUT', path: '/v1/meshes/demo-2', type: 'application/json', body: meshJson, seedOutcome: 'RR_MESH_CLUSTER_UNKNOWN' },
  post('/v1/meshes/none/rotations', '{"by":"ann","strategy":"NONE","verification":"manual"}', 'RR_MESH_NOT_FOUND'),
  post(
    '/v1/meshes/none/rotations',
    '{"by":"ann","emergency":{"reason":"the key is out","excludeSilent":["east"]}}',
    'RR_MESH_NOT_FOUND',
  ),
  post('/v1/meshes/none/emergency', '{"strategy":"NONE","verification":"manual","excludeSilent":["east"]}', 'RR_MESH_NOT_FOUND'),
  post('/v1/meshes/none/abort', '{"rotationId":"r","by":"ann","why":"too early"}', 'RR_MESH_NOT_FOUND'),
  post(
    '/v1/meshes/none/verification',
    '{"rotationId":"r","step":"ADDING_NEW_ROOT","generation":2,"action":"CONTINUE","by":"ann","why":"fine"}',
    'RR_MESH_NOT_FOUND',
  ),
  post('/v1/meshes/none/clusters/east/exclude', '{"by":"ann","why":"gone"}', 'RR_MESH_NOT_FOUND'),
  post('/v1/clusters', '{"name":"east-2","mesh":"demo","by":"ann","validForMs":60000,"mode":"again"}', 'taken'),
  post('/v1/clusters/none/rename', '{"to":"west","by":"ann","why":"moved"}', 'RR_CLUSTER_NOT_FOUND'),
  post('/v1/clusters/none/revoke', '{"by":"ann","why":"stolen"}', 'RR_CLUSTER_NOT_FOUND'),
];

function post(path: string, body: string, seedOutcome: SeedOutcome): Asked {
  return { method: 'POST', path, type: 'application/json', body, seedOutcome };
}

/** The HTTP API over real sockets: bodies under a proper request, and whole requests that are none. */
export function httpTargets(served: () => Served): readonly FuzzTarget[] {
  const raw: FuzzTarget = {
    ...{ name: 'HTTP request', damage: 'refuses', weight: 6, changedTaken: 'some', maxBytes: maxBodyBytes },
    seeds: bodies.map(requestOf),
    seedOutcome: bodies.map(({ seedOutcome }) => seedOutcome),
    read: (input) => sendRaw(served(), input),
  };
  return [...bodies.map((asked) => bodyTarget(asked, served)), raw];
}

function bodyTarget(asked: Asked, served: () => Served): FuzzTarget {
  const { method, path, type, body, seedOutcome } = asked;
  return {
    name: `body of ${method} ${path} (${type})`,
    damage: 'refuses',
    weight: 2,
    seeds: [Buffer.from(body)],
    seedOutcome,
    changedTaken: seedOutcome === 'taken' ? 'some' : 'none',
    maxBytes: maxBodyBytes,
    ...(type === 'application/json' ? { form: 'json', largest: largeJson() } : { largest: largeYaml(body) }),
    read: (input) => send(served(), asked, input),
  };
}

async function send({ apiUrl, agent }: Served, { method, path, type }: Asked, input: Uint8Array): Promise<void> {
  const headers = { 'content-type': type, 'content-length': input.length, authorization: `Bearer ${apiToken}` };
  const signal = AbortSignal.timeout(answerTimeoutMs);
  const sent = request(`${apiUrl}${path}`, { method, headers, agent, signal });
  sent.end(input);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  judge(response.statusCode ?? 0, Buffer.concat(chunks).toString());
}

function requestOf({ method, path, type, body }: Asked): Uint8Array {
  const head = [`${method} ${path} HTTP/1.1`, 'host: 127.0.0.1', 'connection: close', `authorization: Bearer ${apiToken}`];
  return Buffer.from([...head, `content-type: ${type}`, `content-length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'));
}

/** Says all at once and hangs up; the server must do so too. */
async function sendRaw({ apiUrl }: Served, input: Uint8Array): Promise<void> {
  const { hostname, port } = new URL(apiUrl);
  const socket = connect({ host: hostname, port: Number(port) });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // A server that hangs up on nonsense at once makes the rest of it fail to be written.
  socket.on('error', () => undefined);
  socket.end(input);
  await untilClosed(socket);
  const heard = Buffer.concat(chunks).toString('latin1');
  judge(statusOf(heard), heard);
}
