import { RerootError } from '@reroot/shared/errors';
import { inboxPrefix } from '@reroot/shared/protocol';
import { chooseWay } from './choose-way.ts';
import { type ConnectLink, isLinkMisconfigured } from './connect-link.ts';
import { enrol } from './enrol.ts';
import { createKeptMembership, type MembershipEnd } from './kept-membership.ts';
import { requireHeld } from './link-record.ts';
import type { LinkSource, SourcedLink } from './link-source.ts';
import type { LinkStore } from './link-store.ts';
import { readJoinFile, readLaterJoinFile } from './read-join-file.ts';
import { createRecordKeeper, type RecordKeeper } from './record-keeper.ts';
import { type Patience, tryPatiently } from './try-patiently.ts';

/** What joining works with. */
export interface JoinedSourceOptions {
  readonly joinFile: string;
  readonly store: LinkStore;
  readonly connect: ConnectLink;
  readonly requestTimeoutMs: number;
  readonly patience: Patience;
}

/**
 * The link of an agent that joins: by what it keeps, or by enrolling first. While NATS, mgmt or the store is away it waits
 * and says so in the log; what the cluster holds stays as it is.
 */
export function createJoinedSource(options: JoinedSourceOptions): LinkSource {
  let joined: RecordKeeper | undefined;
  return {
    next: async (signal) => {
      joined ??= await join(options, signal);
      return openLink(joined, options, signal);
    },
    close: async () => undefined,
  };
}

/** Resolves when something is held. */
async function join(options: JoinedSourceOptions, signal: AbortSignal): Promise<RecordKeeper> {
  const { joinFile, store, patience } = options;
  const { log, clock } = patience;
  const stored = await tryPatiently(
    {
      whileFailing: 'the state of the link is not read yet',
      work: () => store.read(signal),
      isFinal: (error) => !isPassing(error),
      signal,
    },
    patience,
  );
  const keeper = createRecordKeeper(store, stored);
  const { held } = stored.record;
  const file = held === undefined ? await readJoinFile(joinFile, log) : await readLaterJoinFile(joinFile, log);
  const way = chooseWay(stored.record, file, clock.now());
  if (way.kind === 'enrol') {
    if (held !== undefined)
      log.info({ mesh: held.mesh, cluster: held.cluster }, 'there is another join file: the agent joins anew');
    await enrol({ ...options, joinFile: way.joinFile, keeper, signal });
  } else if (way.joinFile === 'expired') {
    log.warn({ file: joinFile }, 'the join file is another one and has expired: the agent goes on as before');
  }
  const { mesh, cluster, epoch } = requireHeld(keeper.record());
  log.info({ mesh, cluster, epoch }, 'the agent has joined');
  return keeper;
}

function openLink(keeper: RecordKeeper, options: JoinedSourceOptions, signal: AbortSignal): SourcedLink {
  const { connect, patience } = options;
  const ended = new AbortController();
  let end: MembershipEnd | undefined;
  const membership = createKeptMembership({
    keeper,
    patience,
    onEnd: (why) => {
      end ??= why;
      ended.abort();
    },
    signal: AbortSignal.any([signal, ended.signal]),
  });
  const { mesh, cluster } = membership;
  const connection = {
    address: requireHeld(keeper.record()).address,
    credentials: membership.natsCredentials,
    inboxPrefix: inboxPrefix(mesh, cluster),
    name: `reroot-agent ${cluster}`,
  };
  return {
    membership,
    connect: (until) =>
      tryPatiently(
        {
          whileFailing: 'NATS is not reached: the cluster keeps what it holds, and nothing is reported',
          work: () => connect({ ...connection, signal: until }),
          isFinal: (error) => error instanceof RerootError && isLinkMisconfigured(error),
          signal: until,
        },
        patience,
      ),
    ended: ended.signal,
    outcome: () => {
      if (end?.kind === 'failed') throw end.error;
    },
  };
}

/** Whether the store may answer another time. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof RerootError)) return false;
  return ['RR_CLUSTER_UNREACHABLE', 'RR_CLUSTER_THROTTLED', 'RR_CLUSTER_UNAUTHENTICATED'].includes(error.code);
}
