/**
 * What mgmt keeps of a cluster that was added to it: who may speak for it. Clusters whose public key stands in mgmt's
 * configuration have no such record.
 */
export interface ClusterRecord {
  readonly name: string;
  /** The only mesh that it may belong to: its credentials for NATS are limited to that mesh. */
  readonly mesh: string;
  /** The name that its agent still goes by, until it is first heard under the present one. */
  readonly formerName: string | undefined;
  readonly addedBy: string;
  readonly addedAtMs: number;
  /** The join file that is open; undefined once an agent has enrolled by it, or it was revoked. */
  readonly invitation: Invitation | undefined;
  /** Who speaks for the cluster. */
  readonly agent: EnrolledAgent | undefined;
  /** Keys that the agent has asked to change to: accepted besides, and in the place of the others once heard. */
  readonly nextAgent: EnrolledAgent | undefined;
  /** How often its credentials were to be changed. */
  readonly epoch: number;
  readonly revoked: { readonly by: string; readonly why: string; readonly atMs: number } | undefined;
  /** Public nkeys of NATS users that must not connect any more, with the moment of each. */
  readonly revokedUsers: readonly RevokedUser[];
}

/** What an open join file enrols by. */
export interface Invitation {
  readonly tokenId: string;
  /** `invitationKey` of the token's secret, lower-case hex: not the secret itself. */
  readonly key: string;
  readonly expiresAtMs: number;
  /** Public nkey of the NATS user that may do nothing but enrol; empty where the join file has none of reroot's making. */
  readonly natsUser: string;
  /** Ids of the keys of mgmt that the join file names: its agent can be spoken to by no other. */
  readonly mgmtKeys: readonly string[];
}

/** An agent that has enrolled. */
export interface EnrolledAgent {
  /** Ed25519, SPKI in PEM. */
  readonly publicKeyPem: string;
  /** Public nkey; empty where its NATS credentials are not of reroot's making. */
  readonly natsUser: string;
  /** When the newest JWT that it was given expires; 0 for never or none. */
  readonly natsJwtExpiresAtMs: number;
  /** The invitation that it came by. */
  readonly tokenId: string;
  /**
   * Public nkey of the NATS user that it came as; empty once that is shut out. It must last until the agent is heard: its
   * answer may have been lost, and it asks again.
   */
  readonly joinUser: string;
  /** The epoch of the record that these keys answer: an agent changes its keys when it was asked to, and only then. */
  readonly epoch: number;
  /** Sequence of the request that the keys were shown by: an older one that is played back brings no older keys back. */
  readonly askedSequence: number;
  readonly atMs: number;
}

/** A NATS user that must not connect any more. */
export interface RevokedUser {
  readonly natsUser: string;
  readonly atMs: number;
}

/** A record with the number of its last change. */
export interface StoredCluster {
  readonly revision: number;
  readonly record: ClusterRecord;
}
