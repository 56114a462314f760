import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ApiClient, createApiClient, type MeshStatus } from '@reroot/shared/api';
import { systemClock } from '@reroot/shared/clock';
import { freePort } from '@reroot/shared/testing';
import { meshDocument } from '@reroot/simulator/fleet-launcher';
import {
  createFleetProcess,
  type FleetProcess,
  mgmtPlan,
  natsPlan,
  type ProcessPlan,
  setUpNats,
  startReaper,
  writeProgramFiles,
} from '@reroot/simulator/processes';
import { type BusTraffic, readTopics, readTraffic, type TopicTraffic } from './bus-traffic.ts';
import { measureLiveBytes, type ProbedSecond, probed, profileArgs, readProbe } from './probed-mgmt.ts';
import { cpuSecondsOf } from './process-cost.ts';

/** What one process of the crowd is told. */
export interface CrowdOrder {
  /** Where join files lie and links are kept. */
  readonly dir: string;
  readonly clusters: readonly string[];
  readonly timings: Readonly<Record<string, number>>;
  readonly still?: StillCrowd | undefined;
}

/** Once its cluster has settled an agent looks at it no longer, and says what it said last again and again. */
export interface StillCrowd {
  readonly reportIntervalMs: number;
}

/** What is launched. */
export interface CrowdOptions {
  readonly clusters: number;
  /** `timings` of every agent. */
  readonly agentTimings?: Readonly<Record<string, number>>;
  /** Agents look at their clusters as long as they run where it is left out. */
  readonly still?: StillCrowd | undefined;
  /** `timings` of mgmt; the usual ones where it is left out. */
  readonly mgmtTimings?: Readonly<Record<string, number>>;
  /** A folder for profiles of mgmt; none are made without it. */
  readonly profileDir?: string | undefined;
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A mesh of light clusters with their real agents, mgmt in a process of its own, and a real nats-server with TLS and accounts. */
export interface Crowd {
  readonly api: ApiClient;
  readonly mesh: string;
  readonly mgmt: FleetProcess;
  /** How long it took until every agent had joined, and until every cluster was proven to hold the first root. */
  readonly joinedMs: number;
  readonly settledMs: number;
  /** Processor time of all agents and their clusters so far, of the broker, and of mgmt. */
  cpuSeconds(): CrowdCpu;
  /** What went through the broker so far. */
  traffic(): Promise<BusTraffic>;
  /** The same by topic; it costs the broker some work with thousands of agents. */
  topics(): Promise<TopicTraffic>;
  /** What mgmt says of itself in the text format of Prometheus. */
  metrics(): Promise<string>;
  brokerPid(): number;
  mgmtPid(): number;
  /** Of the processes that agents share. */
  readonly agentPids: readonly number[];
  /** Lets mgmt collect its garbage. @returns bytes that are in use then, on its heap and beside it */
  measureLiveBytes(): Promise<number>;
  /** What mgmt's event loop was like in each second since a moment. */
  secondsSince(atMs: number): readonly ProbedSecond[];
  /** Begins a profile of mgmt, or ends it, where there is a folder for it. */
  toggleProfile(): Promise<void>;
  /** Looks at the mesh until it is as wanted. */
  until(what: string, isThere: (status: MeshStatus) => boolean, timeoutMs: number): Promise<MeshStatus>;
  stop(): Promise<void>;
}

/** In seconds. */
export interface CrowdCpu {
  readonly mgmt: number;
  readonly broker: number;
  readonly crowd: number;
}

const mesh = 'bench';
export const agentsPerProcess = 500;
/** What is looked for stands in the history with its moment; to describe thousands of clusters costs mgmt time. */
const [leastLookMs, lookMsPerCluster] = [250, 1];
const [joinTimeoutMs, settleTimeoutMs] = [900_000, 600_000];
/** How many clusters are added at a time. */
const addedTogether = 16;

/** Whatever else the machine has to do: an agent that gave up would only ask again. */
const patientTimings = { probeTimeoutMs: 60_000, requestTimeoutMs: 60_000 };

/** What the machine is spared: mgmt lets in what it can, not so many a second. */
const limits = { enrolmentsPerSecondTogether: 100_000 };

/**
 * Launches mgmt, the broker and the crowd, lets every agent join through the API, and waits until all clusters hold the first
 * root. Nothing of it outlives this process, however that ends.
 */
export async function launchCrowd(options: CrowdOptions): Promise<Crowd> {
  if (options.profileDir !== undefined) await mkdir(options.profileDir, { recursive: true });
  const dir = await mkdtemp(join(tmpdir(), 'reroot-crowd-'));
  const reaper = startReaper(dir);
  const broken = new AbortController();
  const processes: FleetProcess[] = [];
  const children: ChildProcess[] = [];
  const create = (plan: ProcessPlan): FleetProcess => {
    const made = createFleetProcess(plan, reaper, (error) => broken.abort(error));
    processes.push(made);
    return made;
  };
  const stop = async (): Promise<void> => {
    for (const child of children) if (child.connected) child.disconnect();
    await Promise.all(children.map(gone));
    for (const process of processes.toReversed()) await process.stop();
    await rm(dir, { recursive: true, force: true, maxRetries: 10 });
    reaper.release();
  };
  const startChild = (): ChildProcess => {
    const child = fork(fileURLToPath(new URL('crowd-main.ts', import.meta.url)), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: profileArgs(options.profileDir),
    });
    children.push(child);
    const { pid } = child;
    if (pid === undefined) return child;
    reaper.add(pid);
    child.once('exit', () => {
      reaper.remove(pid);
      broken.abort(new Error('a process of the crowd has ended'));
    });
    return child;
  };
  try {
    const signal = AbortSignal.any([options.signal, broken.signal]);
    return { ...(await startAll(dir, { ...options, signal }, { create, startChild })), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

interface Launching {
  readonly create: (plan: ProcessPlan) => FleetProcess;
  readonly startChild: () => ChildProcess;
}

async function startAll(dir: string, options: CrowdOptions, { create, startChild }: Launching): Promise<Omit<Crowd, 'stop'>> {
  const { signal, onProgress } = options;
  const clusters = Array.from({ length: options.clusters }, (_, index) => `cluster-${index + 1}`);
  const [natsPort, apiPort, monitorPort] = [await freePort(), await freePort(), await freePort()];
  const setup = await setUpNats(dir, natsPort, signal);
  await appendFile(join(setup.serverDir, 'nats-server.conf'), `http: "127.0.0.1:${monitorPort}"\n`);
  const files = await writeProgramFiles({
    ...{ dir, mesh, clusters: [], nats: setup.mgmt, apiPort },
    // A quiet machine adds clusters faster than one client may ask.
    apiSettings: { rateLimit: { perSecond: 100_000, burst: 100_000 } },
    // The usual ones, not those of the demo.
    mgmtSettings: { timings: options.mgmtTimings ?? {}, limits },
  });
  const nats = create(natsPlan(dir, setup.serverDir));
  const mgmt = create(probed(mgmtPlan(dir, files.mgmt), dir, options.profileDir));
  await nats.start(signal);
  await mgmt.start(signal);
  const api = createApiClient({ server: `http://127.0.0.1:${apiPort}`, clock: systemClock, timeoutMs: 120_000 });
  const startedMs = performance.now();
  onProgress(`adding ${clusters.length} clusters`);
  await addClusters(dir, api, clusters, signal);
  onProgress(`${clusters.length} agents join`);
  const orders = inParts(clusters).map((part) => ({
    dir,
    clusters: part,
    still: options.still,
    timings: { ...patientTimings, ...options.agentTimings },
  }));
  const children = await Promise.all(orders.map((order) => joinAll(startChild(), order, signal)));
  const joinedMs = performance.now() - startedMs;
  onProgress(`all have joined after ${seconds(joinedMs)}; the mesh is made`);
  const until: Crowd['until'] = async (what, isThere, timeoutMs) => {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const status = await api.readMesh(mesh, signal);
      if (isThere(status)) return status;
      if (performance.now() > deadline) throw new Error(`not ${what} in time: ${status.state}, ${status.verdict.message}`);
      await systemClock.sleep(Math.max(leastLookMs, clusters.length * lookMsPerCluster), signal);
    }
  };
  const madeMs = performance.now();
  await api.applyMesh(mesh, meshDocument({ name: mesh, clusters, rootAlgorithm: 'KEY_ALGORITHM_RSA' }), signal);
  await until('settled', ({ verdict }) => verdict.passed, settleTimeoutMs);
  const settledMs = performance.now() - madeMs;
  onProgress(`every cluster holds the first root after ${seconds(settledMs)}`);
  const [mgmtPid, brokerPid] = [() => mgmt.pid() ?? 0, () => nats.pid() ?? 0];
  const agentPids = children.map(({ pid = 0 }) => pid);
  return {
    ...{ api, mesh, mgmt, joinedMs, settledMs, until, mgmtPid, brokerPid, agentPids },
    cpuSeconds: () => ({
      mgmt: cpuSecondsOf(mgmtPid()),
      broker: cpuSecondsOf(brokerPid()),
      crowd: agentPids.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0),
    }),
    traffic: () => readTraffic(monitorPort, signal),
    topics: () => readTopics(monitorPort, signal),
    metrics: async () => (await fetch(`http://127.0.0.1:${apiPort}/metrics`, { signal })).text(),
    secondsSince: (atMs) => readProbe(dir).filter((second) => second.atMs > atMs),
    measureLiveBytes: () => measureLiveBytes(dir, mgmtPid(), signal),
    toggleProfile: async () => {
      if (options.profileDir === undefined) return;
      process.kill(mgmtPid(), 'SIGUSR2');
      await systemClock.sleep(500, signal);
    },
  };
}

async function addClusters(dir: string, api: ApiClient, clusters: readonly string[], signal: AbortSignal): Promise<void> {
  const left = clusters.values();
  const add = async (): Promise<void> => {
    for (const name of left) {
      const joinFile = await api.addCluster({ name, mesh, by: 'bench' }, signal);
      await writeFile(join(dir, `${name}.join.json`), JSON.stringify(joinFile), { mode: 0o600 });
    }
  };
  await Promise.all(Array.from({ length: addedTogether }, add));
}

/** Even parts of so many at the most: more agents in one process would wait for one another rather than for mgmt. */
function inParts(clusters: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(clusters.length / agentsPerProcess);
  const size = Math.ceil(clusters.length / count);
  return Array.from({ length: count }, (_, index) => clusters.slice(index * size, (index + 1) * size));
}

async function joinAll(child: ChildProcess, order: CrowdOrder, signal: AbortSignal): Promise<ChildProcess> {
  const answered = once(child, 'message', { signal: AbortSignal.any([signal, AbortSignal.timeout(joinTimeoutMs)]) });
  child.send(order);
  const [said] = (await answered) as [string];
  if (said !== 'joined') throw new Error(`an agent could not join: ${said}`);
  return child;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
