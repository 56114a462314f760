import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from '@reroot/agent';
import { type ApiClient, createApiClient } from '@reroot/shared/api';
import type { RerootError } from '@reroot/shared/errors';
import type { LogLevel } from '@reroot/shared/log';
import { freePort } from '@reroot/shared/testing';
import { createRemoteCluster } from '../control/remote-cluster.ts';
import { createFleetControl, type FleetControl, type SimulatorControl } from './fleet-control.ts';
import { writeFleetFiles, writeJoinFiles } from './fleet-files.ts';
import { createFleetProcess, type FleetProcess, type ProcessPlan } from './fleet-process.ts';
import { type NatsSetup, setUpNats } from './nats-setup.ts';
import { mgmtPlan, natsPlan, programPlan, readyLine } from './program-plan.ts';
import { startReaper } from './reaper.ts';

export type { TrafficCount, TrafficReport } from '../control/controlled-fleet.ts';
export type { FleetControl } from './fleet-control.ts';
export type { FleetProcess } from './fleet-process.ts';
export { meshDocument } from './mesh-document.ts';
export type { NatsSetup } from './nats-setup.ts';

/** What is launched. */
export interface LaunchOptions {
  /** How many clusters; they are named cluster-1, cluster-2, … */
  readonly clusters: number;
  readonly mesh: string;
  /** New handshakes per second, over all clusters. */
  readonly ratePerSecond: number;
  readonly seed: number;
  /** Where mgmt's API listens; a free port when it is left out. */
  readonly apiPort?: number;
  /** Where mgmt and the agents find Secrets, as `NAMESPACE/NAME/KEY`; they find none when it is left out. */
  readonly secretsDir?: string;
  /** The broker that mgmt connects to, where it is another than that of the agents: somebody must stand between the two. */
  readonly mgmtNatsUrl?: string;
  /** Whom mgmt's API lets in; whoever is on this machine when it is left out. */
  readonly apiAccess?: ApiAccess;
  /** The file that mgmt is started from, where it is a bundle. */
  readonly mgmtProgram?: URL;
  /** The file that the agent of a cluster is started from, where it is a bundle of `agent-main.ts`. */
  readonly agentProgram?: (cluster: string) => URL;
  /** Of Node, for every agent; none when it is left out. */
  readonly agentNodeOptions?: readonly string[];
  /** More of mgmt's configuration. */
  readonly mgmtSettings?: Readonly<Record<string, unknown>>;
  /** More of what a simulated cluster is like; docs/simulator.md has the keys. */
  readonly clusterSettings?: (cluster: string) => Readonly<Record<string, unknown>>;
  /** More for the agent of a cluster. */
  readonly agentSettings?: (cluster: string) => Readonly<Record<string, unknown>>;
  /** Which clusters talk; all of them when it is left out. */
  readonly trafficBetween?: 'all' | 'trusting';
  /** How much every program of reroot logs; `info` when it is left out. */
  readonly logLevel?: LogLevel;
  /** Done before the first agent starts: what an agent reports of a mesh that is not there yet is refused, and counted. */
  readonly beforeAgents?: (api: ApiClient, clusters: readonly string[]) => Promise<unknown>;
  readonly signal: AbortSignal;
  /** Told what is being started. */
  readonly onProgress?: (line: string) => void;
}

/** An API that asks who comes. */
export interface ApiAccess {
  /** More of `api` of mgmt's configuration. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** By which the launcher comes, who adds clusters. */
  readonly token: string;
}

/** A whole installation on this machine: nats-server, mgmt, clusters and an agent for each, as processes. */
export interface Fleet {
  /** Where configuration, keys, store and logs are; goes away with the fleet. */
  readonly dir: string;
  readonly clusters: readonly string[];
  /** Each cluster by name, past its agent. */
  readonly ports: ReadonlyMap<string, Cluster>;
  readonly api: ApiClient;
  readonly control: FleetControl;
  readonly nats: FleetProcess;
  /** How the agents find NATS, and who lets them in. */
  readonly natsSetup: NatsSetup;
  readonly mgmt: FleetProcess;
  readonly agents: ReadonlyMap<string, FleetProcess>;
  /** Aborts, with RR_PROCESS_ENDED as the reason, when a process ends that nobody ended. */
  readonly broken: AbortSignal;
  /** Ends every process and removes the directory. Safe to call twice. */
  stop(): Promise<void>;
}

/** The same with simulated clusters, which are one process. */
export interface SimulatedFleet extends Fleet {
  readonly control: SimulatorControl;
  readonly simulator: FleetProcess;
}

/**
 * Launches a fleet on free ports of the loopback interface. Nothing of it outlives this process, however that ends.
 * @throws RR_PROCESS_ENDED or RR_PROCESS_NOT_READY when a part does not come up, RR_NATS_SERVER_MISSING without
 *   nats-server; the signal's reason. What had been started is stopped then
 */
export async function launchFleet(options: LaunchOptions): Promise<SimulatedFleet> {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-fleet-'));
  const reaper = startReaper(dir);
  const broken = new AbortController();
  const processes: FleetProcess[] = [];
  const create = (plan: ProcessPlan): FleetProcess => {
    const process = createFleetProcess(plan, reaper, (error: RerootError) => {
      broken.abort(error);
    });
    processes.push(process);
    return process;
  };
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= stopAll(processes, dir).finally(() => {
      reaper.release();
    });
    return stopped;
  };
  try {
    return { ...(await startAll(dir, options, create)), broken: broken.signal, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

type Parts = Omit<SimulatedFleet, 'broken' | 'stop'>;

async function startAll(dir: string, options: LaunchOptions, create: (plan: ProcessPlan) => FleetProcess): Promise<Parts> {
  const { signal, onProgress = () => undefined } = options;
  const clusters = Array.from({ length: options.clusters }, (_, index) => `cluster-${index + 1}`);
  const [natsPort, apiPort, fleetPort] = [await freePort(), options.apiPort ?? (await freePort()), await freePort()];
  const { secretsDir, mgmtNatsUrl, apiAccess } = options;
  onProgress('setting NATS up: TLS, an account, credentials');
  const setup = await setUpNats(dir, natsPort, signal);
  const mgmtSettings = { ...options.mgmtSettings, ...(secretsDir === undefined ? {} : { secrets: { dir: secretsDir } }) };
  const natsOfMgmt = mgmtNatsUrl === undefined ? setup.mgmt : natsElsewhere(setup, mgmtNatsUrl);
  const apiSettings = apiAccess?.settings;
  const files = await writeFleetFiles({
    ...{ ...options, apiSettings, mgmtSettings, dir, clusters, nats: natsOfMgmt, apiPort, fleetPort },
  });
  const fleetUrl = `http://127.0.0.1:${fleetPort}`;

  const nats = create(natsPlan(dir, setup.serverDir));
  const mgmt = create(mgmtPlan(dir, files.mgmt, options.mgmtProgram));
  const fleetProgram = new URL('../fleet-main.ts', import.meta.url);
  const simulator = create(programPlan(dir, 'clusters', fleetProgram, ['--config', files.fleet], readyLine));
  const { agentProgram = () => new URL('../agent-main.ts', import.meta.url) } = options;
  const agents = new Map(
    [...files.agents].map(([cluster, file]) => {
      const place = ['--fleet-url', fleetUrl, '--cluster', cluster];
      const args = ['--config', file, ...place, '--secrets-dir', options.secretsDir ?? join(dir, 'secrets')];
      return [
        cluster,
        create(programPlan(dir, `agent-${cluster}`, agentProgram(cluster), args, undefined, options.agentNodeOptions)),
      ];
    }),
  );
  onProgress(`starting nats-server, mgmt, ${clusters.length} simulated clusters and an agent for each`);
  await nats.start(signal);
  await Promise.all([mgmt.start(signal), simulator.start(signal)]);
  const token = apiAccess === undefined ? {} : { token: apiAccess.token };
  const api = createApiClient({ server: `http://127.0.0.1:${apiPort}`, ...token });
  onProgress('inviting each cluster: its agent makes its keys and enrols once');
  await writeJoinFiles({ dir, mesh: options.mesh, clusters }, api, signal);
  await options.beforeAgents?.(api, clusters);
  await Promise.all([...agents.values()].map((agent) => agent.start(signal)));
  onProgress(`mgmt answers on http://127.0.0.1:${apiPort}; configuration and logs are in ${dir}`);
  return {
    dir,
    clusters,
    ports: new Map(clusters.map((cluster) => [cluster, createRemoteCluster(fleetUrl, cluster)])),
    api,
    control: createFleetControl(fleetUrl),
    nats,
    natsSetup: setup,
    mgmt,
    simulator,
    agents,
  };
}

/** For a mgmt that is at another broker than the agents, who still need users of theirs. */
function natsElsewhere(
  { account, signingKeyFile, url, caFile }: NatsSetup,
  mgmtNatsUrl: string,
): Readonly<Record<string, unknown>> {
  return { servers: [mgmtNatsUrl], users: { account, signingKeyFile }, agents: { servers: [url], caFile } };
}

/** Those that depend on others first, so that nobody logs a loss on the way down. */
async function stopAll(processes: readonly FleetProcess[], dir: string): Promise<void> {
  await Promise.all(processes.filter(({ name }) => name !== 'nats-server').map((process) => process.stop()));
  await Promise.all(processes.map((process) => process.stop()));
  await rm(dir, { recursive: true, force: true, maxRetries: 10 });
}
