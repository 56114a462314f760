import { describe, expect, it } from 'vitest';
import { defaultRotationPolicy } from '../rotation/index.ts';
import type { MeshSpec } from './mesh-spec.ts';
import { type ClusterPlace, clusterChange, requireChangeable, requireFree, requireKnown } from './spec-change.ts';

const options = { ttlDays: 1, organization: 'o', keyAlgorithm: { kind: 'rsa', bits: 2048 }, graceRatio: 0 } as const;
const spec: MeshSpec = {
  mesh: 'demo',
  clusters: ['east', 'west'],
  trustDomain: 'cluster.local',
  rootSource: { kind: 'generated' },
  intermediateSource: { kind: 'mgmt' },
  root: options,
  intermediate: options,
  rotation: defaultRotationPolicy,
  maintenanceWindows: [],
};

const auth = { kind: 'token-secret', secret: { name: 'a', namespace: 'b' } } as const;
const vault = { server: 'https://vault', caBundle: '', namespace: '', auth, caPath: 'pki/sign', csrPath: '' };

const moving = [
  ['trustDomain', { trustDomain: 'other' }],
  ['intermediate', { intermediate: { ...options, ttlDays: 2 } }],
  ['intermediateSource', { intermediateSource: { kind: 'vault', vault } }],
] as const;

describe('a change of a mesh', () => {
  it.each(moving)('of %s waits while a rotation is under way', (part, change) => {
    const states = [
      'ADDING_NEW_ROOT',
      'PROPAGATING_NEW_INTERMEDIATE',
      'DELETING_OLD_ROOT',
      'VERIFYING',
      'VERIFIED',
      'ROLLING_BACK',
      'FAILED',
    ] as const;
    for (const state of states) {
      expect(() => requireChangeable(spec, { ...spec, ...change }, state)).toThrow(
        expect.objectContaining({ code: 'RR_MESH_LOCKED', message: expect.stringContaining(part) }),
      );
    }
  });

  it.each(moving)('of %s is free at rest', (_, change) => {
    for (const state of ['NOT_ROTATING', 'PREVIOUS_CA', 'FINISHED'] as const) {
      expect(() => requireChangeable(spec, { ...spec, ...change }, state)).not.toThrow();
    }
  });

  const free: readonly [part: string, change: Partial<MeshSpec>][] = [
    ['a cluster that joins', { clusters: ['east', 'west', 'north'] }],
    ['a cluster that leaves', { clusters: ['east'] }],
    ['the options of the next root', { root: { ...options, ttlDays: 9, graceRatio: 0.1 } }],
    ['a policy', { rotation: { ...defaultRotationPolicy, strategy: 'NONE', restarts: 'when-refused' } }],
    ['a window', { maintenanceWindows: [{ cron: '0 22 * * *', durationMs: 3_600_000, timeZone: 'UTC' }] }],
  ];
  it.each(free)('of %s is free while a rotation is under way', (_, change) => {
    expect(() => requireChangeable(spec, { ...spec, ...change }, 'ADDING_NEW_ROOT')).not.toThrow();
  });
});

describe('the clusters of a mesh', () => {
  it('that join and leave are those that only one of two specs names', () => {
    const after = { clusters: ['south', 'west', 'north'] };
    expect(clusterChange(spec, after)).toEqual({ added: ['south', 'north'], removed: ['east'] });
    expect(clusterChange(after, spec)).toEqual({ added: ['east'], removed: ['south', 'north'] });
    expect(clusterChange(spec, { clusters: ['west', 'east'] })).toEqual({ added: [], removed: [] });
  });

  it('must be configured', () => {
    const places = (west: ClusterPlace) => (_mesh: string, cluster: string) =>
      cluster === 'west' ? west : ({ kind: 'allowed' } as const);
    expect(() => requireKnown(spec, undefined, places({ kind: 'allowed' }))).not.toThrow();
    expect(() => requireKnown(spec, undefined, places({ kind: 'unknown' }))).toThrow(
      expect.objectContaining({ code: 'RR_MESH_CLUSTER_UNKNOWN', message: expect.stringContaining('west') }),
    );
    expect(() => requireKnown(spec, undefined, places({ kind: 'other-mesh', mesh: 'other' }))).toThrow(
      expect.objectContaining({ code: 'RR_CLUSTER_OTHER_MESH', message: expect.stringContaining('mesh other') }),
    );
    const revoked = places({ kind: 'revoked', by: 'ann', why: 'stolen' });
    expect(() => requireKnown(spec, { clusters: ['east'] }, revoked)).toThrow(
      expect.objectContaining({ code: 'RR_CLUSTER_REVOKED', message: expect.stringContaining('by ann: stolen') }),
    );
    expect(() => requireKnown(spec, spec, revoked)).not.toThrow();
  });

  it('must not belong to another mesh', () => {
    expect(() => requireFree(spec, [spec, { ...spec, mesh: 'other', clusters: ['north'] }])).not.toThrow();
    expect(() => requireFree(spec, [{ ...spec, mesh: 'other', clusters: ['west'] }])).toThrow(
      expect.objectContaining({ code: 'RR_MESH_CLUSTER_TAKEN', message: expect.stringContaining('other') }),
    );
  });
});
