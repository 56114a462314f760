import { lateMoment, unverifiedMoment } from './mgmt.ts';
import type { ClusterSetup, WorldOptions } from './stage.ts';

/** What a world is unless it says otherwise: everything inside clusters may happen, and nothing that people do. */
const usual = {
  replicas: 1,
  workloads: 1,
  begins: 'started',
  pace: 'usual',
  budget: {},
  policy: { verification: 'none' },
  moments: [],
  rollbacks: [],
  nudges: 2,
  renudges: 'no',
  renewals: 'may',
  restarts: 'yes',
  lateReports: 'no',
  reaches: ['FINISHED'],
} as const satisfies Partial<WorldOptions>;

/** A world that differs from the usual one. */
export function world(differing: Partial<WorldOptions> & Pick<WorldOptions, 'name' | 'clusters'>): WorldOptions {
  return { ...usual, ...differing };
}

/** Clusters that nobody tells apart. */
export function alike(...names: readonly string[]): readonly ClusterSetup[] {
  return names.map((name) => ({ name, group: 0, member: 'yes', holds: 'A' }));
}

/** Clusters of which each is treated in a way of its own. */
export function distinct(...names: readonly string[]): readonly ClusterSetup[] {
  return names.map((name, group) => ({ name, group, member: 'yes', holds: 'A' }));
}

/** `north` is to join `east`. */
export function joining(holds: ClusterSetup['holds']): readonly ClusterSetup[] {
  return [...distinct('east'), { name: 'north', group: 1, member: 'no', holds }];
}

/** Every step that can be taken back. */
export const everyStep = ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'] as const;
/** `east` first, then one cluster after the other. */
export const canary = {
  waves: { canaries: ['east'], size: { kind: 'count', clusters: 1 }, soakMs: 0, onFailure: 'stop' },
} as const;

export const three = ['east', 'north', 'west'] as const;
export const two = ['east', 'north'] as const;
export const rolledBack = {
  rollbacks: everyStep,
  renewals: 'must',
  reaches: ['FINISHED', 'PREVIOUS_CA', 'ROLLING_BACK'],
} as const;
const impatience = (then: 'hold' | 'rollback') => lateMoment('it takes too long: ', { stepTimeout: { afterMs: 1_000, then } });
/** `north` is excluded once, and returns. */
export const excluding = { excludable: 'north', budget: { excludes: 1 }, renewals: 'must' } as const;
export const returning = world({ name: 'a cluster that is excluded, and returns', clusters: distinct(...two), ...excluding });

/** Explored by every run of the tests, as the next ones are. */
export const forwardWorlds: readonly WorldOptions[] = [
  world({
    name: 'three clusters of two replicas, a second leader and a stale one',
    clusters: alike(...three),
    replicas: 2,
    budget: { failovers: 1 },
  }),
  world({ name: 'two clusters of two replicas and two proxies', clusters: alike(...two), replicas: 2, workloads: 2 }),
  world({
    name: 'a canary, then one cluster after the other',
    clusters: distinct(...three),
    policy: { verification: 'none', ...canary },
  }),
  returning,
  world({
    name: 'a cluster without a Secret that joins, and leaves',
    clusters: joining('nothing'),
    joiner: 'north',
    budget: { joins: 1, leaves: 1 },
  }),
  world({ name: 'a cluster with the old row that joins', clusters: joining('A'), joiner: 'north', budget: { joins: 1 } }),
  world({
    name: 'an emergency, with a nudge in every row, and two leaders',
    clusters: alike(...two),
    pace: 'emergency',
    budget: { failovers: 1 },
  }),
  world({ name: 'proxies that are nudged again', clusters: alike(...two), renudges: 'yes' }),
  world({
    name: 'a rotation, an abort, and another rotation',
    clusters: alike(...two),
    begins: 'rest',
    budget: { starts: 2, aborts: 1 },
    reaches: ['NOT_ROTATING', 'FINISHED'],
  }),
];

/** `east` is of the mesh; the others come from elsewhere, each from under its own root. */
export const threeRoots: readonly ClusterSetup[] = [
  { name: 'east', group: 0, member: 'yes', holds: 'A' },
  { name: 'north', group: 1, member: 'yes', holds: 'B' },
  { name: 'west', group: 2, member: 'yes', holds: 'C' },
];
/** Two clusters of the mesh, and two of another one. */
export const twoMeshes: readonly ClusterSetup[] = ['east', 'north', 'south', 'west'].map((name, group) => {
  return { name, group, member: 'yes', holds: group < 2 ? 'A' : 'B' };
});
export const adoption = { begins: 'adopting', reaches: ['FINISHED'] } as const;
export const adopted = world({ name: 'three clusters on three roots are adopted', clusters: threeRoots, ...adoption });

/** With clusters that come from elsewhere. */
export const adoptionWorlds: readonly WorldOptions[] = [
  adopted,
  world({
    name: 'two meshes are merged, one cluster after the other',
    clusters: twoMeshes,
    ...adoption,
    policy: { verification: 'none', ...canary },
  }),
  world({
    name: 'two clusters on two roots, rolled back at any point',
    clusters: threeRoots.slice(0, 2),
    ...rolledBack,
    ...adoption,
    reaches: ['FINISHED', 'PREVIOUS_CA', 'ROLLING_BACK'],
  }),
  world({
    name: 'an adopted cluster is excluded, and returns',
    clusters: threeRoots.slice(0, 2),
    ...excluding,
    ...adoption,
  }),
];

/** With people who want the old root back. */
export const rollbackWorlds: readonly WorldOptions[] = [
  world({
    name: 'three clusters of two replicas, the first step rolled back at any point',
    clusters: alike(...three),
    replicas: 2,
    ...rolledBack,
    rollbacks: ['ADDING_NEW_ROOT'],
  }),
  world({
    name: 'two clusters of two replicas, rolled back at any point, two leaders',
    clusters: alike(...two),
    replicas: 2,
    ...rolledBack,
    budget: { failovers: 1 },
  }),
  world({
    name: 'two clusters of two replicas, rolled back at any point, each row confirmed by hand',
    clusters: alike(...two),
    replicas: 2,
    ...rolledBack,
    policy: { verification: 'manual' },
  }),
  world({ name: 'rolled back, and forward again', clusters: alike(...two), ...rolledBack, budget: { turns: 1 } }),
  world({
    name: 'one cluster of three replicas and two proxies',
    clusters: alike('east'),
    replicas: 3,
    workloads: 2,
    ...rolledBack,
  }),
  world({
    name: 'a step that takes too long is held, or rolled back',
    clusters: alike(...two),
    ...rolledBack,
    rollbacks: ['ADDING_NEW_ROOT'],
    moments: [impatience('hold'), impatience('rollback')],
    budget: { timeouts: 1, turns: 1 },
    reaches: ['FINISHED', 'PREVIOUS_CA', 'FAILED'],
  }),
  world({
    name: 'a step that is not verified is held, or rolled back',
    clusters: alike(...two),
    ...rolledBack,
    rollbacks: ['ADDING_NEW_ROOT'],
    policy: { verification: 'automatic' },
    moments: [unverifiedMoment('hold'), unverifiedMoment('rollback')],
    budget: { timeouts: 1, turns: 1 },
    reaches: ['FINISHED', 'PREVIOUS_CA', 'FAILED'],
  }),
  world({
    name: 'a cluster that joins, in a rotation whose first step is rolled back',
    clusters: joining('nothing'),
    ...rolledBack,
    rollbacks: ['ADDING_NEW_ROOT'],
    joiner: 'north',
    budget: { joins: 1 },
  }),
  world({
    name: 'a cluster that returns to a rotation whose first step is rolled back',
    clusters: distinct(...two),
    ...rolledBack,
    ...excluding,
    rollbacks: ['ADDING_NEW_ROOT'],
  }),
];
