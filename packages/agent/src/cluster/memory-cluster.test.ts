import { systemClock } from '@reroot/shared/clock';
import { describeClusterContract } from './cluster-contract.ts';
import { createMemoryCluster } from './memory-cluster.ts';

describeClusterContract('a cluster in memory', async () => {
  const cluster = createMemoryCluster({
    name: 'cluster-1',
    replicas: 2,
    namespaces: ['default', 'payments'],
    workloads: 2,
    now: () => systemClock.now(),
  });
  return {
    cluster,
    eventsOf: async (wanted) => cluster.events().filter(({ id }) => id === wanted),
    dispose: async () => undefined,
  };
});
