import { join } from 'node:path';
import { agentConfigSchema, type SuperviseOptions, superviseAgent } from '@reroot/agent';
import { createMemoryCluster } from '@reroot/agent/memory-cluster';
import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { createLogger } from '@reroot/shared/log';
import type { CrowdOrder } from './crowd.ts';
import { runUntilStill } from './still-agent.ts';

/** How many agents of one process enrol at a time: more would only wait for one another, and run into deadlines. */
const together = 32;

const leaving = new AbortController();
const log = createLogger({ name: 'crowd', level: 'error' });

/** Runs the real agent of one light cluster. Resolves when it has joined, and goes on. */
function runAgent(cluster: string, { dir, timings, still }: CrowdOrder): Promise<void> {
  const joined = Promise.withResolvers<undefined>();
  let hasJoined = false;
  const agent: SuperviseOptions = {
    config: agentConfigSchema.parse({
      join: { file: join(dir, `${cluster}.join.json`), state: { dir: join(dir, `${cluster}.link`) } },
      timings,
    }),
    openCluster: async (name) => {
      hasJoined = true;
      joined.resolve(undefined);
      const shape = { replicas: 1, namespaces: ['default'], workloads: 1 };
      return { cluster: createMemoryCluster({ name, ...shape, now: () => systemClock.now() }), close: async () => undefined };
    },
    openSecretStore: async () => {
      throw new RerootError('RR_INTERNAL', 'the agents of a crowd keep their links in folders');
    },
    ...{ clock: systemClock, random: Math.random, log, signal: leaving.signal },
  };
  const running = still === undefined ? superviseAgent(agent) : runUntilStill({ agent, ...still });
  running.catch((error: unknown) => {
    joined.reject(error);
    // A smaller crowd would be measured: the parent ends when one of its processes does.
    if (hasJoined && !leaving.signal.aborted) process.exit(1);
  });
  return joined.promise;
}

async function runAll(order: CrowdOrder): Promise<void> {
  const left = order.clusters.values();
  const take = async (): Promise<void> => {
    for (const cluster of left) await runAgent(cluster, order);
  };
  await Promise.all(Array.from({ length: together }, take));
}

process.once('message', (order) => {
  runAll(order as CrowdOrder).then(
    () => process.send?.('joined'),
    (error: unknown) => process.send?.(String(error)),
  );
});
process.once('disconnect', () => {
  leaving.abort();
  process.exit();
});
