import { describe, expect, it } from 'vitest';
import { sampleSpec } from '../testing/sample-subject.ts';
import { hostFor, requireAllowedChecks, verificationSchema } from './external-hosts.ts';

const spec = sampleSpec({
  checks: [{ kind: 'webhook', name: 'gate', url: 'https://gate.example:8443/verify', timeoutMs: 1_000 }],
});

describe('whom external checks may ask', () => {
  it('is named by origin: scheme, host and port', () => {
    expect(() => requireAllowedChecks(spec, [{ origin: 'https://gate.example:8443' }])).not.toThrow();
    for (const origin of ['http://gate.example:8443', 'https://gate.example', 'https://gate.example.evil:8443']) {
      expect(() => requireAllowedChecks(spec, [{ origin }])).toThrow(/which mgmt may not ask/);
    }
  });

  it('may be named by path, by whole segments', () => {
    const at = (path: string) => () => requireAllowedChecks(spec, [{ origin: 'https://gate.example:8443', path }]);
    for (const path of ['', '/verify']) expect(at(path)).not.toThrow();
    for (const path of ['/ver', '/verify/more', '/other'])
      expect(at(path)).toThrow('asks https://gate.example:8443/verify as a webhook, which mgmt may not ask');
  });

  it('may be named by kind, and of Prometheus the address of the query counts', () => {
    const query = { kind: 'prometheus', name: 'rate', url: 'https://p/team', query: 'q', forMs: 0, noData: 'fail' } as const;
    const asking = sampleSpec({ checks: [{ ...query, limit: { kind: 'max', max: 1 } }] });
    const by = (host: object) => () => requireAllowedChecks(asking, [{ origin: 'https://p', ...host }]);
    expect(by({ kind: 'prometheus' })).not.toThrow();
    expect(by({ path: '/team/api/v1/query' })).not.toThrow();
    expect(by({ kind: 'webhook' })).toThrow(/asks https:\/\/p\/team\/api\/v1\/query as a prometheus/);
  });

  it('is by the narrowest entry that allows it', () => {
    const hosts = [
      { origin: 'https://p' },
      { origin: 'https://p', kind: 'webhook' },
      { origin: 'https://p', path: '/a/b' },
      { origin: 'https://p', path: '/a' },
    ] as const;
    const found = (path: string): unknown => hosts.indexOf(hostFor(new URL(path, 'https://p'), 'webhook', hosts) as never);
    expect(['/x', '/a/x', '/a/b', '/a/b/x', '/ab', '/a/%62'].map(found)).toEqual([1, 3, 2, 2, 1, 1]);
  });

  it('is nobody unless the configuration says so, and a spec without checks needs nobody', () => {
    expect(verificationSchema.parse({})).toEqual({ hosts: [] });
    expect(() => requireAllowedChecks(spec, [])).toThrow(
      expect.objectContaining({
        code: 'RR_MESH_CHECK_FORBIDDEN',
        place: 'spec.mtlsConfig.shared.certificateRotation.verification.automatic.checks.0',
      }),
    );
    expect(() => requireAllowedChecks(sampleSpec(), [])).not.toThrow();
  });

  it.each([
    ['a path', { origin: 'https://gate/x' }],
    ['credentials', { origin: 'https://user:pass@gate' }],
    ['another scheme', { origin: 'ftp://gate' }],
    ['a token in the clear', { origin: 'http://gate', tokenFile: 'token' }],
    ['a path that climbs', { origin: 'https://gate', path: '/a/../b' }],
    ['a path that hides how it climbs', { origin: 'https://gate', path: '/a/%2e%2e/b' }],
    ['a path with an empty segment', { origin: 'https://gate', path: '/a//b' }],
    ['a path with a parameter', { origin: 'https://gate', path: '/a;b' }],
    ['a path with a query', { origin: 'https://gate', path: '/a?b' }],
    ['a path from nowhere', { origin: 'https://gate', path: 'a' }],
    ['another kind', { origin: 'https://gate', kind: 'ftp' }],
    ['a token itself', { origin: 'https://gate', token: 'x' }],
  ])('refuses %s', (_, host) => {
    expect(verificationSchema.safeParse({ hosts: [host] }).success).toBe(false);
  });

  it('refuses the same origin twice, however it is written', () => {
    const hosts = [{ origin: 'https://gate' }, { origin: 'https://gate:443/' }];
    expect(verificationSchema.safeParse({ hosts }).success).toBe(false);
    const paths = ['/a', '/a/', '/'].map((path) => ({ origin: 'https://gate', path }));
    expect(verificationSchema.safeParse({ hosts: paths }).success).toBe(false);
    expect(verificationSchema.parse({ hosts: paths.slice(1) }).hosts.map(({ path }) => path)).toEqual(['/a', '']);
  });
});
