import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiClient } from '@reroot/shared/api';
import type { LogLevel } from '@reroot/shared/log';
import { generateIdentity } from '@reroot/shared/protocol';

/** What mgmt and the agents of a fleet are told. */
export interface ProgramFilesOptions {
  readonly dir: string;
  readonly mesh: string;
  readonly clusters: readonly string[];
  /** `nats` of mgmt's configuration. */
  readonly nats: Readonly<Record<string, unknown>>;
  readonly apiPort: number;
  /** More of `api` of mgmt's configuration. */
  readonly apiSettings?: Readonly<Record<string, unknown>> | undefined;
  /** How much every program logs; `info` when it is left out. */
  readonly logLevel?: LogLevel | undefined;
  /** More for mgmt, or in the place of what it is told otherwise. */
  readonly mgmtSettings?: Readonly<Record<string, unknown>> | undefined;
  /** More for the agent of a cluster, or in the place of what it is told otherwise. */
  readonly agentSettings?: (cluster: string) => Readonly<Record<string, unknown>>;
}

/** The same, and what the simulated clusters are told. */
export interface FleetFilesOptions extends ProgramFilesOptions {
  readonly fleetPort: number;
  readonly ratePerSecond: number;
  readonly seed: number;
  /** More of what a simulated cluster is like. */
  readonly clusterSettings?: ((cluster: string) => Readonly<Record<string, unknown>>) | undefined;
  readonly trafficBetween?: 'all' | 'trusting' | undefined;
}

/** Where it was written. */
export interface ProgramFiles {
  readonly mgmt: string;
  /** Each names a join file that is not there yet: `writeJoinFiles` asks mgmt for them. */
  readonly agents: ReadonlyMap<string, string>;
}

/** The same, with the file of the simulated clusters. */
export interface FleetFiles extends ProgramFiles {
  readonly fleet: string;
}

/** Shortened so that a rotation can be watched: kubelets take up to 90 s where this takes seconds. */
const agentTimings = {
  reportIntervalMs: 2_000,
  settleMs: 100,
  renudgeAfterMs: 3_000,
  refusedAfterMs: 3_000,
  requestTimeoutMs: 2_000,
};
const mgmtTimings = { tickMs: 250, resyncMs: 2_000, silentAfterMs: 10_000 };
const volumeDelayMs = [200, 1_500];

/** Makes the keys and writes the configuration of every process of a simulated fleet. */
export async function writeFleetFiles(options: FleetFilesOptions): Promise<FleetFiles> {
  const fleet = join(options.dir, 'fleet.json');
  await writeJson(fleet, fleetConfig(options));
  return { ...(await writeProgramFiles(options)), fleet };
}

/** Makes the keys and writes the configuration of mgmt and the agents. JSON is YAML, so the programs read it as such. */
export async function writeProgramFiles(options: ProgramFilesOptions): Promise<ProgramFiles> {
  const { dir, clusters } = options;
  await mkdir(join(dir, 'data'), { mode: 0o700 });
  await writeSecret(join(dir, 'mgmt.key'), generateIdentity().privateKeyPem);
  await writeSecret(join(dir, 'passphrase'), randomBytes(32).toString('hex'));
  await writeJson(join(dir, 'mgmt.json'), mgmtConfig(options));
  const agents = new Map<string, string>();
  for (const cluster of clusters) {
    const file = join(dir, `${cluster}.json`);
    await writeJson(file, agentConfig(options, cluster));
    agents.set(cluster, file);
  }
  return { mgmt: join(dir, 'mgmt.json'), agents };
}

/** Has a running mgmt invite each cluster, and leaves the join file where its agent looks for it. */
export async function writeJoinFiles(
  { dir, mesh, clusters }: Pick<ProgramFilesOptions, 'dir' | 'mesh' | 'clusters'>,
  api: ApiClient,
  signal: AbortSignal,
): Promise<void> {
  for (const cluster of clusters) {
    const joinFile = await api.addCluster({ name: cluster, mesh, by: 'launcher' }, signal);
    await writeSecret(joinFileOf(dir, cluster), `${JSON.stringify(joinFile, null, 2)}\n`);
  }
}

function joinFileOf(dir: string, cluster: string): string {
  return join(dir, `${cluster}.join.json`);
}

function mgmtConfig({ dir, nats, apiPort, apiSettings, logLevel, mgmtSettings }: ProgramFilesOptions): unknown {
  return {
    dataDir: join(dir, 'data'),
    nats,
    api: { port: apiPort, ...apiSettings },
    identity: { privateKeyFile: join(dir, 'mgmt.key') },
    keyStore: { passphraseFile: join(dir, 'passphrase') },
    timings: mgmtTimings,
    log: logOf(logLevel),
    ...mgmtSettings,
  };
}

function fleetConfig(options: FleetFilesOptions): unknown {
  const { clusters, ratePerSecond, seed, fleetPort, logLevel, clusterSettings, trafficBetween = 'all' } = options;
  const shape = {
    replicas: 2,
    workloads: 4,
    namespaces: ['default', 'payments'],
    istio: { multiRoot: true, byteRule: 'superset-or-subset', xdsAgent: true },
    volumeDelayMs,
  };
  return {
    clusters: clusters.map((name) => ({ name, ...shape, ...clusterSettings?.(name) })),
    trustDomain: 'cluster.local',
    traffic: { ratePerSecond, between: trafficBetween },
    seed,
    port: fleetPort,
    log: logOf(logLevel),
  };
}

function logOf(level: LogLevel = 'info'): object {
  return { level };
}

function agentConfig({ dir, agentSettings, logLevel }: ProgramFilesOptions, cluster: string): unknown {
  return {
    join: { file: joinFileOf(dir, cluster), state: { dir: join(dir, `${cluster}.link`) } },
    timings: agentTimings,
    log: logOf(logLevel),
    ...agentSettings?.(cluster),
  };
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

async function writeSecret(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
}
