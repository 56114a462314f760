import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import type { RerootError } from '@reroot/shared/errors';
import type { JoinFile } from '@reroot/shared/join-file';
import { createLogger } from '@reroot/shared/log';
import type { NatsAccountSigner } from '@reroot/shared/nats-auth';
import { publicKeyPemOf } from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import type { Bus } from '@reroot/shared/transport';
import type { Cluster } from '../cluster/cluster.ts';
import { createMemoryCluster } from '../cluster/memory-cluster.ts';
import { agentConfigSchema } from '../config.ts';
import type { LinkStore } from '../link/link-store.ts';
import { createMemoryLinkStore, type MemoryLinkStore } from '../link/testing/memory-link-store.ts';
import { superviseAgent } from '../supervise-agent.ts';
import { patienceMs, quick } from './agent-rig.ts';
import { createEnrolmentSide, type EnrolmentSide } from './enrolment-side.ts';
import { createMgmtSide, type HeardState, type MgmtSide } from './mgmt-side.ts';

/** An agent that joins, over a cluster in memory, and the mgmt that takes it in. */
export interface JoinedRig {
  readonly mgmt: MgmtSide;
  readonly enrolment: EnrolmentSide;
  readonly store: MemoryLinkStore;
  /** Where the agent looks for it. */
  readonly joinFile: string;
  /** Lines of the agent's log. */
  readonly lines: readonly string[];
  /** Resolves when the agent's log has a line with this in it. */
  logged(text: string): Promise<void>;
  /** Names under which the port to the cluster was opened. */
  readonly opened: readonly string[];
  /** The public key of an id, in PEM, of those that have asked. */
  keyOf(keyId: string): string;
  /** Puts the join file where the agent looks for it. */
  invite(content?: JoinFile): Promise<void>;
  /** Starts an agent, after the one before has ended. */
  start(over?: LinkStore): void;
  /** Aborts the agent and waits for its end. */
  stop(): Promise<void>;
  /** What the agent ended with; undefined when it was told to end. */
  ended(): Promise<RerootError | undefined>;
  /** Waits for a state of the link; gives the newest one that holds. */
  heard(what: string, holds: (state: HeardState) => boolean): Promise<HeardState>;
  dispose(): Promise<void>;
}

/** What a rig is made of. */
export interface JoinedRigOptions {
  readonly natsUrl: string;
  /** Of mgmt. */
  readonly bus: Bus;
  readonly mesh: string;
  readonly cluster: string;
  readonly signer?: NatsAccountSigner;
  /** In the place of a cluster in memory. */
  readonly port?: Cluster;
  /** How long that, and mgmt, may take. */
  readonly requestTimeoutMs?: number;
}

/** mgmt listens; no agent runs yet, and no join file is there. */
export async function createJoinedRig(options: JoinedRigOptions): Promise<JoinedRig> {
  const { bus, cluster } = options;
  const dir = await mkdtemp(join(tmpdir(), 'reroot-join-'));
  const joinFile = join(dir, 'join.yaml');
  const mgmt = createMgmtSide({ ...options, agentPublicKey: undefined, cas: [] });
  const enrolment = createEnrolmentSide({ ...options, mgmt });
  const store = createMemoryLinkStore();
  const lines: string[] = [];
  const opened: string[] = [];
  const log = createLogger({ level: 'debug', name: 'agent', stream: { write: (line) => void lines.push(line) } });
  const size = { replicas: 1, namespaces: [], workloads: 0 };
  const port = options.port ?? createMemoryCluster({ name: cluster, ...size, now: () => systemClock.now() });
  const config = agentConfigSchema.parse({
    join: { file: joinFile, state: { secret: { namespace: 'reroot', name: 'reroot-agent-link' } } },
    timings: { ...quick, requestTimeoutMs: options.requestTimeoutMs ?? 300 },
  });
  let stopping = new AbortController();
  let running: Promise<RerootError | undefined> = Promise.resolve(undefined);
  await bus.flush();

  const stop = async (): Promise<void> => {
    stopping.abort();
    await running;
  };
  return {
    ...{ mgmt, enrolment, store, lines, opened, stop, joinFile },
    keyOf: (keyId) => publicKeyPemOf(enrolment.asked.find((each) => each.keyId === keyId)?.request.publicKey ?? new Uint8Array()),
    invite: (content = enrolment.joinFile()) => writeFile(joinFile, JSON.stringify(content), { mode: 0o600 }),
    start: (over = store) => {
      stopping = new AbortController();
      running = superviseAgent({
        config,
        openCluster: async (name) => {
          opened.push(name);
          return { cluster: port, close: async () => undefined };
        },
        openSecretStore: async () => ({ ...over, close: async () => undefined }),
        ...{ clock: systemClock, random: () => 0.5, log, signal: stopping.signal },
        backOff: { baseMs: 20, capMs: 100 },
      }).then(
        () => undefined,
        (error: unknown) => error as RerootError,
      );
    },
    logged: async (text) => {
      await waitFor(() => lines.some((line) => line.includes(text)), { timeoutMs: patienceMs, what: `"${text}" in the log` });
    },
    ended: () => running,
    heard: (what, holds) => waitFor(() => mgmt.states.findLast(holds), { timeoutMs: patienceMs, what }),
    dispose: async () => {
      await stop();
      mgmt.stop();
      enrolment.stop();
      await rm(dir, { recursive: true });
    },
  };
}
