import { RerootError } from '@reroot/shared/errors';
import { possessionProof } from '@reroot/shared/protocol';
import { agentVersion } from '../version.ts';
import { isLater, type LinkRecord, type PendingKeys, requireHeld, requirePending } from './link-record.ts';
import type { AskForCredentials } from './membership.ts';
import { claimOf, makePendingKeys, openPendingKeys, type ShownKeys } from './pending-keys.ts';
import { type CredentialsAnswer, type Granted, readAnswer } from './read-answer.ts';
import { type Patience, tryPatiently } from './try-patiently.ts';

/** What a change of keys works with. */
export interface RenewOptions {
  readonly record: () => LinkRecord;
  readonly update: (change: (record: LinkRecord) => LinkRecord) => Promise<LinkRecord>;
  readonly ask: AskForCredentials;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

/**
 * Puts new keys in the place of those that the agent speaks by. They are kept before mgmt hears of them, and asked for
 * again after a crash, so that mgmt never waits for keys that nobody has.
 * @returns `refused` when mgmt does not take them
 * @throws RR_LINK_STATE_CONFLICT and what else keeping throws; the signal's reason
 */
export async function renewCredentials(options: RenewOptions): Promise<'renewed' | 'refused'> {
  const { update, patience, signal } = options;
  const { log } = patience;
  const pending = requirePending(
    await update((present) => (present.pending?.purpose.kind === 'renew' ? present : { ...present, pending: makeKeys(present) })),
  );
  const shown = openPendingKeys(pending);
  log.info({ keyId: shown.identity.keyId }, 'mgmt wants other keys: they are asked for');
  const answer = await tryPatiently(
    {
      whileFailing: 'the keys of this agent are not changed yet',
      work: () => askFor(shown, options),
      isFinal: () => false,
      signal,
    },
    patience,
  );
  if (answer.kind === 'refused') {
    const { code, message, remedy } = answer.error;
    log.error({ code, problem: message, remedy }, 'mgmt refuses the keys that it has asked for');
    // The same ones would be refused again; its terms say whether it wants others.
    await update((present) => ({ ...present, pending: undefined }));
    return 'refused';
  }
  await update((present) => putInForce(present, pending, answer.granted));
  return 'renewed';
}

function makeKeys(record: LinkRecord): PendingKeys {
  return makePendingKeys({ kind: 'renew' }, requireHeld(record).nats?.origin === 'own' ? 'with-user' : 'without-user');
}

async function askFor(shown: ShownKeys, { record, ask }: RenewOptions): Promise<CredentialsAnswer> {
  const { mesh, cluster } = requireHeld(record());
  const claim = claimOf(mesh, cluster, shown);
  const { publicKey, natsUser } = claim;
  const proof = possessionProof(shown.identity, claim);
  const answer = readAnswer(await ask({ publicKey, natsUser, tokenId: '', proof, agentVersion }), shown);
  if (answer.kind === 'granted' && shown.natsUser !== undefined && answer.granted.natsJwt === undefined) {
    throw new RerootError('RR_ENROL_ANSWER_INVALID', `the answer has no JWT for NATS user ${shown.natsUser.publicKey}`);
  }
  return answer;
}

/** The record as it is when mgmt has granted the pending keys. */
function putInForce(record: LinkRecord, { privateKeyPem, natsSeed }: PendingKeys, granted: Granted): LinkRecord {
  const held = requireHeld(record);
  const { natsJwt, epoch, mark } = granted;
  const nats =
    natsSeed === undefined || natsJwt === undefined ? held.nats : { origin: 'own' as const, jwt: natsJwt, seed: natsSeed };
  // An answer that was held up, or is played back, must not bring a list of keys back that terms have replaced since.
  const ofMgmt = isLater(mark, held.terms) ? { mgmtPublicKeys: [...granted.mgmtPublicKeys], terms: mark } : {};
  return { held: { ...held, privateKeyPem, nats, epoch, ...ofMgmt }, pending: undefined };
}
