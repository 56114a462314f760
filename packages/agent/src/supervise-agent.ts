import type { Clock } from '@reroot/shared/clock';
import { assertNever } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { ObjectRef } from '@reroot/shared/protocol';
import { type EarlierConnections, noEarlierConnections, runAgent } from './agent.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { AgentConfig } from './config.ts';
import type { Inspector } from './inspect/inspector.ts';
import { openConfiguredSource } from './link/configured-source.ts';
import { createConnectLink } from './link/connect-link.ts';
import { createFolderLinkStore } from './link/folder-link-store.ts';
import { createJoinedSource } from './link/joined-source.ts';
import type { LinkSource, SourcedLink } from './link/link-source.ts';
import type { LinkStore } from './link/link-store.ts';
import type { BackOff } from './link/try-patiently.ts';
import type { AgentMonitor } from './monitor/agent-monitor.ts';
import type { VaultCredentials } from './vault/vault-credentials.ts';

/** What a program of an agent is made of. */
export interface SuperviseOptions {
  readonly config: AgentConfig;
  /** Opens the port to the cluster; its name comes with the link. */
  readonly openCluster: (name: string) => Promise<OpenCluster>;
  /** Opens the Secret that holds the state of the link; its `close` is called at the end. */
  readonly openSecretStore: (secret: ObjectRef) => Promise<OpenLinkStore>;
  /** Told how the agent does. */
  readonly monitor?: AgentMonitor | undefined;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Of everything that is waited for; left out, it grows from half a second to a minute. */
  readonly backOff?: BackOff;
}

/** A port to a cluster that is to be closed. */
export interface OpenCluster {
  readonly cluster: Cluster;
  readonly vaultCredentials?: VaultCredentials;
  readonly inspector?: Inspector;
  close(): Promise<void>;
}

/** A store that is to be closed. */
export interface OpenLinkStore extends LinkStore {
  close(): Promise<void>;
}

const usualBackOff: BackOff = { baseMs: 500, capMs: 60_000 };

/**
 * Runs an agent until the signal aborts: joins first where it is told to, connects, and begins anew with another
 * connection each time its name or its keys have changed. The port to the cluster stays open all the while, unless the
 * name has changed.
 * @throws RR_ENROL_*, RR_LINK_STATE_*, RR_CONFIG_*, RR_IDENTITY_*, RR_NATS_*; what opening the cluster throws
 */
export async function superviseAgent(options: SuperviseOptions): Promise<void> {
  const { openCluster, log, signal } = options;
  const source = await openSource(options);
  const clusters = createClusterPort(openCluster);
  let earlier = noEarlierConnections(options.clock, log);
  try {
    while (!signal.aborted) {
      const link = await source.next(signal);
      earlier = await runOver(link, await clusters.open(link.membership.cluster), options, earlier);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await clusters.close();
    await source.close();
  }
}

/** Runs the agent over one connection, until that ends or the link is over. */
async function runOver(
  link: SourcedLink,
  { cluster, vaultCredentials, inspector }: OpenCluster,
  { config, monitor, clock, random, log, signal }: SuperviseOptions,
  earlier: EarlierConnections,
): Promise<EarlierConnections> {
  const until = AbortSignal.any([signal, link.ended]);
  const { membership } = link;
  const bus = await link.connect(until);
  try {
    const port = { cluster, vaultCredentials, inspector };
    await runAgent({ config, ...port, bus, membership, earlier, monitor, clock, random, log, signal: until });
  } finally {
    await bus.close();
  }
  link.outcome();
  if (!signal.aborted)
    log.info({ mesh: membership.mesh, cluster: membership.cluster }, 'the link has changed: the agent connects anew');
  return { ...earlier, reconnects: earlier.reconnects + bus.stats().reconnects };
}

/** Where the link of an agent comes from, as its configuration says. @throws what opening the store throws */
export async function openSource({
  config,
  openSecretStore,
  backOff = usualBackOff,
  ...outside
}: Omit<SuperviseOptions, 'openCluster' | 'monitor'>): Promise<LinkSource> {
  const { clock, random, log } = outside;
  const connect = createConnectLink({ clock, random, log });
  const { link } = config;
  switch (link.kind) {
    case 'configured':
      return openConfiguredSource(link, connect);
    case 'join': {
      const { secret, dir = '' } = link.state;
      const store = secret === undefined ? withoutClose(createFolderLinkStore(dir)) : await openSecretStore(secret);
      const { requestTimeoutMs } = config.timings;
      const patience = { clock, random, log, backOff };
      const joined = createJoinedSource({ joinFile: link.file, store, connect, requestTimeoutMs, patience });
      return { next: (signal) => joined.next(signal), close: () => store.close() };
    }
    default:
      return assertNever(link);
  }
}

function withoutClose(store: LinkStore): OpenLinkStore {
  return { ...store, close: async () => undefined };
}

/** The port to the cluster, opened anew only under another name: it knows what it has read of proxies. */
function createClusterPort(openCluster: SuperviseOptions['openCluster']): {
  open(name: string): Promise<OpenCluster>;
  close(): Promise<void>;
} {
  let present: { readonly name: string; readonly port: OpenCluster } | undefined;
  const close = async (): Promise<void> => {
    await present?.port.close();
    present = undefined;
  };
  return {
    open: async (name) => {
      if (present?.name === name) return present.port;
      await close();
      present = { name, port: await openCluster(name) };
      return present.port;
    },
    close,
  };
}
