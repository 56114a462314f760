import { type Clock, systemClock } from '@reroot/shared/clock';
import { type Log, silentLog } from '@reroot/shared/log';
import { sha256Hex } from '@reroot/shared/pki';
import { type DesiredTrust, generateIdentity, type Report } from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import { type Bus, connectBus } from '@reroot/shared/transport';
import { runAgent } from '../agent.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { createMemoryCluster, type MemoryCluster } from '../cluster/memory-cluster.ts';
import { type AgentConfig, type AgentTimings, agentConfigSchema } from '../config.ts';
import { createConfiguredMembership } from '../link/configured-membership.ts';
import type { VaultCredentials } from '../vault/vault-credentials.ts';
import type { Ca } from './ca.ts';
import { createMgmtSide, type MgmtSide } from './mgmt-side.ts';

const mesh = 'demo';
export const rigCluster = 'cluster-1';
export const patienceMs = 10_000;
export const quick: AgentTimings = {
  reportIntervalMs: 500,
  probeTimeoutMs: 1_000,
  settleMs: 20,
  renudgeAfterMs: 300,
  refusedAfterMs: 300,
  requestTimeoutMs: 1_000,
};

/** An agent over a cluster in memory, and the mgmt that it talks to. */
export interface AgentRig {
  readonly cluster: MemoryCluster;
  readonly mgmt: MgmtSide;
  /** A client of the same bus. */
  connect(client: string): Promise<Bus>;
  /** Resolves when what mgmt has said is on its way. */
  flush(): Promise<void>;
  /** Starts an agent; another one may have been stopped before. */
  start(over?: Cluster, timings?: Partial<AgentTimings>, adoption?: AgentConfig['adoption']): Promise<void>;
  /** Stops the agent that runs. */
  stopAgent(): Promise<void>;
  /** Waits for a report; gives the newest one that holds. */
  reported(what: string, holds: (report: Report) => boolean): Promise<Report>;
  applied(term: number, generation: number): Promise<Report>;
  /** Waits until every replica and every workload has arrived at the row. */
  arrived(term: number, generation: number, row: DesiredTrust): Promise<Report>;
  dispose(): Promise<void>;
}

/** What a rig is made of. */
export interface RigOptions {
  readonly natsUrl: string;
  readonly cas: readonly Ca[];
  /** Of agent and cluster. */
  readonly clock?: Clock;
  /** Of an agent that can log in to Vault. */
  readonly vaultCredentials?: VaultCredentials;
  /** Of the agent. */
  readonly log?: Log;
}

/** The row of the table, as mgmt says it. */
export function trustOf(roots: readonly Ca[], signer: Ca, changes: Partial<DesiredTrust> = {}): DesiredTrust {
  return {
    rotationId: 'r-1',
    step: 'ADDING_NEW_ROOT',
    roots: roots.map(({ certificate }) => certificate.der),
    signerRoot: signer.certificate.fingerprint,
    intermediate: { keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, organization: 'test', ttlDays: 365, graceRatio: 0 },
    nudge: 'laggards',
    replicaRestart: 'never',
    workloadRestart: 'never',
    trustDomain: 'cluster.local',
    passage: 'gradual',
    intermediateSource: { kind: 'mgmt' },
    ...changes,
  };
}

/** Connects mgmt; no agent runs yet. */
export async function createAgentRig({ natsUrl, cas, clock = systemClock, ...agent }: RigOptions): Promise<AgentRig> {
  const keys = generateIdentity();
  const buses: Bus[] = [];
  const connect = async (client: string): Promise<Bus> => {
    const bus = await connectBus({ servers: [natsUrl], name: client, log: silentLog });
    buses.push(bus);
    return bus;
  };
  const size = { replicas: 2, namespaces: ['default'], workloads: 2 };
  const cluster = createMemoryCluster({ name: rigCluster, ...size, now: () => clock.now() });
  const mgmtBus = await connect('mgmt');
  const mgmt = createMgmtSide({ bus: mgmtBus, mesh, cluster: rigCluster, agentPublicKey: keys.publicKeyPem, cas });
  await mgmtBus.flush();
  let stop = new AbortController();
  let running: Promise<void> | undefined;

  const stopAgent = async (): Promise<void> => {
    stop.abort();
    await running;
  };
  const reported: AgentRig['reported'] = (what, holds) =>
    waitFor(() => mgmt.reports.findLast(holds), { timeoutMs: patienceMs, what });
  return {
    cluster,
    mgmt,
    connect,
    flush: () => mgmtBus.flush(),
    start: async (over = cluster, timings = {}, adoption = 'never') => {
      stop = new AbortController();
      const config = agentConfigSchema.parse({
        mesh,
        cluster: rigCluster,
        nats: { servers: [natsUrl] },
        identity: { privateKeyFile: 'unused.key' },
        mgmt: { publicKeys: [mgmt.publicKeyPem] },
        timings: { ...quick, ...timings },
        adoption,
      });
      const bus = await connect('agent');
      const mgmtPublicKeys = [mgmt.publicKeyPem];
      const membership = createConfiguredMembership({ mesh, cluster: rigCluster, identity: keys.identity, mgmtPublicKeys });
      const parts = { config, bus, membership, clock, random: () => 0, log: silentLog };
      running = runAgent({ ...parts, ...agent, cluster: over, signal: stop.signal });
      await bus.flush();
    },
    stopAgent,
    reported,
    applied: (term, generation) =>
      reported(`term ${term} generation ${generation}`, (report) => isApplied(report, term, generation)),
    arrived: (term, generation, row) =>
      reported(
        `the whole cluster in generation ${generation}`,
        (report) => isApplied(report, term, generation) && hasArrived(report, row),
      ),
    dispose: async () => {
      await stopAgent();
      mgmt.stop();
      for (const bus of buses) await bus.close();
    },
  };
}

function isApplied(report: Report, term: number, generation: number): boolean {
  return report.appliedTerm === term && report.appliedGeneration === generation;
}

function hasArrived({ written, replicas, workloads }: Report, { roots }: DesiredTrust): boolean {
  const wanted = nameSet(roots.map((der) => sha256Hex(der)));
  const loaded = replicas.every(
    ({ result }) => result.kind === 'holding' && result.holding.bundleSha256 === written?.bundleSha256,
  );
  return loaded && workloads?.length !== 0 && (workloads ?? []).every(({ holding }) => nameSet(holding.roots) === wanted);
}

function nameSet(fingerprints: readonly string[]): string {
  return fingerprints.toSorted().join();
}
