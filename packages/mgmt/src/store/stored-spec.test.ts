import { describe, expect, it } from 'vitest';
import type { MeshSpec } from '../mesh/index.ts';
import { defaultAutomaticPolicy, defaultRotationPolicy, type RotationPolicy } from '../rotation/index.ts';
import { specSchema } from './stored-spec.ts';

const options = { ttlDays: 1, organization: 'o', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, graceRatio: 0.1 } as const;
const spec: MeshSpec = {
  mesh: 'demo',
  clusters: ['east', 'west'],
  trustDomain: 'cluster.local',
  rootSource: { kind: 'generated' },
  root: options,
  intermediateSource: { kind: 'mgmt' },
  intermediate: { ...options, keyAlgorithm: { kind: 'rsa', bits: 2048 }, graceRatio: 0 },
  rotation: defaultRotationPolicy,
  maintenanceWindows: [],
};

const policies: readonly (readonly [what: string, policy: Partial<RotationPolicy>])[] = [
  ['the defaults', {}],
  ['waves', { waves: { canaries: ['east'], size: { kind: 'count', clusters: 1 }, soakMs: 1, onFailure: 'continue' } }],
  ['waves in percent', { waves: { ...defaultRotationPolicy.waves, size: { kind: 'share', percent: 1 } } }],
  ['a step timeout', { stepTimeout: { afterMs: 1000, then: 'rollback' } }],
  ['a limit to silence', { silentClusters: { kind: 'exclude', afterMs: 60_000 } }],
  ['approval by another', { approvals: { by: 'another-person', expireAfterMs: 60_000 } }],
  ['automatic verification', { verification: 'automatic', automatic: defaultAutomaticPolicy }],
  [
    'automatic verification in full',
    {
      verification: 'automatic',
      automatic: {
        ...{ soakMs: 1, timeoutMs: 2, onFailure: 'rollback', handshakes: 'all-pairs', negativeProof: 'required' },
        pathProbes: [{ clusters: ['east'], address: 'gateway:15443', serverName: 'gateway' }],
        checks: [
          { kind: 'webhook', name: 'gate', url: 'https://gate', timeoutMs: 1 },
          {
            ...{ kind: 'prometheus', name: 'errors', url: 'https://prometheus', query: 'sum(up)', forMs: 1, noData: 'pass' },
            limit: { kind: 'max', max: 0.5 },
          },
          {
            ...{ kind: 'prometheus', name: 'rate', url: 'https://prometheus', query: 'sum(up)', forMs: 0, noData: 'fail' },
            limit: { kind: 'baseline', ratio: 1.5, tolerance: 0.1 },
          },
        ],
      },
    },
  ],
  ['restarts', { restarts: 'always', workloadRestarts: 'when-needed', requiredEvidence: 'written', rootGraceRatio: 0.1 }],
];

const access = { server: 'https://vault', caBundle: '', namespace: 'team' };
const token = { kind: 'token-secret', secret: { name: 'token', namespace: 'vault' } } as const;
const account = { kind: 'reference', account: { name: 'reroot', namespace: 'reroot' }, tokenKey: 'token' } as const;
const login = { kind: 'kubernetes', mountPath: 'kubernetes', role: 'reroot' } as const;

const sources: readonly (readonly [what: string, sources: Partial<MeshSpec>])[] = [
  ['roots from a Secret', { rootSource: { kind: 'secret', secret: { name: 'root', namespace: 'reroot' } } }],
  ['roots in Vault', { rootSource: { kind: 'vault', vault: { ...access, auth: token, mount: 'pki', issuer: '' } } }],
  [
    'intermediates from Vault',
    {
      intermediateSource: {
        kind: 'vault',
        vault: { ...access, auth: { ...login, account }, caPath: 'pki/root/sign-intermediate', csrPath: '' },
      },
    },
  ],
  [
    'a mounted token',
    {
      intermediateSource: {
        kind: 'vault',
        vault: { ...access, auth: { ...login, account: { kind: 'mounted', path: '' } }, caPath: 'pki/sign', csrPath: 'pki/csr' },
      },
    },
  ],
];

describe('a stored spec', () => {
  it.each(policies)('is read as it was written, with %s', (_, policy) => {
    const written: MeshSpec = {
      ...spec,
      rotation: { ...defaultRotationPolicy, ...policy },
      maintenanceWindows: [{ cron: '0 22 * * *', durationMs: 60_000, timeZone: 'UTC' }],
    };
    expect(specSchema.parse(JSON.parse(JSON.stringify(written)))).toStrictEqual(written);
  });

  it.each(sources)('is read as it was written, with %s', (_, written) => {
    expect(specSchema.parse(JSON.parse(JSON.stringify({ ...spec, ...written })))).toStrictEqual({ ...spec, ...written });
  });

  it.each([
    ['no policy', { ...spec, rotation: {} }],
    ['half a window', { ...spec, maintenanceWindows: [{ cron: '0 22 * * *' }] }],
    ['a ratio beyond the whole', { ...spec, root: { ...options, graceRatio: 1 } }],
    ['a key that nobody wrote', { ...spec, rotation: { ...defaultRotationPolicy, x: 1 } }],
  ])('is refused with %s', (_, damaged) => {
    expect(specSchema.safeParse(JSON.parse(JSON.stringify(damaged))).success).toBe(false);
  });
});
