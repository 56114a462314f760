import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import type { ClusterRecord, EnrolledAgent, Invitation, RevokedUser } from '../store/index.ts';
import { keyIdOf, knowsUser, usersOf } from './record-keys.ts';

/**
 * The life of a cluster that was added, as functions from record to record: invited by a join file, enrolled by the first
 * agent that has it, with changes of its keys and its name, revoked, and perhaps invited again. Pure.
 *
 * At no moment are more than two keys accepted: the agent's, and the one that it is changing to. What is no longer to be
 * used at NATS goes to `revokedUsers` in the same change.
 */

/** Who asks, and when. */
export interface Act {
  readonly by: string;
  readonly why: string;
  readonly nowMs: number;
}

/** What an agent shows. */
export interface ShownKeys {
  readonly publicKeyPem: string;
  /** The name that the agent goes by as it asks. */
  readonly underName: string;
  /** Sequence of the request. */
  readonly askedSequence: number;
  /** Public nkey; empty where its NATS credentials are not of reroot's making. */
  readonly natsUser: string;
  /** When the JWT that it is to be given for that user expires; 0 for none. */
  readonly natsJwtExpiresAtMs: number;
}

/** A cluster that nobody has added yet. */
export function newCluster(name: string, mesh: string, invitation: Invitation, { by, nowMs }: Act): ClusterRecord {
  return {
    ...{ name, mesh, formerName: undefined, addedBy: by, addedAtMs: nowMs, invitation },
    ...{ agent: undefined, nextAgent: undefined, epoch: 0, revoked: undefined, revokedUsers: [] },
  };
}

/**
 * Makes the join file of an earlier time void, and opens another. An agent that is enrolled goes on until the new one
 * enrols; a cluster that was revoked may come back, and into another mesh.
 */
export function inviteAgain(
  record: ClusterRecord,
  { mesh, invitation }: { readonly mesh: string; readonly invitation: Invitation },
  { nowMs }: Act,
): ClusterRecord {
  const revokedUsers = withRevoked(record.revokedUsers, [record.invitation?.natsUser], nowMs);
  return { ...record, mesh, invitation, revoked: undefined, revokedUsers };
}

/** What a request to enrol says, and whether its proof holds under the key of an invitation. */
export interface EnrolmentClaim extends ShownKeys {
  readonly tokenId: string;
  readonly provenBy: (invitation: Invitation) => boolean;
}

/**
 * Takes an agent in. The same agent asking again with the same join file gets the same: it may not have had the answer.
 * @throws RR_ENROL_USED when another agent came first, RR_ENROL_UNKNOWN, RR_ENROL_EXPIRED, RR_ENROL_PROOF,
 *   RR_ENROL_KEYS_TAKEN
 */
export function enrol(record: ClusterRecord, claim: EnrolmentClaim, nowMs: number): ClusterRecord {
  const { agent, nextAgent, invitation, name } = record;
  if (agent?.tokenId === claim.tokenId) {
    if (isShown(agent, claim)) return { ...record, agent: { ...agent, natsJwtExpiresAtMs: claim.natsJwtExpiresAtMs } };
    throw refused('RR_ENROL_USED', name, 'another agent has enrolled with this join file');
  }
  if (invitation?.tokenId !== claim.tokenId) throw refused('RR_ENROL_UNKNOWN', name, 'the join file is not the one in force');
  if (!claim.provenBy(invitation)) throw refused('RR_ENROL_PROOF', name, 'the proof does not hold');
  if (nowMs >= invitation.expiresAtMs) {
    throw refused('RR_ENROL_EXPIRED', name, `the join file was good until ${new Date(invitation.expiresAtMs).toISOString()}`);
  }
  requireFreshUser(record, claim);
  const came = { tokenId: invitation.tokenId, joinUser: invitation.natsUser };
  return {
    ...record,
    agent: enrolledAgent(record, claim, came, nowMs),
    nextAgent: undefined,
    invitation: undefined,
    revokedUsers: withRevoked(record.revokedUsers, [agent?.natsUser, nextAgent?.natsUser, agent?.joinUser], nowMs),
  };
}

/** Has the agent make new keys. @throws RR_CLUSTER_NOT_ENROLLED */
export function askForChange(record: ClusterRecord): ClusterRecord {
  requireAgent(record);
  return { ...record, epoch: record.epoch + 1 };
}

/**
 * Takes in the keys that an agent changes to: they are accepted besides its present ones until it is heard by them. Those
 * of an earlier try are void. It may do so only when it was asked to: whoever has stolen the agent's key could otherwise
 * put one of its own in its place, at any time.
 * @throws RR_CLUSTER_NOT_ENROLLED, RR_RENEW_NOT_ASKED; RR_RENEW_SAME_KEY for the key that it has; RR_ENROL_KEYS_TAKEN;
 *   RR_PROTOCOL_REPLAYED for keys that others have replaced
 */
export function renew(record: ClusterRecord, shown: ShownKeys, nowMs: number): ClusterRecord {
  const { nextAgent, name, revokedUsers } = record;
  const agent = requireAgent(record);
  if (samePublicKey(agent, shown) || (agent.natsUser !== '' && agent.natsUser === shown.natsUser)) {
    throw refused('RR_RENEW_SAME_KEY', name, 'the agent shows the key that it has');
  }
  if (nextAgent !== undefined && isShown(nextAgent, shown)) {
    const askedSequence = Math.max(nextAgent.askedSequence, shown.askedSequence);
    return { ...record, nextAgent: { ...nextAgent, natsJwtExpiresAtMs: shown.natsJwtExpiresAtMs, askedSequence } };
  }
  if (agent.epoch >= grantedEpoch(record, shown.underName)) {
    throw refused('RR_RENEW_NOT_ASKED', name, 'the agent was not asked to change its keys');
  }
  if (nextAgent !== undefined && shown.askedSequence <= nextAgent.askedSequence) {
    throw refused('RR_PROTOCOL_REPLAYED', name, `request ${shown.askedSequence} for new keys is not the last one`);
  }
  requireFreshUser(record, shown);
  return {
    ...record,
    nextAgent: enrolledAgent(record, shown, { tokenId: agent.tokenId, joinUser: '' }, nowMs),
    revokedUsers: withRevoked(revokedUsers, [nextAgent?.natsUser], nowMs),
  };
}

/**
 * Ends what waits for the agent to speak: a change of keys, when it does so by the new one, and the use of the join file.
 */
export function heardBy(record: ClusterRecord, keyId: string, nowMs: number): ClusterRecord {
  const { agent, nextAgent, revokedUsers } = record;
  if (nextAgent !== undefined && keyIdOf(nextAgent.publicKeyPem) === keyId) {
    const superseded = [agent?.natsUser, agent?.joinUser];
    return {
      ...record,
      agent: nextAgent,
      nextAgent: undefined,
      revokedUsers: withRevoked(revokedUsers, superseded, nowMs),
    };
  }
  if (agent === undefined || agent.joinUser === '' || keyIdOf(agent.publicKeyPem) !== keyId) return record;
  const heard = { ...agent, joinUser: '' };
  return { ...record, agent: heard, revokedUsers: withRevoked(revokedUsers, [agent.joinUser], nowMs) };
}

/** Ends a change of name once the agent speaks under the new one. */
export function heardUnder(record: ClusterRecord, name: string): ClusterRecord {
  return record.formerName !== undefined && name === record.name ? { ...record, formerName: undefined } : record;
}

/**
 * Gives a cluster another name. Its agent may be heard under the former one until it has taken over the new one, and then
 * changes its keys: its NATS user could else go on with the subjects of the former name, which may be another cluster's by
 * then. An open join file is of the former name, and void.
 * @throws RR_CLUSTER_NOT_ENROLLED; RR_CLUSTER_RENAMING while the agent has not taken over the name that it was given last
 */
export function rename(record: ClusterRecord, to: string, nowMs: number): ClusterRecord {
  const { name, formerName, invitation, revokedUsers } = askForChange(record);
  if (formerName !== undefined) throw refused('RR_CLUSTER_RENAMING', name, `its agent still goes by ${formerName}`);
  return {
    ...askForChange(record),
    name: to,
    formerName: name,
    invitation: undefined,
    revokedUsers: withRevoked(revokedUsers, [invitation?.natsUser], nowMs),
  };
}

/** Shuts a cluster out: from now on nobody speaks for it. */
export function revoke(record: ClusterRecord, { by, why, nowMs }: Act): ClusterRecord {
  return {
    ...record,
    ...{ agent: undefined, nextAgent: undefined, invitation: undefined, formerName: undefined },
    revoked: { by, why, atMs: nowMs },
    revokedUsers: withRevoked(record.revokedUsers, usersOf(record), nowMs),
  };
}

/** Notes that the agent holds a JWT that lasts longer than the one before. */
export function extendJwt(record: ClusterRecord, natsJwtExpiresAtMs: number): ClusterRecord {
  const { agent } = record;
  if (agent === undefined || agent.natsUser === '' || natsJwtExpiresAtMs <= agent.natsJwtExpiresAtMs) return record;
  return { ...record, agent: { ...agent, natsJwtExpiresAtMs } };
}

/** Forgets revoked users whose last JWT has expired: nobody would let them in any more. */
export function forgetExpired(record: ClusterRecord, longestLifeMs: number, nowMs: number): ClusterRecord {
  const kept = record.revokedUsers.filter(({ atMs }) => nowMs - atMs <= longestLifeMs);
  return kept.length === record.revokedUsers.length ? record : { ...record, revokedUsers: kept };
}

function enrolledAgent(
  record: ClusterRecord,
  { publicKeyPem, natsUser, natsJwtExpiresAtMs, askedSequence, underName }: ShownKeys,
  came: Pick<EnrolledAgent, 'tokenId' | 'joinUser'>,
  atMs: number,
): EnrolledAgent {
  const epoch = grantedEpoch(record, underName);
  return { publicKeyPem, natsUser, natsJwtExpiresAtMs, ...came, epoch, askedSequence, atMs };
}

/** What is granted under a former name leaves one change owing, for its NATS user is still of that name. */
function grantedEpoch({ epoch, formerName }: ClusterRecord, underName: string): number {
  return underName === formerName ? epoch - 1 : epoch;
}

/** One that is let in or shut out already is not the agent's own: with the next change it would be shut out again. */
function requireFreshUser(record: ClusterRecord, { natsUser }: ShownKeys): void {
  if (knowsUser(record, natsUser)) throw refused('RR_ENROL_KEYS_TAKEN', record.name, `NATS user ${natsUser} was seen before`);
}

function isShown(agent: EnrolledAgent, shown: ShownKeys): boolean {
  return samePublicKey(agent, shown) && agent.natsUser === shown.natsUser;
}

function samePublicKey(agent: EnrolledAgent, { publicKeyPem }: ShownKeys): boolean {
  return keyIdOf(agent.publicKeyPem) === keyIdOf(publicKeyPem);
}

function withRevoked(
  before: readonly RevokedUser[],
  users: readonly (string | undefined)[],
  atMs: number,
): readonly RevokedUser[] {
  const known = new Set(before.map(({ natsUser }) => natsUser));
  const added = users.filter((user) => user !== undefined && user !== '' && !known.has(user)) as string[];
  return [...before, ...added.map((natsUser) => ({ natsUser, atMs }))];
}

function requireAgent({ agent, name }: ClusterRecord): EnrolledAgent {
  if (agent !== undefined) return agent;
  throw refused('RR_CLUSTER_NOT_ENROLLED', name, 'no agent has enrolled for it');
}

function refused(code: ErrorCode, cluster: string, why: string): RerootError {
  return new RerootError(code, `cluster ${cluster}: ${why}`);
}
