import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import {
  type Claim,
  type CredentialsRequest,
  type CredentialsResponse,
  holdsEnrolmentProof,
  holdsPossessionProof,
  publicKeyPemOf,
} from '@reroot/shared/protocol';
import type { ClusterRecord } from '../store/index.ts';
import { enrol, renew, type ShownKeys } from './cluster-life.ts';
import type { IssuedJwt, NatsAccounts } from './nats-accounts.ts';
import { agentWith, keyIdOf } from './record-keys.ts';

/** What granting works with. */
export interface Granting {
  readonly accounts: NatsAccounts | undefined;
  readonly clock: Clock;
  /** Of mgmt, SPKI in DER. */
  readonly publicKeys: () => readonly Uint8Array[];
  /** Keeps a change of a record: nothing is granted that is not kept. */
  readonly change: (name: string, change: (record: ClusterRecord) => ClusterRecord) => Promise<ClusterRecord>;
  /** Refuses keys of another cluster. @throws RR_ENROL_KEYS_TAKEN */
  readonly requireOwnKeys: (name: string, keys: Pick<ShownKeys, 'publicKeyPem' | 'natsUser'>) => void;
}

/** A request whose signature holds. */
export interface Asked {
  readonly mesh: string;
  /** The name that the agent goes by as it asks: that of the subject. */
  readonly underName: string;
  readonly request: CredentialsRequest;
  readonly sequence: number;
}

/** Turns a refusal with a code into an answer, which whoever sends it counts. What nobody foresaw goes on as an error. */
export async function answerWith(
  log: Log,
  { mesh, underName: cluster }: Asked,
  grant: () => Promise<CredentialsResponse>,
): Promise<CredentialsResponse> {
  try {
    const answer = await grant();
    const keyId = answer.kind === 'granted' ? answer.credentials.keyId : undefined;
    log.info({ mesh, cluster, keyId }, 'credentials were granted');
    return answer;
  } catch (error) {
    if (!(error instanceof RerootError) || !isForAgents(error)) throw error;
    const { code, message, remedy } = error;
    return { kind: 'refused', problem: { code, message, remedy } };
  }
}

/**
 * Takes in an agent with a join file.
 * @param name of the cluster's record
 * @throws RR_ENROL_*, RR_IDENTITY_INVALID, RR_NATS_CREDENTIALS_INVALID
 */
export async function grantEnrolment(name: string, asked: Asked, granting: Granting): Promise<CredentialsResponse> {
  const { tokenId, proof } = asked.request;
  const provenBy = ({ key }: { readonly key: string }): boolean =>
    holdsEnrolmentProof(Buffer.from(key, 'hex'), claimOf(asked), proof);
  const nowMs = granting.clock.now();
  // Where mgmt makes no users, an agent keeps the NATS credentials that its join file brought.
  const natsUser = granting.accounts === undefined ? '' : asked.request.natsUser;
  return grant(name, { ...asked, natsUser }, granting, (record, shown) => enrol(record, { ...shown, tokenId, provenBy }, nowMs));
}

/**
 * Lets an enrolled agent change its keys.
 * @param name of the cluster's record
 * @throws RR_RENEW_*, RR_ENROL_KEYS_TAKEN, RR_CLUSTER_NOT_ENROLLED, RR_IDENTITY_INVALID, RR_NATS_CREDENTIALS_INVALID,
 *   RR_PROTOCOL_REPLAYED
 */
export async function grantRenewal(name: string, asked: Asked, granting: Granting): Promise<CredentialsResponse> {
  if (!holdsPossessionProof(claimOf(asked), asked.request.proof)) {
    throw new RerootError('RR_RENEW_PROOF', `cluster ${name}: the agent did not prove that it has the new key`);
  }
  const nowMs = granting.clock.now();
  const { natsUser } = asked.request;
  return grant(name, { ...asked, natsUser }, granting, (record, shown) => renew(record, shown, nowMs));
}

function claimOf({ mesh, underName, request: { publicKey, natsUser } }: Asked): Claim {
  return { mesh, cluster: underName, publicKey, natsUser };
}

/** Keeps what is granted before it is said; the JWT is made in between, for what was refused needs none. */
async function grant(
  name: string,
  { mesh, underName, request: { publicKey }, sequence, natsUser }: Asked & { readonly natsUser: string },
  { accounts, change, publicKeys, requireOwnKeys }: Granting,
  take: (record: ClusterRecord, shown: ShownKeys) => ClusterRecord,
): Promise<CredentialsResponse> {
  const publicKeyPem = publicKeyPemOf(publicKey);
  const shown: ShownKeys = { publicKeyPem, natsUser, underName, askedSequence: sequence, natsJwtExpiresAtMs: 0 };
  await change(name, (record) => {
    take(record, shown);
    requireOwnKeys(name, shown);
    return record;
  });
  // Of the name that the agent goes by: with the subjects of another one it could not hear that it is to take that over.
  const issued = await issueTo(accounts, { mesh, cluster: underName, natsUser });
  const record = await change(name, (now) => take(now, { ...shown, natsJwtExpiresAtMs: issued.expiresAtMs }));
  const keyId = keyIdOf(publicKeyPem);
  const epoch = agentWith(record, keyId)?.epoch ?? record.epoch;
  return { kind: 'granted', credentials: { keyId, natsJwt: issued.jwt, epoch, mgmtPublicKeys: publicKeys() } };
}

async function issueTo(
  accounts: NatsAccounts | undefined,
  user: { readonly mesh: string; readonly cluster: string; readonly natsUser: string },
): Promise<IssuedJwt> {
  if (user.natsUser === '') return { jwt: '', expiresAtMs: 0 };
  if (accounts !== undefined) return accounts.issueAgentUser(user);
  throw new RerootError('RR_ENROL_NO_USERS', 'the agent asks for a user of NATS, and mgmt makes none');
}

/** Refusals that an agent, or whoever runs it, can do something about. */
function isForAgents({ code }: RerootError): boolean {
  return /^RR_(ENROL|RENEW|CLUSTER|IDENTITY|NATS_CREDENTIALS)_/.test(code);
}
