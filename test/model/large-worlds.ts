import { lateMoment } from './mgmt.ts';
import type { WorldOptions } from './stage.ts';
import { adoption, alike, canary, distinct, excluding, joining, rolledBack, three, threeRoots, two, world } from './worlds.ts';

const silence = (cluster: string) =>
  lateMoment(`${cluster} is not heard: `, { silentClusters: { kind: 'exclude', afterMs: 1_000 } }, cluster);

/** Those that take longer: `./dev test --model` explores them. */
export const largeWorlds: readonly WorldOptions[] = [
  world({
    name: 'three clusters of two replicas, the first two steps rolled back at any point',
    clusters: alike(...three),
    replicas: 2,
    ...rolledBack,
    rollbacks: ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE'],
  }),
  world({
    name: 'a cluster that falls silent, and is heard again',
    clusters: [...alike('east', 'north'), { name: 'west', group: 1, member: 'yes', holds: 'A' }],
    renewals: 'must',
    moments: [silence('west')],
    budget: { timeouts: 1 },
  }),
  world({
    name: 'a canary, then one cluster after the other, rolled back at any point',
    clusters: distinct(...three),
    ...rolledBack,
    policy: { verification: 'none', ...canary },
  }),
  world({
    name: 'a canary of two replicas, then one cluster after the other',
    clusters: distinct(...three),
    replicas: 2,
    policy: { verification: 'none', ...canary },
    budget: { failovers: 1 },
  }),
  world({
    name: 'three clusters, each row confirmed by hand',
    clusters: alike(...three),
    ...rolledBack,
    policy: { verification: 'manual' },
  }),
  world({
    name: 'a cluster that joins, in a rotation whose first two steps are rolled back',
    clusters: joining('nothing'),
    ...rolledBack,
    rollbacks: ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE'],
    joiner: 'north',
    budget: { joins: 1 },
  }),
  world({
    name: 'a cluster that returns to a rotation whose first two steps are rolled back',
    clusters: distinct(...two),
    ...rolledBack,
    ...excluding,
    rollbacks: ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE'],
  }),
  world({ name: 'three clusters of two replicas on three roots are adopted', clusters: threeRoots, replicas: 2, ...adoption }),
  world({ name: 'three clusters on three roots, two leaders', clusters: threeRoots, ...adoption, budget: { failovers: 1 } }),
  world({
    name: 'two clusters on two roots, rolled back at any point, and forward again',
    clusters: threeRoots.slice(0, 2),
    ...rolledBack,
    ...adoption,
    budget: { turns: 1 },
    reaches: ['FINISHED', 'PREVIOUS_CA', 'ROLLING_BACK'],
  }),
  world({
    name: 'three clusters on three roots, the first two steps rolled back at any point',
    clusters: threeRoots,
    ...rolledBack,
    ...adoption,
    rollbacks: ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE'],
    reaches: ['FINISHED', 'PREVIOUS_CA', 'ROLLING_BACK'],
  }),
  world({
    name: 'a cluster that returns, and of which an old report comes',
    clusters: distinct(...two),
    ...excluding,
    lateReports: 'yes',
  }),
];
