import { parseYaml } from '@reroot/shared/config';
import { type RerootError, toRerootError } from '@reroot/shared/errors';
import { describe, expect, it } from 'vitest';
import { apiConfigSchema } from './api-config.ts';

const read = (text: string) => parseYaml(text, apiConfigSchema, 'api.yaml');
const digest = 'a'.repeat(64);
const other = 'b'.repeat(64);

describe('the configuration of the API', () => {
  it('has the documented defaults', () => {
    expect(read('{}')).toEqual({
      ...{ host: '127.0.0.1', port: 8480, allowedHosts: [], allowedOrigins: [] },
      rateLimit: { perSecond: 50, burst: 100 },
    });
    const oidc = '{ issuer: "https://issuer.example", audience: reroot, roles: { admin: [platform] } }';
    expect(read(`access: { oidc: ${oidc}, kubernetes: {} }`).access).toEqual({
      oidc: {
        ...{ issuer: 'https://issuer.example', audience: 'reroot', usernameClaim: 'sub', rolesClaim: 'groups' },
        roles: { admin: ['platform'] },
      },
      kubernetes: { audience: 'reroot' },
    });
  });

  it('takes every way of access at once', () => {
    const text = `
host: 0.0.0.0
tls: { certFile: server.pem, keyFile: server.key, clientCaFile: clients.pem }
allowedHosts: [mgmt.example.org, 192.0.2.7, "2001:db8::7"]
allowedOrigins: ["https://reroot.example.org", "http://localhost:5173"]
access:
  tokens:
    - { name: ci, sha256: ${digest}, role: operator, expires: "2030-01-31T12:00:00Z" }
    - { name: ann, sha256: ${other}, role: admin }
  oidc: { issuer: "http://127.0.0.1:5556/dex", audience: reroot, usernameClaim: email, roles: { approver: [security] }, caFile: ca.pem }
  kubernetes: { kubeconfigFile: kubeconfig, context: prod, audience: "https://reroot.example.org" }
  certificates: { roles: { viewer: ["CN=grafana"], admin: ["spiffe://example.org/ns/ops/sa/rotator"] } }
rateLimit: { perSecond: 0.5, burst: 5 }
`;
    expect(Object.keys(read(text).access ?? {})).toEqual(['tokens', 'oidc', 'kubernetes', 'certificates']);
  });

  const token = (change: object): string =>
    JSON.stringify({ access: { tokens: [{ name: 'ci', sha256: digest, role: 'viewer', ...change }] } });
  const oidc = (change: object): string =>
    JSON.stringify({ access: { oidc: { issuer: 'https://i.example', audience: 'a', roles: {}, ...change } } });
  it.each([
    ['a key that it does not know', 'acess: {}', 'acess'],
    ['no way of access', 'access: {}', 'takes one or more of'],
    ['no token', 'access: { tokens: [] }', 'tokens'],
    ['a token instead of its digest', token({ sha256: 'rrt_abc' }), '64 lower-case hexadecimal digits'],
    ['a role that is none', token({ role: 'root' }), 'role'],
    ['an end that is no time', token({ expires: 'tomorrow' }), 'RFC 3339'],
    ['an end without zone', token({ expires: '2030-01-31T12:00:00' }), 'RFC 3339'],
    ['a name with a line feed', token({ name: 'a\nb' }), 'control or invisible characters'],
    [
      'a name for two tokens',
      `access: { tokens: [{ name: ci, sha256: ${digest}, role: viewer }, { name: ci, sha256: ${other}, role: admin }] }`,
      'is that of another token too',
    ],
    [
      'a token under two names',
      `access: { tokens: [{ name: ci, sha256: ${digest}, role: viewer }, { name: cd, sha256: ${digest}, role: admin }] }`,
      'is that of another token too',
    ],
    ['an issuer without TLS', oidc({ issuer: 'http://issuer.example' }), 'https'],
    ['an issuer with a query', oidc({ issuer: 'https://issuer.example/?a=b' }), 'without query'],
    ['a role of OIDC that is none', oidc({ roles: { root: ['ops'] } }), 'root'],
    ['certificates without a CA', 'access: { certificates: { roles: {} } }', 'needs api.tls.clientCaFile'],
    [
      'a certificate by a name that it cannot have',
      'tls: { certFile: c, keyFile: k, clientCaFile: a }\naccess: { certificates: { roles: { admin: [ann] } } }',
      'must be CN=',
    ],
    ['a host with a port', 'allowedHosts: ["mgmt.example:8480"]', 'without port'],
    ['a host with a path', 'allowedHosts: ["mgmt.example/"]', 'without port'],
    ['an origin with a path', 'allowedOrigins: ["https://reroot.example/"]', 'must be an origin'],
    ['every origin', 'allowedOrigins: ["*"]', 'must be an origin'],
    ['the origin of files', 'allowedOrigins: ["null"]', 'must be an origin'],
    ['plaintext that is not spelled out', 'plaintext: true', 'plaintext'],
    ['a limit of nothing', 'rateLimit: { burst: 0 }', 'burst'],
  ])('refuses %s', (_, text, words) => {
    const thrown = problemOf(text);
    expect(thrown).toMatchObject({ code: 'RR_CONFIG_INVALID' });
    expect(`${thrown?.place} ${thrown?.message}`).toContain(words);
  });
});

function problemOf(text: string): RerootError | undefined {
  try {
    read(text);
    return undefined;
  } catch (thrown) {
    return toRerootError(thrown);
  }
}
