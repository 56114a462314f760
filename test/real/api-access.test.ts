import { type Answered, type OpenApi, openApi } from '@reroot/mgmt/testing';
import { systemClock } from '@reroot/shared/clock';
import { createFakeClock } from '@reroot/shared/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { issueAccountToken } from './lab/agent/account-token.ts';
import { readRbac } from './lab/agent/agent-access.ts';
import type { ControlPlane } from './lab/cluster/control-plane.ts';
import { type LoneControlPlane, startControlPlaneAlone } from './lab/cluster/start-alone.ts';

const audience = 'reroot';
const believedMs = 10_000;
/** Kubernetes bears a minute between clocks. */
const expiredMs = -120_000;

let controlPlane: ControlPlane;
let kubeconfigOf: LoneControlPlane['kubeconfigOf'];
let kubeconfigFile: string;

beforeAll(async () => {
  const alone = await startControlPlaneAlone('access');
  ({ controlPlane, kubeconfigOf } = alone);
  try {
    await prepare();
  } catch (thrown) {
    await alone.stop();
    throw thrown;
  }
  return () => alone.stop();
});

/** The rights as they are shipped, and people who have some of them: for all meshes, or for the mesh demo alone. */
async function prepare(): Promise<void> {
  for (const namespace of ['reroot', 'people']) {
    await controlPlane.admin.request('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
  }
  for (const { path, object } of [...(await readRbac('mgmtAccess')), ...(await readRbac('people'))]) await apply(path, object);
  for (const role of ['viewer', 'operator', 'approver', 'admin']) {
    await addPerson(role);
    await bind(role, `reroot-${role}`, role);
  }
  await addPerson('nobody');
  await addPerson('demo-only');
  const ofDemo = { apiGroups: ['reroot.dev'], resourceNames: ['demo'] };
  const rules = [
    { ...ofDemo, resources: ['virtualmeshes'], verbs: ['get'] },
    { ...ofDemo, resources: ['certificaterotations'], verbs: ['update'] },
  ];
  await applyRbac({ kind: 'ClusterRole', metadata: { name: 'demo-only' }, rules });
  await bind('demo-only', 'demo-only', 'demo-only');
  kubeconfigFile = await kubeconfigOf('system:serviceaccount:reroot:reroot-mgmt');
}

async function apply(path: string, object: object): Promise<void> {
  await controlPlane.admin.patch('apply', `${path}?fieldManager=lab&force=true`, object);
}

async function applyRbac(object: { kind: string; metadata: { name: string } } & Record<string, unknown>): Promise<void> {
  const path = `/apis/rbac.authorization.k8s.io/v1/${object.kind.toLowerCase()}s/${object.metadata.name}`;
  await apply(path, { apiVersion: 'rbac.authorization.k8s.io/v1', ...object });
}

async function bind(name: string, role: string, person: string): Promise<void> {
  await applyRbac({
    kind: 'ClusterRoleBinding',
    metadata: { name: `person-${name}` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', name: person, namespace: 'people' }],
  });
}

const accountPath = (name: string): string => `/api/v1/namespaces/people/serviceaccounts/${name}`;

async function addPerson(name: string): Promise<string> {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } };
  const { admin } = controlPlane;
  const { metadata } = await admin.patch<{ metadata: { uid: string } }>(
    'apply',
    `${accountPath(name)}?fieldManager=lab`,
    account,
  );
  return metadata.uid;
}

async function tokenOf(name: string, audiences: readonly string[] = [audience]): Promise<string> {
  const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences, expirationSeconds: 600 } };
  const { status } = await controlPlane.admin.request<{ status: { token: string } }>(
    'POST',
    `${accountPath(name)}/token`,
    request,
  );
  return status.token;
}

const clock = createFakeClock(systemClock.now());
const opened: OpenApi[] = [];
afterEach(async () => {
  for (const api of opened.splice(0)) await api.close();
});

async function open(kubeconfig = kubeconfigFile): Promise<OpenApi> {
  const api = await openApi({ access: { kubernetes: { kubeconfigFile: kubeconfig } } }, { clock });
  opened.push(api);
  return api;
}

const ask = (api: OpenApi, token: string, path: string, method = 'GET'): Promise<Answered> =>
  api.ask(path, { method, headers: { authorization: `Bearer ${token}` } });

/** One path for each permission; what the route makes of a request without a body is another thing. */
const paths = {
  read: ['GET', '/v1/meshes/demo'],
  operate: ['POST', '/v1/meshes/demo/abort'],
  approve: ['POST', '/v1/meshes/demo/verification'],
  administer: ['PUT', '/v1/meshes/demo'],
} as const;

async function permissionsOf(api: OpenApi, token: string): Promise<readonly string[]> {
  const held: string[] = [];
  for (const [permission, [method, path]] of Object.entries(paths)) {
    const { status } = await ask(api, token, path, method);
    expect([403, 404, 415]).toContain(status);
    if (status !== 403) held.push(permission);
  }
  return held;
}

describe('with the rights of deploy/mgmt/rbac-people.yaml', () => {
  it.each([
    ['viewer', ['read']],
    ['operator', ['read', 'operate']],
    ['approver', ['read', 'approve']],
    ['admin', ['read', 'operate', 'approve', 'administer']],
    ['nobody', []],
  ])('a %s may %j', async (person, held) => {
    expect(await permissionsOf(await open(), await tokenOf(person))).toEqual(held);
  });

  it('somebody with a right for one mesh has it for no other, and not for the list of all', async () => {
    const api = await open();
    const token = await tokenOf('demo-only');
    expect(await permissionsOf(api, token)).toEqual(['read', 'operate']);
    const refused = await ask(api, token, '/v1/meshes/other');
    expect(refused).toMatchObject({
      status: 403,
      code: 'RR_API_FORBIDDEN',
      detail: 'system:serviceaccount:people:demo-only (kubernetes) may not read mesh other',
    });
    expect((await ask(api, token, '/v1/meshes')).status).toBe(403);
  });

  it('a right that is taken away is gone after ten seconds', async () => {
    const api = await open();
    await addPerson('leaving');
    await bind('leaving', 'reroot-viewer', 'leaving');
    const token = await tokenOf('leaving');
    expect((await ask(api, token, '/v1/meshes')).status).toBe(200);
    await controlPlane.admin.request('DELETE', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/person-leaving');
    expect(await refusalAfterWait(api, token)).toBe(403);
  });
});

/** What is refused when answers are believed no longer; the watch by which the server learns of a change takes a moment. */
async function refusalAfterWait(api: OpenApi, token: string): Promise<number> {
  const deadline = systemClock.now() + 15_000;
  for (;;) {
    clock.advance(believedMs);
    const { status } = await ask(api, token, '/v1/meshes');
    if (status !== 200 || systemClock.now() > deadline) return status;
    await systemClock.sleep(200);
  }
}

describe('a token', () => {
  it('for Kubernetes itself, or for somebody else, is refused', async () => {
    const api = await open();
    for (const audiences of [['https://kubernetes.default.svc'], ['vault']]) {
      const answer = await ask(api, await tokenOf('admin', audiences), '/v1/meshes');
      expect(answer).toMatchObject({ status: 401, code: 'RR_API_UNAUTHORIZED' });
    }
    expect((await ask(api, await tokenOf('admin', ['vault', audience]), '/v1/meshes')).status).toBe(200);
  });

  it('that has expired, that is forged, or that nobody has made is refused', async () => {
    const api = await open();
    const uid = await addPerson('admin');
    const account = { namespace: 'people', name: 'admin', uid, key: controlPlane.tokenKey, audience };
    expect((await ask(api, issueAccountToken({ ...account, lifetimeMs: 60_000 }), '/v1/meshes')).status).toBe(200);
    const [head = '', , signature = ''] = (await tokenOf('admin')).split('.');
    const [, others = ''] = (await tokenOf('viewer')).split('.');
    for (const token of [issueAccountToken({ ...account, lifetimeMs: expiredMs }), `${head}.${others}.${signature}`, 'canary']) {
      expect((await ask(api, token, '/v1/meshes')).status).toBe(401);
    }
  });

  it('of an account that was removed is refused after ten seconds', async () => {
    const api = await open();
    await addPerson('removed');
    await bind('removed', 'reroot-viewer', 'removed');
    const token = await tokenOf('removed');
    expect((await ask(api, token, '/v1/meshes')).status).toBe(200);
    await controlPlane.admin.request('DELETE', accountPath('removed'));
    expect(await refusalAfterWait(api, token)).toBe(401);
  });
});

describe('a mgmt without the rights of deploy/mgmt/rbac-access.yaml', () => {
  it('lets nobody in, and says what it lacks', async () => {
    const api = await open(await kubeconfigOf('system:serviceaccount:reroot:somebody-else'));
    expect(await ask(api, await tokenOf('admin'), '/v1/meshes')).toMatchObject({
      status: 503,
      code: 'RR_API_ACCESS_UNAVAILABLE',
      remedy: 'give mgmt the rights of deploy/mgmt/rbac-access.yaml',
    });
  });
});

describe('a mgmt with them', () => {
  it('can do nothing else in the cluster', async () => {
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { user: 'system:serviceaccount:reroot:reroot-mgmt', resourceAttributes: { verb: 'get', resource: 'secrets' } },
    };
    const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
    const { status } = await controlPlane.admin.request<{ status: { allowed: boolean } }>('POST', path, review);
    expect(status.allowed).toBe(false);
  });
});
