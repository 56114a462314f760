import { errorCatalogue } from '@reroot/shared/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Refusal, readRefusal } from './refusal.ts';

const request = 'GET /api/v1/namespaces/istio-system/configmaps/istio';
const agent = 'User "system:serviceaccount:reroot:agent"';

const meanings: readonly [meaning: string, refusal: Pick<Refusal, 'status' | 'body'>, code: string, kind: string][] = [
  [
    'an unknown token',
    { status: 401, body: { reason: 'Unauthorized', message: 'Unauthorized' } },
    'RR_CLUSTER_UNAUTHENTICATED',
    'credentials',
  ],
  [
    'a verb that RBAC does not grant',
    {
      status: 403,
      body: {
        reason: 'Forbidden',
        message: `pods is forbidden: ${agent} cannot list resource "pods" in API group "" at the cluster scope`,
      },
    },
    'RR_CLUSTER_FORBIDDEN',
    'final',
  ],
  ['403 of something before the API server', { status: 403, body: undefined }, 'RR_CLUSTER_FORBIDDEN', 'final'],
  [
    'a full quota',
    {
      status: 403,
      body: { reason: 'Forbidden', message: 'secrets "cacerts" is forbidden: exceeded quota: few, requested: secrets=1' },
    },
    'RR_CLUSTER_QUOTA',
    'final',
  ],
  [
    'an admission policy',
    { status: 403, body: { reason: 'Forbidden', message: 'secrets "cacerts" is forbidden: denied by the policy of the house' } },
    'RR_OBJECT_REFUSED',
    'final',
  ],
  [
    'a missing object',
    { status: 404, body: { reason: 'NotFound', message: 'pods "a" not found' } },
    'RR_OBJECT_NOT_FOUND',
    'final',
  ],
  ['a missing API', { status: 404, body: '404 page not found' }, 'RR_OBJECT_NOT_FOUND', 'final'],
  ['a changed object', { status: 409, body: { reason: 'Conflict' } }, 'RR_CLUSTER_CONFLICT', 'final'],
  ['a forgotten version', { status: 410, body: { reason: 'Expired' } }, 'RR_WATCH_EXPIRED', 'final'],
  ['an invalid object', { status: 422, body: { reason: 'Invalid' } }, 'RR_OBJECT_REFUSED', 'final'],
  ['a malformed request', { status: 400, body: { reason: 'BadRequest' } }, 'RR_OBJECT_REFUSED', 'final'],
  ['a busy server', { status: 429, body: { reason: 'TooManyRequests' } }, 'RR_CLUSTER_THROTTLED', 'throttled'],
  ['a broken server', { status: 500, body: { reason: 'InternalError' } }, 'RR_CLUSTER_UNREACHABLE', 'unavailable'],
  ['a gateway without a server', { status: 503, body: '<html>' }, 'RR_CLUSTER_UNREACHABLE', 'unavailable'],
  ['a way to somewhere else', { status: 302, body: undefined }, 'RR_CLUSTER_UNREACHABLE', 'unavailable'],
];

describe('a refusal of the API server', () => {
  it.each(meanings)('that means %s is told as such', (_, refusal, code, kind) => {
    expect(readRefusal({ request, ...refusal })).toMatchObject({ error: { code }, kind });
  });

  it('names what was asked, and the verb, the resource and the namespace as the server said', () => {
    const message = `secrets "cacerts" is forbidden: ${agent} cannot patch resource "secrets" in API group "" in the namespace "istio-system"`;
    const { error } = readRefusal({ request, status: 403, body: { reason: 'Forbidden', message } });
    expect(error.message).toBe(`${request}: ${message}`);
    expect(error.remedy).toContain('docs/rbac.md');
  });

  it('says when to come back, by the header first and by the object else', () => {
    const body = { details: { retryAfterSeconds: 7 } };
    expect(readRefusal({ request, status: 429, body, retryAfter: '2' }).retryAfterMs).toBe(2_000);
    expect(readRefusal({ request, status: 429, body }).retryAfterMs).toBe(7_000);
    expect(readRefusal({ request, status: 429, body: {} }).retryAfterMs).toBeUndefined();
    expect(readRefusal({ request, status: 429, body: {}, retryAfter: 'tomorrow' }).retryAfterMs).toBeUndefined();
  });

  it('may have had an effect only when the server broke while it worked', () => {
    const effects = [403, 409, 429, 500, 503].map((status) => readRefusal({ request, status, body: undefined }).effect);
    expect(effects).toEqual(['none', 'none', 'none', 'possible', 'possible']);
  });

  it('repeats nothing of a Secret that the server could not read, but names its fields', () => {
    const body = {
      reason: 'Invalid',
      message: 'data: "c2VjcmV0" is wrong',
      details: { causes: [{ field: 'data.ca-key.pem' }, {}] },
    };
    const { error } = readRefusal({ request: 'PATCH /api/v1/namespaces/a/secrets/cacerts', status: 422, body });
    expect(error.message).not.toContain('c2VjcmV0');
    expect(error.message).toContain('data.ca-key.pem');
  });

  it('is read whatever it is made of: always a code, a message of bounded length on one line, and no token', () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZ2VudCJ9.c2lnbmF0dXJl';
    const body = fc.oneof(
      fc.anything(),
      fc.record({
        reason: fc.anything(),
        message: fc.oneof(fc.string({ maxLength: 2_000 }), fc.anything()),
        details: fc.anything(),
      }),
      fc.string().map((text) => ({ message: `${text}\n${token} ${text}` })),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 599 }),
        fc.option(fc.string(), { nil: undefined }),
        body,
        (status, retryAfter, value) => {
          const { error, retryAfterMs } = readRefusal({ request, status, retryAfter, body: value });
          expect(errorCatalogue).toHaveProperty(error.code);
          expect(error.message.length).toBeLessThan(700);
          expect(error.message).not.toMatch(/\n|eyJzdWIi/);
          expect(retryAfterMs ?? 0).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
