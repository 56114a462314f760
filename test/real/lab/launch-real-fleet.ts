import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Cluster } from '@reroot/agent';
import { type KubernetesCluster, kubernetesConfigSchema, openKubernetesCluster } from '@reroot/agent/kubernetes';
import { createApiClient } from '@reroot/shared/api';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { freePort } from '@reroot/shared/testing';
import type { Fleet } from '@reroot/simulator/fleet-launcher';
import { mgmtPlan, natsPlan, programPlan, setUpNats, writeJoinFiles, writeProgramFiles } from '@reroot/simulator/processes';

import { nodeOptionsOf } from '../../../tools/bundle/programs.ts';
import { bundleAgent } from './agent/bundle-agent.ts';
import { type Lab, type LabOptions, startLab } from './lab.ts';
import type { LabCluster } from './lab-cluster.ts';
import { type LabTraffic, startTraffic } from './traffic/traffic.ts';

/** What is launched. */
export interface RealLaunchOptions extends Omit<LabOptions, 'dir'> {
  readonly mesh: string;
  /** New connections from Envoy to Envoy per second, over all clusters. */
  readonly ratePerSecond: number;
  /** Whether two pods that never trusted each other count too; they do when it is left out. */
  readonly trafficBetween?: 'all' | 'trusting';
  /** More for mgmt, such as `secrets`. */
  readonly mgmtSettings?: Readonly<Record<string, unknown>>;
  /** More for the agent of a cluster, such as `adoption`, or in the place of what it is told otherwise. */
  readonly agentSettings?: (cluster: LabCluster) => Readonly<Record<string, unknown>>;
}

/** A whole installation whose clusters are real servers. */
export interface RealFleet extends Fleet {
  readonly lab: Lab;
  readonly connections: LabTraffic;
}

/** Shortened where a cluster of the lab is faster than one of machines: its kubelet brings a Secret within seconds. */
export const realAgentTimings = {
  reportIntervalMs: 2_000,
  settleMs: 100,
  renudgeAfterMs: 5_000,
  refusedAfterMs: 10_000,
  requestTimeoutMs: 5_000,
};

/**
 * Launches nats-server, mgmt, the lab and the shipped agent for each of its clusters. Nothing of it outlives this process.
 * It does not wait for istiod and the workloads: they come up when the agents have written the first CA.
 * @throws as `launchFleet`, and UnavailableError when a server is missing; what had been started is stopped then
 */
export async function launchRealFleet(options: RealLaunchOptions): Promise<RealFleet> {
  const { signal, random = Math.random, ratePerSecond, trafficBetween: between = 'all' } = options;
  const bundle = await bundleAgent(signal);
  const lab = await startLab({ ...options, dir: await mkdtemp(join(tmpdir(), 'reroot-real-')) });
  const ports = new Map<string, KubernetesCluster>();
  const talking = [...lab.clusters.values()];
  const connections = startTraffic({ clusters: talking, selfCalls: 'never', ratePerSecond, between, random });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= stopAll(lab, connections, ports);
    return stopped;
  };
  try {
    for (const [name, cluster] of lab.clusters) ports.set(name, await openPort(cluster));
    const agentProgram = await keepOwnCopy(bundle, lab);
    const control = createControl(lab, connections);
    return { ...(await startPrograms(options, lab, agentProgram)), control, ports, connections, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

/** An agent that is started anew must be the same program, though another run may have bundled since. */
async function keepOwnCopy(bundle: URL, { dir }: Lab): Promise<URL> {
  const file = join(dir, 'reroot-agent.mjs');
  await copyFile(bundle, file);
  return pathToFileURL(file);
}

async function startPrograms(
  options: RealLaunchOptions,
  lab: Lab,
  agentProgram: URL,
): Promise<Omit<RealFleet, 'stop' | 'ports' | 'connections' | 'control'>> {
  const { signal, mesh, mgmtSettings, onProgress = () => undefined } = options;
  const { dir, broken, processes } = lab;
  const clusters = [...lab.clusters.keys()];
  const [natsPort, apiPort] = [await freePort(), await freePort()];
  const natsSetup = await setUpNats(dir, natsPort, signal);
  const agentSettings = createAgentSettings(options, lab);
  const files = await writeProgramFiles({ dir, mesh, clusters, nats: natsSetup.mgmt, apiPort, agentSettings, mgmtSettings });
  const nats = processes.createPlanned(natsPlan(dir, natsSetup.serverDir));
  const mgmt = processes.createPlanned(mgmtPlan(dir, files.mgmt));
  const agents = new Map(
    [...files.agents].map(([cluster, file]) => {
      const plan = programPlan(
        dir,
        `agent-${cluster}`,
        agentProgram,
        ['--config', file],
        undefined,
        nodeOptionsOf('reroot-agent'),
      );
      return [cluster, processes.createPlanned(plan)];
    }),
  );
  onProgress('starting nats-server, mgmt and an agent for each cluster');
  await nats.start(signal);
  await mgmt.start(signal);
  const api = createApiClient({ server: `http://127.0.0.1:${apiPort}` });
  await writeJoinFiles({ dir, mesh, clusters }, api, signal);
  await Promise.all([...agents.values()].map((agent) => agent.start(signal)));
  onProgress(`mgmt answers on http://127.0.0.1:${apiPort}; configuration and logs are in ${dir}`);
  return { dir, clusters, api, nats, natsSetup, mgmt, agents, broken, lab };
}

function createAgentSettings(
  { agentSettings }: RealLaunchOptions,
  lab: Lab,
): (cluster: string) => Readonly<Record<string, unknown>> {
  return (name) => {
    const cluster = labCluster({ lab }, name);
    const { kubeconfig, account } = cluster.agent;
    const kubernetes = { kubeconfigFile: kubeconfig, serviceAccount: account };
    return { timings: realAgentTimings, kubernetes, ...agentSettings?.(cluster) };
  };
}

/** The port over the administrator's own access, for tests that look past the agent. */
function openPort({ name, controlPlane }: LabCluster): Promise<KubernetesCluster> {
  const config = kubernetesConfigSchema.parse({
    kubeconfigFile: controlPlane.adminKubeconfig,
    serviceAccount: { namespace: 'istio-system', name: 'istiod' },
  });
  return openKubernetesCluster({ name, config, clock: systemClock, random: Math.random, log: silentLog });
}

function createControl(lab: Lab, connections: LabTraffic): Fleet['control'] {
  return {
    traffic: async () => connections.count(),
    holdReplica: async (cluster, replica) => {
      labCluster({ lab }, cluster).holdReplica(replica);
    },
    releaseReplica: async (cluster, replica) => {
      labCluster({ lab }, cluster).releaseReplica(replica);
    },
  };
}

/** @throws when the lab has no cluster of this name */
export function labCluster({ lab }: { readonly lab: Lab }, name: string): LabCluster {
  const found = lab.clusters.get(name);
  if (found === undefined) throw new Error(`the lab has no cluster ${name}`);
  return found;
}

/** Those that depend on others first, so that nobody logs a loss on the way down. */
async function stopAll(
  lab: Lab,
  connections: LabTraffic,
  ports: ReadonlyMap<string, Cluster & { close(): Promise<void> }>,
): Promise<void> {
  await connections.stop();
  await Promise.all([...ports.values()].map((port) => port.close()));
  await lab.stop();
}
