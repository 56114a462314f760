import { RerootError } from '@reroot/shared/errors';
import type { JoinFile } from '@reroot/shared/join-file';
import {
  createSequence,
  enrolInboxPrefix,
  enrolmentProof,
  invitationKey,
  keyringOf,
  openMessage,
  sealMessage,
  subjects,
} from '@reroot/shared/protocol';
import { agentVersion } from '../version.ts';
import { isExpired } from './choose-way.ts';
import { type ConnectLink, isLinkMisconfigured } from './connect-link.ts';
import { withEnrolmentRemedy } from './enrolment-remedy.ts';
import { type HeldLink, type LinkRecord, type PendingKeys, requirePending } from './link-record.ts';
import { claimOf, makePendingKeys, openPendingKeys, type ShownKeys } from './pending-keys.ts';
import { type CredentialsAnswer, type Granted, readAnswer } from './read-answer.ts';
import type { RecordKeeper } from './record-keeper.ts';
import { type Patience, tryPatiently } from './try-patiently.ts';

/** What enrolling works with. */
export interface EnrolOptions {
  readonly joinFile: JoinFile;
  readonly keeper: RecordKeeper;
  readonly connect: ConnectLink;
  readonly requestTimeoutMs: number;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

/**
 * Makes keys, keeps them, and has mgmt take them for those of this cluster, which it does once for each join file. An
 * agent that was killed anywhere in between goes on with the same keys, and mgmt answers the same keys the same again.
 * While NATS or mgmt is away it is tried again and again. A join file that is void is passed over where a link is held.
 * @returns when there is a link that is held
 * @throws RR_ENROL_* when the join file has expired, or mgmt refuses it; RR_NATS_CREDENTIALS_INVALID; RR_CONFIG_INVALID;
 *   what keeping throws; the signal's reason
 */
export async function enrol(options: EnrolOptions): Promise<void> {
  const { joinFile, keeper, patience, signal } = options;
  const { mesh, cluster, enrolment } = joinFile;
  const { log, clock } = patience;
  requireOpen(joinFile, clock.now());
  const pending = requirePending(await keeper.update((record) => withPending(record, joinFile), signal));
  const shown = openPendingKeys(pending);
  log.info({ mesh, cluster, tokenId: enrolment.tokenId, keyId: shown.identity.keyId }, 'the agent enrols');
  try {
    const granted = await askPatiently(shown, options);
    await keeper.update(() => ({ held: hold(joinFile, pending, granted), pending: undefined }), signal);
    log.info({ mesh, cluster, keyId: shown.identity.keyId }, 'the agent is enrolled');
  } catch (error) {
    if (keeper.record().held === undefined || !isVoid(error)) throw error;
    await keeper.update((record) => ({ ...record, pending: undefined }), signal);
    const { code, message, remedy } = error;
    log.warn({ code, problem: message, remedy }, 'the join file is passed over: the agent goes on as before');
  }
}

/** Whether the join file is of no use to anybody any more, such as one of an earlier time. */
function isVoid(error: unknown): error is RerootError {
  const codes = ['RR_ENROL_USED', 'RR_ENROL_UNKNOWN', 'RR_ENROL_EXPIRED', 'RR_NATS_REFUSED'];
  return error instanceof RerootError && codes.includes(error.code);
}

async function askPatiently(shown: ShownKeys, options: EnrolOptions): Promise<Granted> {
  const { keeper, patience, signal } = options;
  const isFinal = (error: unknown): boolean => {
    if (!(error instanceof RerootError)) return false;
    // Where nothing is held there is nothing to go on with, and NATS may yet hear of the user.
    if (error.code === 'RR_NATS_REFUSED') return keeper.record().held !== undefined;
    return isLinkMisconfigured(error) || error.code === 'RR_ENROL_EXPIRED';
  };
  const work = async (): Promise<CredentialsAnswer> => {
    try {
      return await askOnce(shown, options);
    } catch (error) {
      throw withEnrolmentRemedy(error, options.joinFile);
    }
  };
  const answer = await tryPatiently({ whileFailing: 'the agent is not enrolled yet', work, isFinal, signal }, patience);
  if (answer.kind === 'refused') throw answer.error;
  return answer.granted;
}

function requireOpen(joinFile: JoinFile, nowMs: number): void {
  if (!isExpired(joinFile, nowMs)) return;
  throw new RerootError('RR_ENROL_EXPIRED', `the join file was good until ${joinFile.enrolment.expiresAt}`);
}

/** The keys of an earlier try with this join file are the ones that mgmt may have taken. */
function withPending(record: LinkRecord, { nats, enrolment: { tokenId } }: JoinFile): LinkRecord {
  const purpose = record.pending?.purpose;
  if (purpose?.kind === 'enrol' && purpose.tokenId === tokenId) return record;
  const kind = nats.credentials === undefined ? 'without-user' : 'with-user';
  return { ...record, pending: makePendingKeys({ kind: 'enrol', tokenId }, kind) };
}

/** Connects as the bearer of the join file, who may do nothing but this. */
async function askOnce(shown: ShownKeys, options: EnrolOptions): Promise<CredentialsAnswer> {
  const { joinFile, connect, patience, signal } = options;
  const { mesh, cluster, nats, mgmt } = joinFile;
  const { credentials, ...address } = nats;
  requireOpen(joinFile, patience.clock.now());
  const bus = await connect({
    address,
    credentials: credentials === undefined ? undefined : () => credentials,
    inboxPrefix: enrolInboxPrefix(mesh, cluster),
    name: `reroot-agent ${cluster} (enrolling)`,
    signal,
  });
  try {
    const subject = subjects.enrol(mesh, cluster);
    const payload = await bus.request(subject, sealRequest(shown, options), {
      timeoutMs: options.requestTimeoutMs,
      signal,
    });
    const keyring = keyringOf(mgmt.publicKeys);
    const answer = readAnswer(openMessage({ subject, payload, keyring, expect: 'credentials-response' }), shown);
    if (answer.kind === 'refused' && answer.finality === 'passing') throw answer.error;
    return answer;
  } finally {
    await bus.close();
  }
}

function sealRequest(shown: ShownKeys, { joinFile, patience: { clock } }: EnrolOptions): Uint8Array {
  const { mesh, cluster, enrolment } = joinFile;
  const claim = claimOf(mesh, cluster, shown);
  const proof = enrolmentProof(invitationKey(Buffer.from(enrolment.token, 'base64url')), claim);
  const { publicKey, natsUser } = claim;
  return sealMessage({
    subject: subjects.enrol(mesh, cluster),
    // Nothing of mgmt's has been accepted yet.
    address: { mesh, cluster, term: 0, generation: 0 },
    message: { kind: 'credentials-request', body: { publicKey, natsUser, tokenId: enrolment.tokenId, proof, agentVersion } },
    identity: shown.identity,
    sequence: createSequence(clock).next(),
    sentAtMs: clock.now(),
  });
}

/** What the agent holds from now on. Where mgmt makes no users of NATS, the credentials of the join file are for keeps. */
function hold(
  { mesh, cluster, nats, enrolment }: JoinFile,
  { privateKeyPem, natsSeed }: PendingKeys,
  granted: Granted,
): HeldLink {
  const { credentials, ...address } = nats;
  const { natsJwt, epoch, mgmtPublicKeys, mark } = granted;
  const own =
    natsSeed === undefined || natsJwt === undefined ? undefined : { origin: 'own' as const, jwt: natsJwt, seed: natsSeed };
  const given = credentials === undefined ? undefined : { origin: 'given' as const, ...credentials };
  return {
    ...{ mesh, cluster, tokenId: enrolment.tokenId, privateKeyPem, nats: own ?? given },
    ...{ mgmtPublicKeys: [...mgmtPublicKeys], address, epoch, terms: mark },
  };
}
