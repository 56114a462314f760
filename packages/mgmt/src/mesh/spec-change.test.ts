import { describe, expect, it } from 'vitest';
import type { MeshSpec } from './mesh-spec.ts';
import { requireChangeable, requireConfigured, requireFree } from './spec-change.ts';

const options = { ttlDays: 1, organization: 'o', keyAlgorithm: { kind: 'rsa', bits: 2048 } } as const;
const spec: MeshSpec = {
  mesh: 'demo',
  clusters: ['east', 'west'],
  trustDomain: 'cluster.local',
  root: options,
  intermediate: options,
  rotation: { strategy: 'MULTI_ROOT', verification: 'manual' },
};

const moving = [
  ['clusters', { clusters: ['east'] }],
  ['trustDomain', { trustDomain: 'other' }],
  ['intermediate', { intermediate: { ...options, ttlDays: 2 } }],
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

  it('that bears on later rotations alone is free at any time, and so is another order of the clusters', () => {
    const later: MeshSpec = {
      ...spec,
      clusters: ['west', 'east'],
      root: { ...options, ttlDays: 9 },
      rotation: { strategy: 'NONE', verification: 'none' },
    };
    expect(() => requireChangeable(spec, later, 'ADDING_NEW_ROOT')).not.toThrow();
  });
});

describe('the clusters of a mesh', () => {
  it('must be configured', () => {
    expect(() => requireConfigured(spec, new Set(['east', 'west']))).not.toThrow();
    expect(() => requireConfigured(spec, new Set(['east']))).toThrow(
      expect.objectContaining({ code: 'RR_MESH_CLUSTER_UNKNOWN', message: expect.stringContaining('west') }),
    );
  });

  it('must not belong to another mesh', () => {
    expect(() => requireFree(spec, [spec, { ...spec, mesh: 'other', clusters: ['north'] }])).not.toThrow();
    expect(() => requireFree(spec, [{ ...spec, mesh: 'other', clusters: ['west'] }])).toThrow(
      expect.objectContaining({ code: 'RR_MESH_CLUSTER_TAKEN', message: expect.stringContaining('other') }),
    );
  });
});
