import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startReaper } from '@reroot/simulator/processes';
import { findServers, type Servers } from '../servers/find-servers.ts';
import { type LabCluster, startLabCluster } from './lab-cluster.ts';
import type { LabClusterPlan } from './lab-plan.ts';
import { createLabProcesses, type LabProcesses } from './lab-process.ts';

/** What is started. */
export interface LabOptions {
  readonly clusters: readonly LabClusterPlan[];
  /** Holds everything that the lab writes; goes away with it. */
  readonly dir: string;
  readonly signal: AbortSignal;
  /** Told what is being started. */
  readonly onProgress?: (line: string) => void;
  readonly servers?: Servers;
  /** In [0, 1). */
  readonly random?: () => number;
}

/** Clusters of real servers on this machine. */
export interface Lab {
  readonly dir: string;
  readonly clusters: ReadonlyMap<string, LabCluster>;
  /** Makes further processes that end with the lab. */
  readonly processes: LabProcesses;
  /** Aborts when a process ends by itself that the lab cannot do without, or a stand-in fails. */
  readonly broken: AbortSignal;
  /** Ends every process and removes the directory. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts real clusters: etcd, kube-apiserver, controllers, istiod, pilot-agent and Envoy as processes on loopback addresses,
 * and in this process what plays scheduler, kubelet and pod network. Nothing of it outlives this process. It resolves when
 * every API answers; `untilReady` of a cluster waits for its mesh.
 * @throws UnavailableError when a server is missing; what had been started is stopped then
 */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { dir, signal, onProgress = () => undefined, servers = findServers(), random = Math.random } = options;
  const logDir = join(dir, 'logs');
  await mkdir(logDir, { recursive: true });
  const reaper = startReaper(dir);
  const processes = createLabProcesses(logDir, reaper);
  const failed = new AbortController();
  const clusters = new Map<string, LabCluster>();
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= stopAll(clusters, processes).finally(() => {
      // It also removes the directory.
      reaper.release();
    });
    return stopped;
  };
  const onError = (thrown: unknown): void => {
    failed.abort(thrown);
  };
  onProgress(`starting ${options.clusters.length} clusters of real servers; their logs are in ${logDir}`);
  // A server that ends at once will not answer later.
  const deadline = AbortSignal.any([signal, processes.broken]);
  const starting = options.clusters.map(async (plan) => {
    const place = { plan, dir: join(dir, plan.name), servers, create: processes.create, random, onError, signal: deadline };
    clusters.set(plan.name, await startLabCluster(place));
    onProgress(`${plan.name}: the Kubernetes API answers`);
  });
  const failure = (await Promise.allSettled(starting)).find((result) => result.status === 'rejected');
  if (failure !== undefined) {
    await stop();
    throw failure.reason;
  }
  const inOrder = new Map(options.clusters.flatMap(({ name }) => [...clusters].filter(([each]) => each === name)));
  return { dir, clusters: inOrder, processes, broken: AbortSignal.any([failed.signal, processes.broken]), stop };
}

/** Pods first, and while the API is there still, so that nothing fails on the way down; the rest is killed. */
async function stopAll(clusters: ReadonlyMap<string, LabCluster>, processes: LabProcesses): Promise<void> {
  await Promise.all([...clusters.values()].map((cluster) => cluster.stop()));
  await processes.killAll();
}
