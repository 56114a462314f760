import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import type { Identity } from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import type { Cluster } from './cluster/cluster.ts';
import type { AgentConfig } from './config.ts';
import { createIssuerOf } from './intermediate/issuer-of.ts';
import { createIntermediates } from './intermediate/obtain-intermediate.ts';
import { openLink } from './link.ts';
import { createLoop, type Loop } from './loop.ts';
import { type AcceptedMark, createPass } from './pass.ts';
import { createReconcile } from './reconcile.ts';
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
  readonly bus: Bus;
  readonly identity: Identity;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Runs the agent of one cluster until the signal aborts, and resolves then. It neither connects nor closes the bus.
 * @throws RR_IDENTITY_INVALID when a public key of mgmt is none
 */
export async function runAgent(options: AgentOptions): Promise<void> {
  const { config, cluster, bus, identity, clock, random, log, signal } = options;
  const { timings } = config;
  const vault = createVaultConnection({
    credentials: options.vaultCredentials ?? noVaultCredentials,
    config: config.vault,
    timeoutMs: timings.requestTimeoutMs,
    ...{ clock, random, log },
  });
  const mark: AcceptedMark = { accepted: nothingAccepted };
  const link = openLink({
    mesh: config.mesh,
    cluster: config.cluster,
    bus,
    identity,
    mgmtPublicKeys: config.mgmt.publicKeys,
    requestTimeoutMs: timings.requestTimeoutMs,
    clock,
    log,
    accepted: () => mark.accepted,
    onTrust: () => {
      const source = link.desired()?.intermediateSource;
      if (source !== undefined) vault.follow(source);
      loop.trigger('trust');
    },
  });
  const issuerOf = createIssuerOf({
    cluster: config.cluster,
    now: () => clock.now(),
    request: (request, aborted) => link.requestIntermediate(request, aborted),
    vault,
  });
  const intermediates = createIntermediates({ now: () => clock.now(), issuerOf });
  const reconcile = createReconcile({
    ...{ cluster, intermediates, timings, clock, log },
    adoption: config.adoption,
    budget: config.restarts,
  });
  const pass = createPass({ reconcile, link, mark, timings, clock, random, log });
  const loop: Loop = createLoop({ pass, clock, log, settleMs: timings.settleMs, retryAfterMs: timings.reportIntervalMs });

  const stopListening = bus.onStatus((status) => {
    if (status === 'connected') loop.trigger('reconnect');
  });
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  const watching = cluster.watch(() => {
    loop.trigger('watch');
  }, until);
  log.info({ mesh: config.mesh, cluster: config.cluster, version: agentVersion }, 'the agent runs');
  try {
    await loop.run(signal);
  } finally {
    ended.abort();
    stopListening();
    link.close();
    await Promise.all([watching, vault.close()]);
  }
}
