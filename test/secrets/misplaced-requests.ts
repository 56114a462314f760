import { liveBearerPrefix, liveProtocol } from '@reroot/shared/api';
import { type NatsCredentials, writeCredsText } from '@reroot/shared/nats-auth';
import { meshName } from '../scenarios/mesh-fleet.ts';
import type { AskApi, Asked, FollowOptions } from './ask-api.ts';
import type { Canaries } from './canaries.ts';
import { meshesWithSecrets } from './misplaced-documents.ts';

/** What the requests are made of. */
export interface MisplacedRequestsOptions {
  readonly api: AskApi;
  readonly canaries: Canaries;
  /** One that mgmt takes. */
  readonly token: string;
  /** Of a user that NATS lets in. */
  readonly credentials: NatsCredentials;
}

type Requests = Readonly<Record<string, Asked>>;

/** Asks for things with secrets where they do not belong. @returns by what was asked, with which status mgmt has answered */
export async function askWithMisplacedSecrets(options: MisplacedRequestsOptions): Promise<ReadonlyMap<string, number>> {
  const { api, canaries, token } = options;
  const requests: Requests = {
    ...withWrongCredentials(canaries, token),
    ...asAdmin(token, { ...pathsWithSecrets(canaries, token), ...bodiesWithSecrets(options), ...meshes(canaries) }),
  };
  const statuses = new Map<string, number>();
  for (const [what, asked] of Object.entries(requests)) statuses.set(what, await api.ask(what, asked));
  for (const [what, stream] of Object.entries(streams(canaries, token))) await (await api.follow(what, stream))();
  return statuses;
}

function withWrongCredentials(canaries: Canaries, token: string): Requests {
  const get = (headers: Asked['headers'] = {}, path = '/v1/meshes'): Asked => ({ method: 'GET', path, headers });
  const by = (authorization: string): Asked => get({ authorization });
  return {
    'a token in the URL': get({}, `/v1/meshes?access_token=${token}`),
    'a phrase before the name of the host': get({ host: `${canaries.phrase()}@127.0.0.1` }),
    'a token by another scheme': by(`Basic ${token}`),
    'a token with a letter too many': by(`Bearer ${token}x`),
    'a token of another mgmt': by(`Bearer ${canaries.token()}`),
    'a token in two parts': by(`Bearer ${token.slice(0, 30)} ${token.slice(30)}`),
    'a private key as a token': by(`Bearer ${Buffer.from(canaries.key()).toString('base64')}`),
    'a token in the origin': get({ authorization: `Bearer ${token}`, origin: `https://${canaries.token()}.example` }),
  };
}

function asAdmin(token: string, requests: Requests): Requests {
  const authorization = `Bearer ${token}`;
  const entries = Object.entries(requests);
  return Object.fromEntries(entries.map(([what, asked]) => [what, { ...asked, headers: { ...asked.headers, authorization } }]));
}

function pathsWithSecrets(canaries: Canaries, token: string): Requests {
  return {
    'a token in the URL of nothing': { method: 'GET', path: `/v1/nothing?access_token=${token}` },
    'a token as a path': { method: 'GET', path: `/${canaries.token()}` },
    'a token as a mesh': { method: 'GET', path: `/v1/meshes/${canaries.token()}` },
    'a seed as a cluster': post(`/v1/clusters/${canaries.seed()}/revoke`, { why: 'to see' }),
  };
}

function bodiesWithSecrets({ canaries, credentials: { jwt, seed } }: MisplacedRequestsOptions): Requests {
  const clusters = '/v1/clusters';
  const add = (more: object): Asked => post(clusters, { name: 'another', mesh: meshName, ...more });
  const rotate = (more: object): Asked => post(`/v1/meshes/${meshName}/rotations`, more);
  return {
    'credentials with a broken JWT': add({ natsCredentials: writeCredsText({ jwt: jwt.slice(0, -20), seed }) }),
    'credentials with the JWT of another user': add({ natsCredentials: writeCredsText({ jwt, seed: canaries.seed() }) }),
    'credentials without a JWT': add({ natsCredentials: seed }),
    'a private key as credentials': add({ natsCredentials: canaries.key() }),
    'a token as a name': add({ name: canaries.token() }),
    'keys that the body does not have': add({ token: canaries.token(), privateKey: canaries.key(), seed: canaries.seed() }),
    'a seed where a mode stands': add({ mode: canaries.seed() }),
    'a seed without quotes': send('POST', clusters, 'application/json', `{"name": ${canaries.seed()}}`),
    'a token that is all of the body': send('POST', clusters, 'application/json', canaries.token()),
    'a private key that is all of the body': send('POST', clusters, 'application/json', canaries.key()),
    'a token as a media type': send('POST', clusters, `application/${canaries.token()}`, '{}'),
    'a token as a fingerprint': rotate({ targetRoot: canaries.token() }),
    'a private key as a verification': rotate({ verification: canaries.key() }),
  };
}

function meshes(canaries: Canaries): Requests {
  const put = (yaml: string): Asked => send('PUT', `/v1/meshes/${meshName}`, 'application/yaml', yaml);
  return Object.fromEntries(meshesWithSecrets(canaries).map((yaml, index) => [`mesh ${index + 1} with secrets`, put(yaml)]));
}

function post(path: string, body: object): Asked {
  return send('POST', path, 'application/json', JSON.stringify(body));
}

function send(method: 'PUT' | 'POST', path: string, type: string, body: string): Asked {
  return { method, path, headers: { 'content-type': type }, body };
}

function streams(canaries: Canaries, token: string): Readonly<Record<string, FollowOptions>> {
  const bearer = `${liveBearerPrefix}${Buffer.from(token).toString('base64url')}`;
  return {
    'a live stream with a token in the URL': { query: `?access_token=${token}` },
    'a live stream with a token as it is': { protocols: [liveProtocol, `${liveBearerPrefix}${token}`] },
    'a live stream with two tokens': { protocols: [liveProtocol, bearer, `${liveBearerPrefix}eA`] },
    'a live stream with the token of another mgmt': { token: canaries.token() },
  };
}
