import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { roles } from '@reroot/shared/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operations } from '../../runner/index.ts';
import { routes } from '../routes.ts';
import { noClusters } from '../testing/no-clusters.ts';
import { noJournal } from '../testing/no-journal.ts';
import { noNotifications } from '../testing/no-notifications.ts';
import { noProofs } from '../testing/no-proofs.ts';
import { type OpenApi, openApi } from '../testing/open-api.ts';
import { type Permission, permissionsByRole } from './permission.ts';

const tokenOf = Object.fromEntries(roles.map((role) => [role, `rrt_${randomBytes(32).toString('base64url')}`]));
const tokens = roles.map((role) => ({
  name: role,
  sha256: createHash('sha256').update(tokenOf[role]!).digest('hex'),
  role,
}));

/** What each path needs, written down a second time: a change of one of them is meant. */
const needed: Readonly<Record<string, Permission | 'open'>> = {
  'GET /healthz': 'open',
  'GET /readyz': 'open',
  'GET /v1/meshes': 'read',
  'GET /v1/notifications': 'read',
  'POST /v1/notifications/:webhook/test': 'administer',
  'GET /v1/openapi.json': 'read',
  'GET /v1/version': 'read',
  'GET /metrics': 'read',
  'GET /v1/meshes/:mesh': 'read',
  'PUT /v1/meshes/:mesh': 'administer',
  'PUT /v1/meshes/:mesh/held-back': 'administer',
  'GET /v1/meshes/:mesh/access': 'read',
  'GET /v1/meshes/:mesh/adoption': 'read',
  'POST /v1/meshes/:mesh/adoption': 'operate',
  'GET /v1/meshes/:mesh/history': 'read',
  'GET /v1/meshes/:mesh/plan': 'read',
  'POST /v1/meshes/:mesh/rotations': 'operate',
  'POST /v1/meshes/:mesh/emergency': 'read',
  'POST /v1/meshes/:mesh/preflight': 'operate',
  'GET /v1/meshes/:mesh/crl': 'operate',
  'POST /v1/meshes/:mesh/abort': 'operate',
  'POST /v1/meshes/:mesh/retry': 'approve',
  'GET /v1/meshes/:mesh/clusters': 'read',
  'GET /v1/meshes/:mesh/clusters/:cluster': 'read',
  'GET /v1/meshes/:mesh/clusters/:cluster/evidence': 'read',
  'GET /v1/meshes/:mesh/laggards': 'read',
  'POST /v1/meshes/:mesh/clusters/:cluster/exclude': 'operate',
  'POST /v1/meshes/:mesh/clusters/:cluster/include': 'operate',
  'POST /v1/meshes/:mesh/verification': 'approve',
  'GET /v1/meshes/:mesh/matrix': 'read',
  'GET /v1/meshes/:mesh/matrix/:from/:to': 'read',
  'GET /v1/meshes/:mesh/proofs': 'read',
  'GET /v1/meshes/:mesh/proofs/:proof': 'read',
  'POST /v1/meshes/:mesh/proofs': 'operate',
  'GET /v1/audit': 'read',
  'GET /v1/meshes/:mesh/rotations/:rotation/evidence': 'read',
  'GET /v1/clusters': 'read',
  'POST /v1/clusters': 'administer',
  'POST /v1/clusters/:cluster/rename': 'administer',
  'POST /v1/clusters/:cluster/rotate-credentials': 'administer',
  'POST /v1/clusters/:cluster/revoke': 'administer',
};

/** No route is answered here. */
const none = {} as Operations;
const all = routes({
  ...noClusters,
  ...noJournal,
  proofs: noProofs,
  operations: none,
  readOffer: () => undefined,
  budgetsOf: () => new Map(),
  term: 1,
  version: '0.1.0',
  readMetrics: async () => '',
  notifications: noNotifications,
  isReady: () => true,
});
const names = all.map(({ method, url }) => `${method} ${url}`);

let api: OpenApi;
beforeAll(async () => {
  // Every route is asked for each role within a second.
  api = await openApi({ access: { tokens }, rateLimit: { burst: 1_000 } });
});
afterAll(() => api.close());

const ask = async (name: string, token?: string, of = api): Promise<number> => {
  const [method = '', url = ''] = name.split(' ');
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const { status } = await of.ask(url.replace(':mesh', 'demo').replace(':cluster', 'east'), { method, headers });
  return status;
};

describe('the table of roles', () => {
  it('gives each role what it is for', () => {
    expect(permissionsByRole).toEqual({
      viewer: ['read'],
      operator: ['read', 'operate'],
      approver: ['read', 'approve'],
      admin: ['read', 'operate', 'approve', 'administer'],
    });
  });
});

describe('every route', () => {
  it('is in the table of this test, with what it needs', () => {
    expect(Object.fromEntries(all.map(({ method, url, permission }) => [`${method} ${url}`, permission]))).toEqual(needed);
  });

  it('has a row in docs/api-reference.md, with what it needs', () => {
    const page = readFileSync(new URL('../../../../../docs/api-reference.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `((?:GET|PUT|POST) \/\S*)`[^|]*\| (\w+) \|/gm)].map(([, name = '', needs = '']) => [
      name,
      needs,
    ]);
    const expected = Object.entries(needed).map(([name, permission]) => [name, permission === 'open' ? 'nothing' : permission]);
    expect(new Map(rows as [string, string][])).toEqual(new Map(expected as [string, string][]));
  });

  it.each(names.flatMap((name) => roles.map((role) => [name, role] as const)))(
    '%s is open to %s as the table says',
    async (name, role) => {
      const permission = needed[name]!;
      const may = permission === 'open' || permissionsByRole[role].includes(permission);
      const status = await ask(name, tokenOf[role]);
      // What a route makes of a request without a body is another thing: it was let pass.
      expect(status === 403 ? 'refused' : 'let pass').toBe(may ? 'let pass' : 'refused');
      expect(status).not.toBe(401);
    },
  );

  it.each(names)('%s is answered to nobody without credentials, unless it is a probe', async (name) => {
    // Its own: there are more routes than wrong guesses that one caller may make in a row.
    const alone = await openApi({ access: { tokens } });
    try {
      expect(await ask(name, undefined, alone)).toBe(needed[name] === 'open' ? 200 : 401);
    } finally {
      await alone.close();
    }
  });

  it('is as closed to HEAD as to GET', async () => {
    expect(await ask('HEAD /v1/meshes')).toBe(401);
    expect(await ask('HEAD /v1/meshes', tokenOf['viewer'])).toBe(200);
  });
});
