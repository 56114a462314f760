import { createHash } from 'node:crypto';
import { type ScriptedApiServer, sendJson, sendStatus, startScriptedApiServer } from '@reroot/kube-api/testing';
import type { OperatorAct } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AskedReview, answerReview, writeKubeconfig } from '../../testing/kubernetes-rights.ts';
import { recordLog } from '../../testing/recorded-log.ts';
import { type Answered, type OpenApi, type OpenApiOptions, openApi } from '../testing/open-api.ts';
import { type Issuer, startIssuer } from '../testing/start-issuer.ts';

const own = 'rrt_Qk3v0bVbq2m4xYd8xM6m1yqv2N6w0c7Hq5kq3bqz1aA';
const ann = { username: 'system:serviceaccount:ops:ann', uid: 'u-1', groups: ['ops'], extra: { scopes: ['a'] } };
const rights = ['get virtualmeshes', 'update certificaterotations demo'];
const answerAsAnn = (asked: AskedReview): object => answerReview({ token: 'token-of-ann', user: ann, rights }, asked);

let kubernetes: ScriptedApiServer;
let clock: FakeClock;
let api: OpenApi;
let acts: OperatorAct[];
let review: (asked: AskedReview) => object;

beforeEach(async () => {
  kubernetes = await startScriptedApiServer();
  clock = createFakeClock(0);
  acts = [];
  review = answerAsAnn;
  kubernetes.answer(({ body }, response) => sendJson(response, review(JSON.parse(body) as AskedReview), 201));
  api = await open();
});
afterEach(async () => {
  await api.close();
  await kubernetes.stop();
});

async function open(issuer?: Issuer, options: OpenApiOptions = {}): Promise<OpenApi> {
  const kubeconfigFile = await writeKubeconfig(kubernetes);
  const excludeCluster = (_: string, __: string, act: OperatorAct): Promise<never> => {
    acts.push(act);
    return Promise.reject(new RerootError('RR_MESH_NOT_FOUND', 'there is no mesh demo'));
  };
  const oidc = issuer === undefined ? {} : { oidc: { issuer: issuer.url, audience: 'reroot', roles: { viewer: ['sre'] } } };
  const tokens = [{ name: 'ci', sha256: createHash('sha256').update(own).digest('hex'), role: 'viewer' as const }];
  const access = { kubernetes: { kubeconfigFile }, tokens, ...oidc };
  return openApi({ access }, { clock, operations: { excludeCluster }, ...options });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const read = (token: string): Promise<Answered> => api.ask('/v1/meshes', { headers: bearer(token) });
const exclude = (mesh: string): Promise<Answered> =>
  api.ask(`/v1/meshes/${mesh}/clusters/east/exclude`, {
    method: 'POST',
    headers: bearer('token-of-ann'),
    body: { by: 'mallory', why: 'gone' },
  });
const reviews = (kind: string): readonly AskedReview[] =>
  kubernetes.seen.map(({ body }) => JSON.parse(body) as AskedReview).filter((review) => review.kind === kind);

describe('a token of Kubernetes', () => {
  it('is reviewed for the audience of mgmt, and its owner for what is asked', async () => {
    expect((await exclude('demo')).status).toBe(404);
    expect(acts).toEqual([{ by: ann.username, why: 'gone' }]);
    expect(kubernetes.seen.map(({ path }) => path.split('?')[0])).toEqual([
      '/apis/authentication.k8s.io/v1/tokenreviews',
      '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    ]);
    expect(reviews('TokenReview')[0]?.spec).toEqual({ token: 'token-of-ann', audiences: ['reroot'] });
    expect(reviews('SubjectAccessReview')[0]?.spec).toEqual({
      ...{ user: ann.username, uid: 'u-1', groups: ['ops'], extra: { scopes: ['a'] } },
      resourceAttributes: { group: 'reroot.dev', verb: 'update', resource: 'certificaterotations', name: 'demo' },
    });
  });

  it('lets its owner do nothing that Kubernetes does not allow', async () => {
    const refused = await exclude('other');
    expect(refused).toMatchObject({
      status: 403,
      code: 'RR_API_FORBIDDEN',
      detail: `${ann.username} (kubernetes) may not operate mesh other`,
      remedy: expect.stringContaining(
        'the verb update on certificaterotations of the API group reroot.dev in Kubernetes, for the name other',
      ),
    });
    expect(acts).toEqual([]);
  });

  const asked: readonly (readonly [string, string, object])[] = [
    ['GET', '/v1/meshes', { verb: 'get', resource: 'virtualmeshes' }],
    ['GET', '/v1/meshes/demo', { verb: 'get', resource: 'virtualmeshes', name: 'demo' }],
    ['POST', '/v1/meshes/demo/rotations', { verb: 'update', resource: 'certificaterotations', name: 'demo' }],
    ['POST', '/v1/meshes/demo/verification', { verb: 'create', resource: 'certificateverifications', name: 'demo' }],
    ['PUT', '/v1/meshes/demo', { verb: 'update', resource: 'managedclusters', name: 'demo' }],
    ['GET', '/v1/meshes/De.mo', { verb: 'get', resource: 'virtualmeshes' }],
  ];
  it.each(asked)('is asked for %s %s as %j', async (method, path, attributes) => {
    await api.ask(path, { method, headers: bearer('token-of-ann') });
    expect(reviews('SubjectAccessReview')[0]?.spec['resourceAttributes']).toEqual({ group: 'reroot.dev', ...attributes });
  });

  const unknown: readonly (readonly [string, object])[] = [
    ['is not known', { authenticated: false, error: 'no such token' }],
    ['is for another audience', { authenticated: true, user: ann, audiences: ['https://kubernetes.default.svc'] }],
    ['nobody has looked at for whom it is', { authenticated: true, user: ann }],
    ['belongs to nobody', { authenticated: true, audiences: ['reroot'] }],
    ['belongs to somebody without a name', { authenticated: true, user: { groups: ['ops'] }, audiences: ['reroot'] }],
    ['belongs to a name that cannot be recorded', { authenticated: true, user: { username: 'a\nb' }, audiences: ['reroot'] }],
    ['is said to be known by what is left out', { user: ann, audiences: ['reroot'] }],
  ];
  it.each(unknown)('is refused when it %s', async (_, status) => {
    review = (asked) => (asked.kind === 'TokenReview' ? { ...asked, status } : answerAsAnn(asked));
    expect(await read('token-of-ann')).toMatchObject({ status: 401, code: 'RR_API_UNAUTHORIZED' });
    expect(reviews('SubjectAccessReview')).toEqual([]);
  });
});

describe('answers of Kubernetes', () => {
  it('are believed for ten seconds and no longer', async () => {
    for (let each = 0; each < 3; each++) expect((await read('token-of-ann')).status).toBe(200);
    expect(kubernetes.seen).toHaveLength(2);
    review = (asked) => ({ ...asked, status: { authenticated: false, allowed: false } });
    clock.advance(9_999);
    expect((await read('token-of-ann')).status).toBe(200);
    clock.advance(1);
    expect((await read('token-of-ann')).status).toBe(401);
  });

  it('are kept apart by permission and by mesh', async () => {
    expect((await exclude('demo')).status).toBe(404);
    expect((await exclude('other')).status).toBe(403);
    expect((await read('token-of-ann')).status).toBe(200);
    expect(reviews('TokenReview')).toHaveLength(1);
    expect(reviews('SubjectAccessReview')).toHaveLength(3);
  });

  it('are asked for once by those who come at the same time', async () => {
    await Promise.all(Array.from({ length: 10 }, () => read('token-of-ann')));
    expect(kubernetes.seen).toHaveLength(2);
  });

  it('that say no to a token are not asked for without end', async () => {
    const statuses: number[] = [];
    for (let each = 0; each < 30; each++) statuses.push((await read(`guess-${each}`)).status);
    expect(statuses.slice(0, 20).every((status) => status === 401)).toBe(true);
    expect(statuses.slice(20)).toEqual(Array.from({ length: 10 }, () => 429));
    expect(kubernetes.seen).toHaveLength(20);
  });

  it('that are known already count when too much was guessed', async () => {
    expect((await read('token-of-ann')).status).toBe(200);
    for (let each = 0; each < 25; each++) await read(`guess-${each}`);
    expect((await read('token-of-ann')).status).toBe(200);
    expect((await read('another-token')).status).toBe(429);
  });
});

describe('a token goes to one door', () => {
  it('and one of mgmt never to Kubernetes, a wrong one neither', async () => {
    expect((await read(own)).status).toBe(200);
    expect((await read(`${own}X`)).status).toBe(401);
    expect(kubernetes.seen).toEqual([]);
  });

  it('and one that says it is of the OIDC issuer never to Kubernetes, a forged one neither', async () => {
    const issuer = await startIssuer();
    try {
      await api.close();
      api = await open(issuer);
      const claims = { iss: issuer.url, aud: 'reroot', sub: 'bob', groups: ['sre'], exp: Date.parse('2100-01-01') / 1_000 };
      const token = await issuer.sign(claims);
      expect((await read(token)).status).toBe(200);
      expect((await read(`${token}X`)).status).toBe(401);
      expect(kubernetes.seen).toEqual([]);
      const asked = issuer.asked.length;
      expect((await read('token-of-ann')).status).toBe(200);
      expect((await read(await issuer.sign({ ...claims, iss: 'https://kubernetes.default.svc' }))).status).toBe(401);
      expect(kubernetes.seen).toHaveLength(3);
      expect(issuer.asked).toHaveLength(asked);
    } finally {
      await issuer.stop();
    }
  });
});

describe('a Kubernetes that does not answer as it should', () => {
  it('costs its own tokens only', async () => {
    await kubernetes.stop();
    expect(await read('token-of-ann')).toMatchObject({ status: 503, code: 'RR_API_ACCESS_UNAVAILABLE' });
    expect((await read(own)).status).toBe(200);
  });

  it('names the rights that mgmt lacks', async () => {
    const message = 'tokenreviews.authentication.k8s.io is forbidden: User "mgmt" cannot create resource';
    kubernetes.answer((_, response) => sendStatus(response, 403, { reason: 'Forbidden', message }));
    expect(await read('token-of-ann')).toMatchObject({
      status: 503,
      detail: expect.stringContaining('forbidden'),
      remedy: 'give mgmt the rights of deploy/mgmt/rbac-access.yaml',
    });
  });

  it('lets nobody pass when it cannot say what somebody may', async () => {
    kubernetes.answer(({ body, path }, response) => {
      if (path.includes('tokenreviews')) sendJson(response, answerAsAnn(JSON.parse(body) as AskedReview), 201);
      else sendStatus(response, 500);
    });
    expect(await read('token-of-ann')).toMatchObject({ status: 503, code: 'RR_API_ACCESS_UNAVAILABLE' });
  });

  it.each([
    ['an empty object', {}],
    ['a status of another form', { status: { authenticated: 'yes', allowed: 'yes' } }],
  ])('lets nobody pass by %s', async (_, answer) => {
    review = () => answer;
    expect(await read('token-of-ann')).toMatchObject({ status: 503, code: 'RR_API_ACCESS_UNAVAILABLE' });
  });

  it('brings no token into an answer or the log, even when it repeats it', async () => {
    const log = recordLog();
    await api.close();
    api = await open(undefined, { log });
    kubernetes.answer(({ body }, response) =>
      sendStatus(response, 400, { reason: 'BadRequest', message: `cannot read ${body}` }),
    );
    const answer = await read('canary-of-a-token');
    expect(answer.status).toBe(503);
    expect(answer.body).not.toContain('canary');
    expect(log.all({})).not.toEqual([]);
    expect(JSON.stringify(log.all({}))).not.toContain('canary');
  });
});
