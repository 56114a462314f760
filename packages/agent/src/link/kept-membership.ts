import { RerootError, toRerootError } from '@reroot/shared/errors';
import { jwtExpiresAtMs } from '@reroot/shared/nats-auth';
import { identityFromPem } from '@reroot/shared/protocol';
import type { NatsCredentials } from '@reroot/shared/transport';
import { followTerms } from './follow-terms.ts';
import { type HeldLink, type LinkRecord, requireHeld } from './link-record.ts';
import type { AskForCredentials, Membership, PresentTerms } from './membership.ts';
import { mgmtKeysOf } from './mgmt-keys.ts';
import type { RecordKeeper } from './record-keeper.ts';
import { renewCredentials } from './renew-credentials.ts';
import type { Patience } from './try-patiently.ts';

/** The membership of an agent that has joined, and what it connects to NATS with. */
export interface KeptMembership extends Membership {
  /** Gives those of that moment, for terms may bring a newer JWT; undefined where NATS asks for none. */
  readonly natsCredentials: (() => NatsCredentials) | undefined;
}

/** What it works with. */
export interface KeptMembershipOptions {
  readonly keeper: RecordKeeper;
  readonly patience: Patience;
  /** Called when all that stands on this membership is to be made anew, the connection too; or when it cannot go on. */
  readonly onEnd: (end: MembershipEnd) => void;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

/** Why a membership is over: the agent goes on under another name or with other keys, or not at all. */
export type MembershipEnd = { readonly kind: 'replaced' } | { readonly kind: 'failed'; readonly error: RerootError };

/**
 * The membership of a record in which something is held.
 * @throws RR_IDENTITY_INVALID, RR_NATS_CREDENTIALS_INVALID when the record was damaged
 */
export function createKeptMembership({ keeper, patience, onEnd, signal }: KeptMembershipOptions): KeptMembership {
  const held = requireHeld(keeper.record());
  const { mesh, cluster, nats } = held;
  let present = presentOf(held);
  let renewing: Promise<void> | undefined;

  const update = async (change: (record: LinkRecord) => LinkRecord): Promise<LinkRecord> => {
    try {
      return await keeper.update(change, signal);
    } catch (error) {
      // Another agent has this state too: what either of them does next would undo what the other one did.
      if (isConflict(error)) onEnd({ kind: 'failed', error });
      throw error;
    }
  };
  const renew = async (ask: AskForCredentials): Promise<void> => {
    try {
      const outcome = await renewCredentials({ record: () => keeper.record(), update, ask, patience, signal });
      if (outcome === 'renewed') onEnd({ kind: 'replaced' });
    } catch (error) {
      if (signal.aborted) return;
      const { code, message } = toRerootError(error);
      patience.log.error({ code, problem: message }, 'the credentials could not be changed');
    }
  };
  return {
    mesh,
    cluster,
    identity: identityFromPem(held.privateKeyPem),
    present: () => present,
    natsCredentials: nats === undefined ? undefined : () => credentialsOf(requireHeld(keeper.record()).nats ?? nats),
    follow: async (offered, mark, ask) => {
      const before = requireHeld(keeper.record());
      const after = requireHeld(
        await update((record) => {
          const { next } = followTerms(requireHeld(record), offered, mark);
          return next === undefined ? record : { ...record, held: next };
        }),
      );
      if (after !== before) present = presentOf(after);
      if (after.cluster !== cluster) onEnd({ kind: 'replaced' });
      else if (followTerms(after, offered, mark).renewal === 'due') {
        renewing ??= renew(ask).finally(() => {
          renewing = undefined;
        });
      }
      return after === before ? 'unchanged' : 'changed';
    },
  };
}

function presentOf({ mgmtPublicKeys, epoch, nats, terms }: HeldLink): PresentTerms {
  const { keyring, ids } = mgmtKeysOf(mgmtPublicKeys);
  return {
    mgmtKeys: keyring,
    mgmtKeyIds: ids,
    credentialsEpoch: epoch,
    natsJwtExpiresAtMs: nats === undefined ? 0 : (jwtExpiresAtMs(nats.jwt) ?? 0),
    mark: terms,
  };
}

function credentialsOf({ jwt, seed }: NatsCredentials): NatsCredentials {
  return { jwt, seed };
}

function isConflict(error: unknown): error is RerootError {
  return error instanceof RerootError && error.code === 'RR_LINK_STATE_CONFLICT';
}
