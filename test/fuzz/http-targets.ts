import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { RerootError } from '@reroot/shared/errors';
import type { FuzzTarget } from './target.ts';

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

/** Bodies that each path of the API reads; none names what is there, so that nothing comes of those that stay valid. */
const bodies: readonly (readonly [method: string, path: string, type: string, body: string])[] = [
  ['PUT', '/v1/meshes/demo', 'application/yaml', meshYaml],
  ['PUT', '/v1/meshes/demo', 'application/json', '{"apiVersion":"reroot.dev/v1","kind":"VirtualMesh","metadata":{"name":"x"}}'],
  ['POST', '/v1/meshes/none/rotations', 'application/json', '{"by":"ann","strategy":"NONE","verification":"manual"}'],
  ['POST', '/v1/meshes/none/abort', 'application/json', '{"rotationId":"r","by":"ann","why":"too early"}'],
  [
    'POST',
    '/v1/meshes/none/verification',
    'application/json',
    '{"rotationId":"r","step":"ADDING_NEW_ROOT","generation":2,"action":"CONTINUE","by":"ann","why":"fine"}',
  ],
  ['POST', '/v1/meshes/none/clusters/east/exclude', 'application/json', '{"by":"ann","why":"gone"}'],
  ['POST', '/v1/clusters', 'application/json', '{"name":"east-2","mesh":"demo","by":"ann","validForMs":1}'],
  ['POST', '/v1/clusters/none/rename', 'application/json', '{"to":"west","by":"ann","why":"moved"}'],
  ['POST', '/v1/clusters/none/revoke', 'application/json', '{"by":"ann","why":"stolen"}'],
];

/** The HTTP API over real sockets: bodies under a proper request, and whole requests that are none. */
export function httpTargets(apiUrl: string): { readonly targets: readonly FuzzTarget[]; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const targets = bodies.map(([method, path, type, body]): FuzzTarget => {
    const name = `body of ${method} ${path} (${type})`;
    return {
      name,
      damage: 'refuses',
      weight: 2,
      seeds: [Buffer.from(body)],
      read: (input) => send(apiUrl, agent, { method, path, type, input }),
    };
  });
  const raw: FuzzTarget = {
    name: 'HTTP request',
    damage: 'refuses',
    weight: 6,
    seeds: requestSeeds(apiUrl),
    read: (input) => sendRaw(apiUrl, input),
  };
  return { targets: [...targets, raw], close: () => agent.destroy() };
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly input: Uint8Array;
}

async function send(apiUrl: string, agent: Agent, { method, path, type, input }: Sent): Promise<void> {
  const headers = { 'content-type': type, 'content-length': input.length };
  const signal = AbortSignal.timeout(answerTimeoutMs);
  const sent = request(`${apiUrl}${path}`, { method, headers, agent, signal });
  sent.end(input);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  judge(response.statusCode ?? 0, Buffer.concat(chunks).toString());
}

/** Whether the server refuses in its own words: 5xx for what a client sent is a bug. */
function judge(status: number, body: string): void {
  if (status >= 500) throw new Error(`answered with ${status}: ${body.slice(0, 500)}`);
  if (status >= 400) throw new RerootError('RR_API_UNEXPECTED', body.slice(0, 200));
}

function requestSeeds(apiUrl: string): readonly Uint8Array[] {
  const { host } = new URL(apiUrl);
  return bodies.map(([method, path, type, body]) => {
    const head = [`${method} ${path} HTTP/1.1`, `host: ${host}`, 'connection: close', 'authorization: Bearer abc'];
    return Buffer.from([...head, `content-type: ${type}`, `content-length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'));
  });
}

/** Says all at once and hangs up; the server must do so too. */
async function sendRaw(apiUrl: string, input: Uint8Array): Promise<void> {
  const { hostname, port } = new URL(apiUrl);
  const socket = connect({ host: hostname, port: Number(port) });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // A server that hangs up on nonsense at once makes the rest of it fail to be written.
  socket.on('error', () => undefined);
  socket.end(input);
  await once(socket, 'close', { signal: AbortSignal.timeout(answerTimeoutMs) });
  const [, status = '0'] = /^HTTP\/1\.1 (\d{3})/.exec(Buffer.concat(chunks).toString('latin1')) ?? [];
  judge(Number(status), Buffer.concat(chunks).toString());
}
