import { sha256Hex } from '@reroot/shared/pki';
import { publicKeyDerOf } from '@reroot/shared/protocol';
import type { ClusterRecord, EnrolledAgent } from '../store/index.ts';

/** The keys by which somebody speaks for the cluster now: one, two during a change of keys, none. */
export function keysOf({ agent, nextAgent }: ClusterRecord): readonly string[] {
  return [agent, nextAgent].flatMap((each) => (each === undefined ? [] : [each.publicKeyPem]));
}

/** Every user of NATS that the record lets in. */
export function usersOf({ agent, nextAgent, invitation }: ClusterRecord): readonly string[] {
  const users = [agent?.natsUser, agent?.joinUser, nextAgent?.natsUser, invitation?.natsUser];
  return users.flatMap((user) => (user === undefined || user === '' ? [] : [user]));
}

/** Every user of NATS that the record lets in, or has let in and shuts out. */
function knownUsers(record: ClusterRecord): readonly string[] {
  return [...usersOf(record), ...record.revokedUsers.map(({ natsUser }) => natsUser)];
}

/** Whether a user of NATS is let in by the record, or was and is shut out. */
export function knowsUser(record: ClusterRecord, natsUser: string): boolean {
  return knownUsers(record).includes(natsUser);
}

/** All that nobody but this cluster may show: keys in PEM, and users of NATS, those that are shut out among them. */
export function ownedBy(record: ClusterRecord): readonly string[] {
  return [...keysOf(record), ...knownUsers(record)];
}

/** Whose keys these are, of those that the record accepts. */
export function agentWith({ agent, nextAgent }: ClusterRecord, keyId: string): EnrolledAgent | undefined {
  return [agent, nextAgent].find((each) => each !== undefined && keyIdOf(each.publicKeyPem) === keyId);
}

/** The id of a public key in PEM. */
export function keyIdOf(publicKeyPem: string): string {
  return sha256Hex(publicKeyDerOf(publicKeyPem));
}
