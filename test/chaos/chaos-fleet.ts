import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Cluster } from '@reroot/agent';
import { type ApiClient, createApiClient } from '@reroot/shared/api';
import { freePort } from '@reroot/shared/testing';
import { meshDocument } from '@reroot/simulator/fleet-launcher';
import {
  createFleetControl,
  createRemoteCluster,
  mgmtPlan,
  type ProcessPlan,
  programPlan,
  type SimulatorControl,
  startReaper,
  writeProgramFiles,
} from '@reroot/simulator/processes';
import { repository } from '../architecture/sources.ts';
import { placeProgram, type ReplaceableProgram } from '../fleet/replaceable-program.ts';
import { type Broker, setUpBroker } from './broker.ts';
import { type Client, type ClusterName, clients, clusterNames } from './fault.ts';
import { buildFailFsync, fillDisk, findFaketime, type MachineMeans, mountSmallDisk } from './machine-means.ts';
import { createPart, type Part } from './part.ts';

export const meshName = 'chaos';

/** A part that has ended although nobody ended it. */
export interface SuddenEnd {
  readonly part: string;
  readonly problem: string;
}

/** A whole installation that faults are made in: three clusters, their agents, mgmt and three servers of the broker. */
export interface ChaosFleet {
  readonly dir: string;
  readonly means: MachineMeans;
  readonly api: ApiClient;
  readonly control: SimulatorControl;
  /** Each cluster, past its agent. */
  readonly ports: ReadonlyMap<ClusterName, Cluster>;
  readonly broker: Broker;
  readonly brokerNodes: readonly Part[];
  readonly parts: ReadonlyMap<Client | 'clusters', Part>;
  /** Which have ended by themselves so far. */
  readonly suddenEnds: readonly SuddenEnd[];
  setClock(client: Client, aheadMs: number): Promise<void>;
  setFsync(how: 'fails' | 'works'): Promise<void>;
  setDisk(how: 'full' | 'free'): Promise<void>;
  /** What an agent is started from the next time. */
  setAgentRelease(cluster: ClusterName, release: 'present' | 'earlier'): Promise<void>;
  /** Copies the log of each process. */
  saveLogs(folder: string): Promise<void>;
  /** Ends every process and removes the folder. Safe to call twice. */
  stop(): Promise<void>;
}

/** Preflight wants some of it to be free; and it must be filled in a moment. */
const diskBytes = 192 * 2 ** 20;
const agentTimings = {
  ...{ reportIntervalMs: 1_000, settleMs: 50, renudgeAfterMs: 2_000, refusedAfterMs: 3_000, requestTimeoutMs: 2_000 },
};
const mgmtTimings = { tickMs: 200, resyncMs: 1_000, silentAfterMs: 6_000 };

/**
 * Launches a fleet, and makes its mesh; it holds its first root when this resolves.
 * @param earlierAgent the agent of an earlier release, where it is to be had
 */
export async function launchChaosFleet(
  { seed, earlierAgent }: { readonly seed: number; readonly earlierAgent: string | undefined },
  signal: AbortSignal,
): Promise<ChaosFleet> {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-chaos-'));
  const data = join(dir, 'data');
  const reaper = startReaper(dir);
  const ended = new AbortController();
  const running = AbortSignal.any([signal, ended.signal]);
  const suddenEnds: SuddenEnd[] = [];
  const create = (plan: ProcessPlan): Part =>
    createPart(plan, { reaper, signal: running, onEnded: (part, problem) => void suddenEnds.push({ part, problem }) });
  const parts = new Map<Client | 'clusters', Part>();
  let brokerParts: readonly Part[] = [];
  let broker: Broker | undefined;
  let smallDisk: MachineMeans['smallDisk'] = 'none';
  let stopped: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    ended.abort();
    await Promise.all([...parts.values(), ...brokerParts].map((part) => part.bringDown('kill')));
    await broker?.stop();
    if (smallDisk === 'mounted') await promisify(execFile)('umount', ['--lazy', data]);
    await rm(dir, { recursive: true, force: true, maxRetries: 10 });
    reaper.release();
  };
  const stop = (): Promise<void> => (stopped ??= stopAll());
  try {
    const [apiPort, fleetPort] = [await freePort(), await freePort()];
    broker = await setUpBroker(dir, seed);
    await writePrograms({ dir, seed, apiPort, fleetPort, broker });
    smallDisk = await mountSmallDisk(data, diskBytes);
    const means = { faketime: findFaketime(), failFsync: await buildFailFsync(dir), smallDisk, earlierAgent };
    const places = await placeAgents(dir);
    const clocks = await startClocks(dir);
    const envOf = (client: Client) => envFor(client, means, clocks, dir);
    const fleetUrl = `http://127.0.0.1:${fleetPort}`;
    brokerParts = broker.plans.map(create);
    parts.set('mgmt', create({ ...mgmtPlan(dir, join(dir, 'mgmt.json')), env: envOf('mgmt') }));
    const fleetMain = pathToFileURL(join(repository, 'packages/simulator/src/fleet-main.ts'));
    parts.set(
      'clusters',
      create(programPlan(dir, 'clusters', fleetMain, ['--config', join(dir, 'fleet.json')], '"msg":"ready"')),
    );
    for (const cluster of clusterNames) {
      const args = ['--config', join(dir, `${cluster}.json`), '--fleet-url', fleetUrl, '--cluster', cluster];
      const plan = programPlan(dir, `agent-${cluster}`, places.get(cluster)!.url, [...args, '--secrets-dir', dir], undefined);
      parts.set(cluster, create({ ...plan, env: envOf(cluster) }));
    }
    await Promise.all(brokerParts.map((part) => part.start()));
    await Promise.all([parts.get('mgmt')!.start(), parts.get('clusters')!.start()]);
    const api = createApiClient({ server: `http://127.0.0.1:${apiPort}` });
    await writeJoinFiles(dir, api, broker, running);
    await Promise.all(clusterNames.map((cluster) => parts.get(cluster)!.start()));
    const plan = { name: meshName, clusters: clusterNames, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' } as const;
    await api.applyMesh(meshName, meshDocument(plan), running);
    const failFile = failFsyncFile(dir);
    let filler: string | undefined;
    return {
      ...{ dir, means, api, broker, brokerNodes: brokerParts, parts, suddenEnds, stop },
      control: createFleetControl(fleetUrl),
      ports: new Map(clusterNames.map((cluster) => [cluster, createRemoteCluster(fleetUrl, cluster)])),
      setClock: (client, aheadMs) => writeClock(clocks.get(client)!, aheadMs),
      setFsync: (how) => (how === 'fails' ? writeFile(failFile, '') : rm(failFile, { force: true })),
      setDisk: async (how) => {
        if (how === 'full') filler = await fillDisk(data);
        else if (filler !== undefined) await rm(filler, { force: true });
      },
      setAgentRelease: async (cluster, release) => {
        const program = release === 'earlier' ? earlierAgent : presentAgent;
        if (program !== undefined) await places.get(cluster)!.replaceBy(program);
      },
      saveLogs: (folder) => saveLogs(dir, folder),
    };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

const presentAgent = join(repository, 'packages/simulator/src/agent-main.ts');

async function placeAgents(dir: string): Promise<ReadonlyMap<ClusterName, ReplaceableProgram>> {
  const places = new Map<ClusterName, ReplaceableProgram>();
  for (const cluster of clusterNames) places.set(cluster, await placeProgram(join(dir, `${cluster}-agent.mjs`), presentAgent));
  return places;
}

async function writePrograms(written: {
  readonly dir: string;
  readonly seed: number;
  readonly apiPort: number;
  readonly fleetPort: number;
  readonly broker: Broker;
}): Promise<void> {
  const { dir, seed, apiPort, fleetPort, broker } = written;
  await writeProgramFiles({
    ...{ dir, mesh: meshName, clusters: clusterNames, nats: broker.mgmt, apiPort },
    mgmtSettings: { timings: mgmtTimings },
    agentSettings: () => ({ timings: agentTimings }),
  });
  const shape = { replicas: 2, workloads: 4, namespaces: ['default', 'payments'], volumeDelayMs: [50, 500] };
  const fleet = {
    clusters: clusterNames.map((name) => ({ name, ...shape })),
    ...{ traffic: { ratePerSecond: 40 }, seed, port: fleetPort },
  };
  await writeFile(join(dir, 'fleet.json'), JSON.stringify(fleet));
}

/** Each agent reaches the broker by relays of its own, which its join file names. */
async function writeJoinFiles(dir: string, api: ApiClient, broker: Broker, signal: AbortSignal): Promise<void> {
  for (const cluster of clusterNames) {
    const joinFile = await api.addCluster({ name: cluster, mesh: meshName, by: 'chaos' }, signal);
    const nats = { ...joinFile.nats, servers: broker.serversOf(cluster) };
    await writeFile(join(dir, `${cluster}.join.json`), JSON.stringify({ ...joinFile, nats }), { mode: 0o600 });
  }
}

async function startClocks(dir: string): Promise<ReadonlyMap<Client, string>> {
  await mkdir(join(dir, 'clocks'));
  const clocks = new Map(clients.map((client) => [client, join(dir, 'clocks', client)]));
  for (const file of clocks.values()) await writeClock(file, 0);
  return clocks;
}

/** Replaced as a whole: a file that is read half written would be another jump. */
async function writeClock(file: string, aheadMs: number): Promise<void> {
  await writeFile(`${file}.next`, `${aheadMs < 0 ? '-' : '+'}${(Math.abs(aheadMs) / 1_000).toFixed(3)}\n`);
  await rename(`${file}.next`, file);
}

function failFsyncFile(dir: string): string {
  return join(dir, 'fsync-fails');
}

function envFor(
  client: Client,
  { faketime, failFsync }: MachineMeans,
  clocks: ReadonlyMap<Client, string>,
  dir: string,
): Record<string, string> {
  const preloaded = [faketime, ...(client === 'mgmt' ? [failFsync] : [])].filter((each) => each !== undefined);
  const present = Object.fromEntries(
    Object.entries(process.env).filter((each): each is [string, string] => each[1] !== undefined),
  );
  return {
    ...present,
    ...(preloaded.length === 0 ? {} : { LD_PRELOAD: preloaded.join(':') }),
    FAKETIME_TIMESTAMP_FILE: clocks.get(client) ?? '',
    FAKETIME_NO_CACHE: '1',
    // Only the wall clock jumps: the other one never does, on any machine.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    REROOT_FAIL_FSYNC: failFsyncFile(dir),
  };
}

async function saveLogs(dir: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(dir)) if (name.endsWith('.log')) await cp(join(dir, name), join(folder, name));
}
