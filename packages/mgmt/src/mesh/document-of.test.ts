import { describe, expect, it } from 'vitest';
import { documentOf } from './document-of.ts';
import { readMesh } from './read-mesh.ts';

const mesh = (shared: object, rest: object = {}): string =>
  JSON.stringify({
    ...{ apiVersion: 'reroot.dev/v1', kind: 'VirtualMesh', metadata: { name: 'demo' } },
    spec: { clusters: ['east', 'west'], ...rest, mtlsConfig: { shared } },
  });

const vault = { server: 'https://vault.example.org:8200' };
const token = { tokenSecretRef: { name: 'token', namespace: 'reroot' } };
const account = { serviceAccountRef: { name: 'agent', namespace: 'reroot' }, secretTokenKey: 'jwt' };

describe('the document of a spec', () => {
  it.each([
    ['says nothing but clusters', mesh({ rootCertificateAuthority: { generated: {} } })],
    [
      'has another trust domain',
      mesh({ rootCertificateAuthority: { generated: { ttlDays: 20 } } }, { trustDomain: 'example.org' }),
    ],
    [
      'has keys and lifetimes of its own',
      mesh({
        rootCertificateAuthority: { generated: { keyAlgorithm: 'KEY_ALGORITHM_ECDSA_P384', ttlDays: 3650, orgName: 'acme' } },
        intermediateCertOptions: { rsaKeySizeBytes: 2048, secretRotationGracePeriodRatio: 0.25 },
      }),
    ],
    ['takes its roots from a Secret', mesh({ rootCertificateAuthority: { secret: { name: 'root', namespace: 'reroot' } } })],
    [
      'has a Vault that makes roots and signs intermediates',
      mesh({
        rootCertificateAuthority: { vault: { ...vault, ...token, namespace: 'team', options: { ttlDays: 100 } } },
        intermediateCertificateAuthority: {
          vault: { ...vault, kubernetesAuth: { role: 'mesh', ...account }, csrPath: 'pki/intermediate/generate/exported' },
        },
      }),
    ],
    [
      'has an issuer of Vault',
      mesh({
        rootCertificateAuthority: {
          vault: { ...vault, kubernetesAuth: { role: 'mesh', mountedSaPath: '/token' }, issuerRef: 'next' },
        },
      }),
    ],
    [
      'says everything of its rotations',
      mesh({
        rootCertificateAuthority: { generated: { secretRotationGracePeriodRatio: 0.1 } },
        certificateRotation: {
          strategy: 'NONE',
          verification: {
            automatic: {
              ...{ soak: '1m', timeout: '1h', onFailure: 'ON_FAILURE_ROLLBACK', handshakes: 'HANDSHAKES_ALL_PAIRS' },
              negativeProof: 'NEGATIVE_PROOF_REQUIRED',
              pathProbes: [{ clusters: ['east'], address: 'gw.example.org:443', serverName: 'gw' }, { address: '[::1]:443' }],
              checks: [
                { name: 'hook', webhook: { url: 'https://hook.example.org', timeout: '3s' } },
                { name: 'rate', prometheus: { url: 'https://p.example.org', query: 'x', max: 0.5, noData: 'NO_DATA_PASS' } },
                { name: 'base', prometheus: { url: 'https://p.example.org', query: 'y', baseline: { ratio: 2 }, for: '1m' } },
              ],
            },
          },
          waves: { canaries: ['west'], maxPercent: 30, soak: '90m', onFailure: 'ON_FAILURE_CONTINUE' },
          stepTimeout: { after: '4h', then: 'THEN_ROLLBACK' },
          silentClusters: { excludeAfter: '12h' },
          maintenanceWindows: [{ cron: '0 9 * * MON-THU', duration: '6h', timeZone: 'Europe/Berlin' }],
          ...{ requiredEvidence: 'EVIDENCE_LOADED', restarts: 'RESTART_ALWAYS', workloadRestarts: 'RESTART_NEEDED' },
          ...{ drift: 'DRIFT_REPORT', minimumOverlap: '25h', minimumRootValidity: '30d', rootKeyRetention: '0s' },
          approvals: { expireAfter: '1h' },
          emergency: { restarts: 'RESTART_NEVER', workloadRestarts: 'RESTART_NEVER' },
        },
      }),
    ],
    [
      'has waves of so many clusters and four eyes',
      mesh({
        rootCertificateAuthority: { generated: {} },
        certificateRotation: { waves: { maxClusters: 3 }, approvals: { fourEyes: true }, verification: { manual: {} } },
      }),
    ],
  ])('is read as the same, where it %s', (_, text) => {
    const spec = readMesh(text, 'demo', 'first');
    expect(readMesh(JSON.stringify(documentOf(spec)), 'demo', 'second')).toEqual(spec);
  });
});
