import { systemClock } from '@reroot/shared/clock';
import { describeClusterContract } from './cluster-contract.ts';
import { createMemoryCluster } from './memory-cluster.ts';

describeClusterContract('a cluster in memory', async () => ({
  cluster: createMemoryCluster({
    name: 'cluster-1',
    replicas: 2,
    namespaces: ['default', 'payments'],
    workloads: 2,
    now: () => systemClock.now(),
  }),
  dispose: async () => undefined,
}));
