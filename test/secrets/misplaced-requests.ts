import { liveBearerPrefix, liveProtocol } from '@reroot/shared/api';
import { type NatsCredentials, writeCredsText } from '@reroot/shared/nats-auth';
import { meshName } from '../scenarios/mesh-fleet.ts';
import type { AskApi, Asked } from './ask-api.ts';
import type { Canaries } from './canaries.ts';

/** What the requests are made of. */
export interface MisplacedRequestsOptions {
  readonly api: AskApi;
  readonly canaries: Canaries;
  /** One that mgmt takes. */
  readonly token: string;
  /** Of a user that NATS lets in. */
  readonly credentials: NatsCredentials;
}

/** Asks for things with secrets where they do not belong. @returns by what was asked, with which status mgmt has answered */
export async function askWithMisplacedSecrets(options: MisplacedRequestsOptions): Promise<ReadonlyMap<string, number>> {
  const { api, canaries, token } = options;
  const requests = { ...byUnknown(canaries, token), ...byAdmin(options) };
  const statuses = new Map<string, number>();
  for (const [what, asked] of Object.entries(requests)) statuses.set(what, await api.ask(what, asked));
  const base64url = Buffer.from(token).toString('base64url');
  const streams = {
    'the live stream, with a token in the URL': { query: `?access_token=${token}` },
    'the live stream, with a token that is not encoded': { protocols: [liveProtocol, `${liveBearerPrefix}${token}`] },
    'the live stream, with two tokens': { protocols: [liveProtocol, `${liveBearerPrefix}${base64url}`, `${liveBearerPrefix}eA`] },
    'the live stream, with another token': { token: canaries.token() },
  };
  for (const [what, stream] of Object.entries(streams)) await (await api.follow(what, stream))();
  return statuses;
}

function byUnknown(canaries: Canaries, token: string): Readonly<Record<string, Asked>> {
  const get = (path: string, authorization?: string): Asked => ({
    ...{ method: 'GET', path },
    ...(authorization === undefined ? {} : { headers: { authorization } }),
  });
  const oneLine = (pem: string): string => Buffer.from(pem).toString('base64');
  return {
    'a token in the URL': get(`/v1/meshes?access_token=${token}`),
    'a token in the user part of the name': { ...get('/v1/meshes'), headers: { host: `${canaries.phrase()}@127.0.0.1` } },
    'a token by another scheme': get('/v1/meshes', `Basic ${token}`),
    'a token with a letter too many': get('/v1/meshes', `Bearer ${token}x`),
    'a token of another mgmt': get('/v1/meshes', `Bearer ${canaries.token()}`),
    'a token in two parts': get('/v1/meshes', `Bearer ${token.slice(0, 30)} ${token.slice(30)}`),
    'a private key as a token': get('/v1/meshes', `Bearer ${oneLine(canaries.key())}`),
    'a page with a secret in its origin': {
      ...{ method: 'GET', path: '/v1/meshes' },
      headers: { authorization: `Bearer ${token}`, origin: `https://${canaries.token()}.example` },
    },
  };
}

function byAdmin({ canaries, token, credentials }: MisplacedRequestsOptions): Readonly<Record<string, Asked>> {
  const authorization = `Bearer ${token}`;
  const get = (path: string): Asked => ({ method: 'GET', path, headers: { authorization } });
  const send = (method: 'PUT' | 'POST', path: string, type: string, body: string): Asked => ({
    ...{ method, path, body },
    headers: { authorization, 'content-type': type },
  });
  const post = (path: string, body: object | string): Asked =>
    send('POST', path, 'application/json', typeof body === 'string' ? body : JSON.stringify(body));
  const add = (more: object): Asked => post('/v1/clusters', { name: 'another', mesh: meshName, ...more });
  const put = (yaml: string): Asked => send('PUT', `/v1/meshes/${meshName}`, 'application/yaml', yaml);
  const { jwt, seed } = credentials;
  const broken = writeCredsText({ jwt: jwt.slice(0, -20), seed });
  return {
    'a token in the URL of nothing': get(`/v1/nothing?access_token=${token}`),
    'a token as a path': get(`/${canaries.token()}`),
    'a token as a mesh': get(`/v1/meshes/${canaries.token()}`),
    'a seed as a cluster': post(`/v1/clusters/${canaries.seed()}/revoke`, { why: 'to see' }),
    'credentials with a broken JWT': add({ natsCredentials: broken }),
    'credentials with the JWT of another user': add({ natsCredentials: writeCredsText({ jwt, seed: canaries.seed() }) }),
    'credentials without a JWT': add({ natsCredentials: seed }),
    'a private key as credentials': add({ natsCredentials: canaries.key() }),
    'a token as a name': add({ name: canaries.token() }),
    'keys that the body does not have': add({ token: canaries.token(), privateKey: canaries.key(), seed: canaries.seed() }),
    'a seed where a mode stands': add({ mode: canaries.seed() }),
    'a seed without quotes': post('/v1/clusters', `{"name": ${canaries.seed()}}`),
    'a token that is all of the body': post('/v1/clusters', canaries.token()),
    'a private key that is all of the body': post('/v1/clusters', canaries.key()),
    'a token as a fingerprint': post(`/v1/meshes/${meshName}/rotations`, { by: 'test', targetRoot: canaries.token() }),
    'a key as a verification': post(`/v1/meshes/${meshName}/rotations`, { by: 'test', verification: canaries.key() }),
    'a token as a media type': send('POST', '/v1/clusters', `application/${canaries.token()}`, '{}'),
    ...Object.fromEntries(meshesWithSecrets(canaries).map((yaml, index) => [`mesh ${index + 1} with secrets`, put(yaml)])),
  };
}

/** What people have in other files, and paste into this one. */
function meshesWithSecrets(canaries: Canaries): readonly string[] {
  const head = `apiVersion: reroot.dev/v1\nkind: VirtualMesh\nmetadata:\n  name: ${meshName}\nspec:\n`;
  const pasted = (pem: string, indent: string): string => pem.trimEnd().replaceAll('\n', `\n${indent}`);
  return [
    `${head}  clusters: [${canaries.token()}]\n  trustDomain: ${JSON.stringify(canaries.key())}\n`,
    `${head}  clusters: ${canaries.seed()}\n  trustDomain: [${canaries.token()}]\n`,
    `${head}  clusters: [cluster-1]\n  trustDomain: cluster.local\n  users: [{ name: admin, user: { token: ${canaries.token()} } }]\n`,
    `${head}  clusters: [cluster-1]\n  trustDomain: *${canaries.seed()}\n`,
    `${head}  clusters: [cluster-1]\n  trustDomain: !${canaries.seed()} x\n`,
    `${head}  clusters: [cluster-1]\n  token: "${canaries.phrase()}\n  trustDomain: |${canaries.token()}\n`,
    `${head}  clusters: [cluster-1]\n  trustDomain: ${pasted(canaries.key(), '')}\n`,
    `${head}  clusters: [cluster-1]\n  trustDomain: |\n    ${pasted(canaries.key(), '    ')}\n`,
    `${head}  clusters: [cluster-1]\n  trustDomain: cluster.local: ${canaries.phrase()}\n`,
    canaries.key(),
    canaries.token(),
    kubeconfigOf(canaries),
  ];
}

/** A whole kubeconfig in the place of another document. */
export function kubeconfigOf(canaries: Canaries, own: readonly string[] = []): string {
  const data = Buffer.from(canaries.key(own)).toString('base64');
  return [
    'apiVersion: v1',
    'kind: Config',
    'current-context: here',
    'clusters: [{ name: here, cluster: { server: "https://127.0.0.1:6443" } }]',
    'contexts: [{ name: here, context: { cluster: here, user: me } }]',
    `users: [{ name: me, user: { token: ${canaries.token(own)}, client-key-data: ${data}, password: ${canaries.phrase(own)} } }]`,
    '',
  ].join('\n');
}
