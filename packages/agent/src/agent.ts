import { randomBytes } from 'node:crypto';
import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import { createSequence, type Sequence } from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import type { Cluster } from './cluster/cluster.ts';
import type { AgentConfig } from './config.ts';
import { createEventRecorder } from './events/event-recorder.ts';
import { createHandshakeWorks } from './handshake/handshake-works.ts';
import type { Inspector } from './inspect/inspector.ts';
import { createIssuerOf } from './intermediate/issuer-of.ts';
import { createIntermediates } from './intermediate/obtain-intermediate.ts';
import type { Membership } from './link/membership.ts';
import { createRefusalCounter, type RefusalCounter } from './link/refusal-counter.ts';
import { type Link, openLink } from './link.ts';
import { createLoop, type Loop } from './loop.ts';
import type { AgentMonitor } from './monitor/agent-monitor.ts';
import { type ClusterMark, createPass } from './pass.ts';
import { createReconcile } from './reconcile.ts';
import type { TaskWorks } from './tasks/task-works.ts';
import { nothingAccepted } from './trust/accepted.ts';
import { createVaultConnection } from './vault/vault-connection.ts';
import { noVaultCredentials, type VaultCredentials } from './vault/vault-credentials.ts';
import { agentVersion } from './version.ts';

/** What an agent is made of. */
export interface AgentOptions {
  readonly config: AgentConfig;
  readonly cluster: Cluster;
  /** Where the agent finds what it logs in to Vault with, should mgmt ask for that; an agent without is unable to. */
  readonly vaultCredentials?: VaultCredentials | undefined;
  /** Where mgmt's questions about the cluster go; an agent without says that it knows no such task. */
  readonly inspector?: Inspector | undefined;
  readonly bus: Bus;
  /** As whom the agent speaks on the bus, and whom it listens to. */
  readonly membership: Membership;
  /** What earlier connections of the same agent have counted; nothing when it is left out. */
  readonly earlier?: EarlierConnections | undefined;
  /** Told how the agent does. */
  readonly monitor?: AgentMonitor | undefined;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** What goes on since the agent started, over however many connections. */
export interface EarlierConnections {
  readonly refusals: RefusalCounter;
  readonly reconnects: number;
  readonly sequence: Sequence;
}

/** Before there was any connection. */
export function noEarlierConnections(clock: Clock, log: Log): EarlierConnections {
  return { refusals: createRefusalCounter(log), reconnects: 0, sequence: createSequence(clock) };
}

/** After a connection came back the report waits for up to this long: the whole fleet may have lost it in one moment. */
const reportSpreadMs = 2_000;

/** Runs the agent of one cluster until the signal aborts, and resolves then. It neither connects nor closes the bus. */
export async function runAgent(options: AgentOptions): Promise<void> {
  const { config, cluster, bus, membership, clock, random, signal } = options;
  const log = options.log.child({ mesh: membership.mesh, cluster: membership.cluster });
  const { refusals, reconnects: reconnectsBefore, sequence } = options.earlier ?? noEarlierConnections(clock, log);
  const { timings } = config;
  const vault = createVaultConnection({
    credentials: options.vaultCredentials ?? noVaultCredentials,
    config: config.vault,
    timeoutMs: timings.requestTimeoutMs,
    ...{ clock, random, log },
  });
  const mark: ClusterMark = { accepted: nothingAccepted, uid: '' };
  const link = openLink({
    ...{ membership, bus, clock, log, refusals, reconnectsBefore, sequence },
    requestTimeoutMs: timings.requestTimeoutMs,
    accepted: () => mark.accepted,
    clusterUid: () => mark.uid,
    works: { ...createHandshakeWorks({ cluster, config: config.handshakes, clock, signal }), ...inspectionOf(options) },
    onTrust: () => {
      const source = link.desired()?.intermediateSource;
      if (source !== undefined) vault.follow(source);
      loop.trigger('trust');
    },
  });
  const issuerOf = createIssuerOf({
    cluster: membership.cluster,
    now: () => clock.now(),
    request: (request, aborted) => link.requestIntermediate(request, aborted),
    vault,
  });
  const intermediates = createIntermediates({ now: () => clock.now(), issuerOf });
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  const events = createEventRecorder({
    ...{ cluster, clock, log, signal: until },
    newId: () => randomBytes(10).toString('hex'),
    timeoutMs: timings.requestTimeoutMs,
  });
  const reconcile = createReconcile({
    ...{ cluster, intermediates, timings, clock, log, tell: events.tell },
    adoption: config.adoption,
    budget: config.restarts,
  });
  const { monitor } = options;
  monitor?.follow({ bus, refusals, reconnectsBefore });
  const publishReport: Link['publishReport'] = (report) => {
    link.publishReport(report);
    monitor?.noteReport(report);
  };
  const told = { desired: () => link.desired(), trace: () => link.trace(), objection: () => link.objection(), publishReport };
  const unmeasured = createPass({ reconcile, link: told, mark, timings, clock, random, log, events, adoption: config.adoption });
  const pass = monitor?.timing(unmeasured) ?? unmeasured;
  const loop: Loop = createLoop({ pass, clock, log, settleMs: timings.settleMs, retryAfterMs: timings.reportIntervalMs });

  const stopListening = onReconnect(bus, () => {
    const delayMs = random() * Math.min(timings.reportIntervalMs, reportSpreadMs);
    clock.sleep(delayMs, until).then(
      () => loop.trigger('reconnect'),
      () => undefined,
    );
  });
  const watching = cluster.watch(() => {
    loop.trigger('watch');
  }, until);
  log.info({ version: agentVersion }, 'the agent runs');
  try {
    await loop.run(signal);
  } finally {
    ended.abort();
    stopListening();
    link.close();
    await Promise.all([watching, vault.close(), events.settled()]);
  }
}

/** An agent without an inspector says that it does not know the task. */
function inspectionOf({ inspector }: AgentOptions): Pick<Partial<TaskWorks>, 'inspect'> {
  if (inspector === undefined) return {};
  return { inspect: async (_, signal) => ({ agentVersion, ...(await inspector.inspect(signal)) }) };
}

/** Calls each time the connection is back. The first report needs no call: the loop begins with a pass. */
function onReconnect(bus: Bus, call: () => void): () => void {
  let isFirst = true;
  return bus.onStatus((status) => {
    if (status === 'connected' && !isFirst) call();
    isFirst = false;
  });
}
