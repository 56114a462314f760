import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Cluster } from '@reroot/agent';
import { type ApiClient, createApiClient } from '@reroot/shared/api';
import { meshDocument } from '@reroot/simulator/fleet-launcher';
import {
  createFleetControl,
  createRemoteCluster,
  mgmtPlan,
  type ProcessPlan,
  programPlan,
  type SimulatorControl,
  startReaper,
} from '@reroot/simulator/processes';
import { repository } from '../architecture/sources.ts';
import { placeProgram, type ReplaceableProgram } from '../fleet/replaceable-program.ts';
import type { AgentNetwork } from './agent-networks.ts';
import { type Client, type ClusterName, clusterNames, type Installation, type MgmtName, mgmtsOf } from './fault.ts';
import { writeJoinFiles } from './fleet-files.ts';
import { meshName, meshPlan } from './mesh.ts';
import { createPart, type Part } from './part.ts';
import { type Surroundings, setUpSurroundings } from './surroundings.ts';

/** A part that has ended although nobody ended it. */
export interface SuddenEnd {
  readonly part: string;
  readonly problem: string;
}

/** One mgmt, asked past all others. */
export interface AskedMgmt {
  readonly name: MgmtName;
  readonly api: ApiClient;
}

/** A whole installation that faults are made in: three clusters, their agents, one mgmt or two and three servers of the broker. */
export interface ChaosFleet
  extends Pick<Surroundings, 'means' | 'broker' | 'ways' | 'networks' | 'gate' | 'setFsync' | 'setDisk'> {
  readonly dir: string;
  readonly installation: Installation;
  /** Whichever mgmt can answer. */
  readonly api: ApiClient;
  readonly mgmts: readonly AskedMgmt[];
  readonly control: SimulatorControl;
  /** Each cluster, past its agent. */
  readonly ports: ReadonlyMap<ClusterName, Cluster>;
  readonly brokerNodes: readonly Part[];
  readonly parts: ReadonlyMap<Client | 'clusters', Part>;
  /** Which have ended by themselves so far. */
  readonly suddenEnds: readonly SuddenEnd[];
  setClock(client: Client, aheadMs: number): Promise<void>;
  /**
   * What an operator does after the clock of an agent was set back across a restart to the release before: mgmt is started anew, and hears it.
   * @returns whether that was needed
   */
  getInStep(): Promise<'started-anew' | 'in-step'>;
  /** What an agent is started from the next time. */
  setAgentRelease(cluster: ClusterName, release: 'present' | 'earlier'): Promise<void>;
  /** Copies the log of each process. */
  saveLogs(folder: string): Promise<void>;
  /** Ends every process and removes the folder. Safe to call twice. */
  stop(): Promise<void>;
}

/** What is launched. */
export interface FleetOrder {
  readonly seed: number;
  readonly installation: Installation;
  /** The agent of an earlier release, where it is to be had. */
  readonly earlierAgent: string | undefined;
}

/** An operator's client: it does not wait for one that stands still as long as people do. */
const apiTimeoutMs = 8_000;

/** Launches a fleet, and makes its mesh; it holds its first root when this resolves. */
export async function launchChaosFleet(order: FleetOrder, signal: AbortSignal): Promise<ChaosFleet> {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-chaos-'));
  const reaper = startReaper(dir);
  const ended = new AbortController();
  const stops: (() => unknown)[] = [() => reaper.release(), () => rm(dir, { recursive: true, force: true, maxRetries: 10 })];
  const parts: Part[] = [];
  let stopped: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    ended.abort();
    await Promise.all(parts.map((part) => part.bringDown('kill')));
    for (const each of stops.toReversed()) await each();
  };
  const stop = (): Promise<void> => (stopped ??= stopAll());
  const running = AbortSignal.any([signal, ended.signal]);
  const suddenEnds: SuddenEnd[] = [];
  const create = (plan: ProcessPlan, onStart: () => void = () => undefined): Part => {
    const part = createPart(plan, {
      ...{ reaper, signal: running, onStart },
      onEnded: (name, problem) => void suddenEnds.push({ part: name, problem }),
    });
    parts.push(part);
    return part;
  };
  try {
    const fleet = await launch(dir, order, { create, onStop: (each) => void stops.push(each), signal: running });
    return { ...fleet, suddenEnds, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

interface Launching {
  create(plan: ProcessPlan, onStart?: () => void): Part;
  onStop(stop: () => unknown): void;
  readonly signal: AbortSignal;
}

async function launch(
  dir: string,
  order: FleetOrder,
  { create, onStop, signal }: Launching,
): Promise<Omit<ChaosFleet, 'suddenEnds' | 'stop'>> {
  const { installation, earlierAgent } = order;
  const surroundings = await setUpSurroundings(dir, order, onStop);
  const { broker, mgmtWays, clocks, fleetPort } = surroundings;
  const places = await placeAgents(dir);
  const brokerNodes = broker.plans.map((plan) => create(plan));
  const parts = createParts({ dir, installation, places, create }, surroundings);
  await Promise.all(brokerNodes.map((part) => part.start()));
  await Promise.all([...mgmtsOf[installation], 'clusters' as const].map((name) => parts.get(name)!.start()));
  mgmtWays.follow((name) => parts.get(name)?.state() === 'running');
  const clientOf = (port: number): ApiClient => createApiClient({ server: `http://127.0.0.1:${port}`, timeoutMs: apiTimeoutMs });
  const api = clientOf(mgmtWays.frontPort);
  await writeJoinFiles(dir, api, broker, signal);
  await Promise.all(clusterNames.map((cluster) => parts.get(cluster)!.start()));
  await api.applyMesh(meshName, meshDocument(meshPlan({})), signal);
  const fleetUrl = `http://127.0.0.1:${fleetPort}`;
  return {
    ...surroundings,
    ...{ dir, installation, api, brokerNodes, parts },
    mgmts: [...mgmtWays.mgmts].map(([name, { apiPort }]) => ({ name, api: clientOf(apiPort) })),
    control: createFleetControl(fleetUrl),
    ports: new Map(clusterNames.map((cluster) => [cluster, createRemoteCluster(fleetUrl, cluster)])),
    setClock: (client, aheadMs) => clocks.set(client, aheadMs),
    getInStep: async () => {
      if (!clocks.areOutOfStep()) return 'in-step';
      const mgmts = mgmtsOf[installation].map((client) => parts.get(client)!);
      await Promise.all(mgmts.map((part) => part.bringDown('stop')));
      await Promise.all(mgmts.map((part) => part.raise()));
      clocks.forget();
      return 'started-anew';
    },
    setAgentRelease: async (cluster, release) => {
      const program = release === 'earlier' ? earlierAgent : presentAgent;
      if (program !== undefined) await places.get(cluster)!.replaceBy(program);
    },
    saveLogs: (folder) => saveLogs(dir, folder),
  };
}

interface ToCreate {
  readonly dir: string;
  readonly installation: Installation;
  readonly places: ReadonlyMap<ClusterName, ReplaceableProgram>;
  readonly create: Launching['create'];
}

function createParts(
  { dir, installation, places, create }: ToCreate,
  { networks, clusterUrl, envOf, clocks }: Surroundings,
): ReadonlyMap<Client | 'clusters', Part> {
  const parts = new Map<Client | 'clusters', Part>();
  for (const mgmt of mgmtsOf[installation]) {
    const plan = { ...mgmtPlan(dir, join(dir, `${mgmt}.json`)), name: mgmt, logFile: join(dir, `${mgmt}.log`) };
    parts.set(mgmt, create({ ...plan, env: envOf(mgmt) }));
  }
  const fleetMain = pathToFileURL(join(repository, 'packages/simulator/src/fleet-main.ts'));
  parts.set('clusters', create(programPlan(dir, 'clusters', fleetMain, ['--config', join(dir, 'fleet.json')], '"msg":"ready"')));
  for (const cluster of clusterNames) {
    const where = ['--fleet-url', clusterUrl(cluster), '--cluster', cluster, '--secrets-dir', dir];
    const args = ['--config', join(dir, `${cluster}.json`), ...where];
    const plan = programPlan(dir, `agent-${cluster}`, places.get(cluster)!.url, args, undefined);
    const placed = { ...within(plan, networks?.get(cluster)), env: envOf(cluster) };
    parts.set(
      cluster,
      create(placed, () => clocks.noteStart(cluster)),
    );
  }
  return parts;
}

/** The same program in a network of its own. */
function within(plan: ProcessPlan, network: AgentNetwork | undefined): ProcessPlan {
  if (network === undefined) return plan;
  const [command = plan.command, ...before] = network.enter;
  return { ...plan, command, args: [...before, plan.command, ...plan.args] };
}

const presentAgent = join(repository, 'packages/simulator/src/agent-main.ts');

async function placeAgents(dir: string): Promise<ReadonlyMap<ClusterName, ReplaceableProgram>> {
  const places = new Map<ClusterName, ReplaceableProgram>();
  for (const cluster of clusterNames) places.set(cluster, await placeProgram(join(dir, `${cluster}-agent.mjs`), presentAgent));
  return places;
}

async function saveLogs(dir: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(dir)) if (name.endsWith('.log')) await cp(join(dir, name), join(folder, name));
}
