import type { EvidenceMethod, Step } from '../protocol/index.ts';
import type { EmergencyRequest, EmergencyStatus } from './emergency.ts';
import type { TrustCounts } from './matrix.ts';
import type { PreflightOverride } from './preflight.ts';
import type { VerificationStatus } from './proofs.ts';

/** States of a rotation, named as in proto/reroot/v1/ca_options.proto. */
export type State =
  | 'NOT_ROTATING'
  | 'PREVIOUS_CA'
  | 'ADDING_NEW_ROOT'
  | 'PROPAGATING_NEW_INTERMEDIATE'
  | 'DELETING_OLD_ROOT'
  | 'VERIFYING'
  | 'VERIFIED'
  | 'ROLLING_BACK'
  | 'FINISHED'
  | 'FAILED';

/** Strategy of a rotation, named as in the proto. */
export type Strategy = 'MULTI_ROOT' | 'NONE';

/** How a step is verified, named as in the proto. */
export type Verification = 'none' | 'manual' | 'automatic';

/** What stands between a mesh and its next transition; the same in CLI, API and log. */
export interface Verdict {
  readonly passed: boolean;
  /** Stable CamelCase code of the first gate that does not pass, or `Passed`. */
  readonly reason: string;
  /** A sentence for people. */
  readonly message: string;
  /** The first ones, those of the reason before the others. */
  readonly laggards: readonly Laggard[];
  /** How many there are, listed or not. */
  readonly laggardCount: number;
}

/** One thing that a gate waits for. */
export interface Laggard {
  readonly cluster: string;
  /** Stable CamelCase code. */
  readonly reason: string;
  readonly message: string;
  readonly replica?: string;
  readonly namespace?: string;
  readonly workload?: string;
  /** Since when it has been waited for, RFC 3339. */
  readonly since?: string;
}

/** A root of the mesh, oldest first in lists. */
export interface RootStatus {
  readonly fingerprint: string;
  readonly subject: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** Which part it plays now. */
  readonly role: 'current' | 'old' | 'new';
  readonly phase: RootPhase;
  /** When the phase began. */
  readonly phaseSince: string;
  readonly custody: KeyCustody;
}

/**
 * Who has the key of a root: mgmt in its own store, a Vault that mgmt can ask, a Vault that the agents ask by themselves, or nobody
 * here, for it came with an adopted cluster.
 */
export type KeyCustody = 'key-store' | 'vault' | 'agents' | 'foreign';

/** What the source of a mesh's roots holds, besides the roots that the mesh has: a root to rotate to, or one of no use. */
export type RootOffer = {
  /** The Secret or the issuer. */
  readonly place: string;
  /** RFC 3339. */
  readonly since: string;
} & (
  | {
      readonly kind: 'root';
      readonly fingerprint: string;
      readonly subject: string;
      readonly notBefore: string;
      readonly notAfter: string;
    }
  | { readonly kind: 'problem'; readonly code: string; readonly message: string; readonly remedy: string }
);

/**
 * The life of a root: `created` and not signing yet, `active` while it signs, `retired` when it signs nothing any more,
 * `destroyed` when its private key is gone.
 */
export type RootPhase = 'created' | 'active' | 'retired' | 'destroyed';

/** What a cluster is to the rotation. */
export type Membership =
  /** Told what the rotation asks for, and waited for. */
  | 'member'
  /** Keeps what it holds, and is not waited for. */
  | 'excluded'
  /** Brought step by step to what the others hold, and not waited for until it is there. */
  | 'returning';

/** One cluster's evidence, counted. */
export interface ClusterStatus {
  readonly name: string;
  readonly presence: 'reporting' | 'silent' | 'never-seen';
  /** RFC 3339, absent before the first report. */
  readonly lastReportAt?: string;
  /** Whether every gate passes for this cluster alone. */
  readonly verdict: Verdict;
  /** Fingerprints of the roots in the cacerts Secret. */
  readonly roots: readonly string[];
  /** Fingerprint of the root above the signer in the cacerts Secret. */
  readonly signerRoot?: string;
  readonly replicas: Tally;
  readonly namespaces: Tally;
  readonly workloads: WorkloadTally;
  readonly nudges: number;
  readonly problems: readonly { readonly code: string; readonly message: string; readonly remedy: string }[];
  readonly membership: Membership;
  /** Who made it no member, since when and why; absent for a member. */
  readonly deviation?: { readonly by: string; readonly why: string; readonly since: string };
  /** The row it was told last; absent while it has been told nothing. */
  readonly told?: { readonly step: Step; readonly generation: number };
  /** When the intermediate in its cacerts Secret expires. */
  readonly intermediateNotAfter?: string;
  /** Absent before its agent has answered, and for an agent of a version that does not answer. */
  readonly link?: LinkHealth;
}

/** How many have reached the step, of how many. */
export interface Tally {
  readonly reached: number;
  readonly total: number;
}

/** The same of workloads, and how that is known. Methods and reasons of which there are none are left out. */
export interface WorkloadTally extends Tally {
  readonly methods: Readonly<Partial<Record<EvidenceMethod, number>>>;
  /** Why proxies could not be read. */
  readonly unread: Readonly<Partial<Record<UnreadReason, number>>>;
}

/**
 * Why a proxy could not be read: the configuration of the agent says not to; the cluster lets it not; the proxy did not
 * answer; it answered with nothing that can be read; for a reason that this version does not know.
 */
export type UnreadReason = 'not-asked' | 'forbidden' | 'unreachable' | 'unsupported' | 'unknown';

/** The rotation under way or the last one. */
export interface RotationStatus {
  readonly id: string;
  readonly strategy: Strategy;
  readonly verification: Verification;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly oldRoot: string;
  readonly newRoot: string;
  /** Whether whoever started it may approve its steps. */
  readonly approvals: 'anybody' | 'another-person';
  /** Absent for a usual rotation. */
  readonly emergency?: EmergencyStatus;
  /** What clusters held before that come from elsewhere, by name; absent where nobody does. */
  readonly origins?: Readonly<Record<string, { readonly roots: readonly string[]; readonly signer: string }>>;
}

/** How far a step has been given to the clusters. */
export interface WaveStatus {
  /** 0 before the first wave of the step. */
  readonly index: number;
  /** Clusters that were told the step, of all members. */
  readonly released: Tally;
  readonly releasedAt: string;
  /** Since when the wave is proven and soaks; absent while it does not. */
  readonly provenAt?: string;
}

/** Something that needs an eye long before it needs a hand. */
export interface Alarm {
  readonly severity: 'warning' | 'critical';
  /** Stable CamelCase code. */
  readonly reason: string;
  readonly message: string;
  readonly cluster?: string;
}

/** One kind of drift in one cluster; docs/drift.md says what each is. */
export interface DriftStatus {
  readonly cluster: string;
  readonly kind: 'secret' | 'replica' | 'namespace' | 'workload' | 'foreign-root';
  /** The first place. */
  readonly place: string;
  /** How many places there are. */
  readonly count: number;
  readonly message: string;
  /** RFC 3339. */
  readonly since: string;
}

/** GET /v1/meshes/:mesh */
export interface MeshStatus {
  readonly mesh: string;
  readonly state: State;
  /** The row of the table in force; while VERIFYING, the step being verified. */
  readonly step: Step;
  readonly direction: 'forward' | 'back';
  readonly generation: number;
  readonly term: number;
  readonly enteredAt: string;
  readonly trustDomain: string;
  readonly roots: readonly RootStatus[];
  readonly rootOffer?: RootOffer;
  readonly rotation?: RotationStatus;
  /** Absent where no step is being verified automatically. */
  readonly verification?: VerificationStatus;
  /** How many pairs of members accept each other's leaves; absent from an mgmt that compares none. */
  readonly matrix?: TrustCounts;
  readonly wave: WaveStatus;
  readonly verdict: Verdict;
  readonly alarms: readonly Alarm[];
  /** What clusters hold that they should not while no rotation is under way, the oldest first; absent where there is none. */
  readonly drift?: readonly DriftStatus[];
  readonly clusters: readonly ClusterStatus[];
}

/** One entry of GET /v1/meshes/:mesh/history, oldest first; the seed's CertificateRotationCondition. */
export interface Condition {
  readonly timestamp: string;
  readonly state: State;
  readonly step: Step;
  readonly rotationId?: string;
  readonly generation: number;
  readonly message: string;
  readonly errors: readonly string[];
}

/** POST /v1/meshes/:mesh/rotations; answered with MeshStatus and 201. */
export interface StartRotationRequest {
  /** Who asks; the name that the credentials of the request give counts for more, and then it may be left out. */
  readonly by: string;
  /** Defaults to the policy of the mesh's spec. */
  readonly strategy?: Strategy;
  readonly verification?: Verification;
  /** Fingerprint of a root that the mesh knows; without it a new one is made, or taken from the mesh's source. The root in force, or the one that is being rotated to, changes nothing. */
  readonly targetRoot?: string;
  /** Without soak, waves, windows or overlap, once another person has approved it; verification is `none` unless asked for. */
  readonly emergency?: EmergencyRequest;
  /** Starts it although these checks of preflight fail. */
  readonly overrides?: readonly PreflightOverride[];
}

/** POST /v1/meshes/:mesh/abort; answered with MeshStatus and 200. */
export interface AbortRequest extends OperatorAct {
  readonly rotationId: string;
}

/** POST /v1/meshes/:mesh/clusters/:cluster/exclude and …/include; answered with MeshStatus and 200. */
export interface OperatorAct {
  /** Who acts; as `by` of StartRotationRequest. */
  readonly by: string;
  readonly why: string;
}

/** POST /v1/meshes/:mesh/verification; answered with MeshStatus and 200. */
export interface VerificationAnswer {
  readonly rotationId: string;
  readonly step: Step;
  readonly generation: number;
  readonly action: 'CONTINUE' | 'ROLLBACK';
  readonly by: string;
  readonly why: string;
}

/** How the link to the agent of a cluster stands. */
export interface LinkHealth {
  /** Whether the agent has answered lately. */
  readonly connected: boolean;
  /** When it last answered, RFC 3339. */
  readonly heardAt: string;
  /** From mgmt to the agent and back, without the time that the agent took. */
  readonly roundTripMs: number;
  /** How far the agent's clock is ahead of mgmt's; negative when it is behind. Nothing is decided by it. */
  readonly clockOffsetMs: number;
  readonly agentVersion: string;
  /** Version of the protocol that the agent speaks. */
  readonly protocol: number;
  /** By the agent's own clock. */
  readonly connectedSince: string;
  readonly reconnects: number;
  /** Which keys of mgmt the agent accepts: ids. */
  readonly mgmtKeys: readonly string[];
  readonly natsJwtExpiresAt?: string;
  /** Messages that the agent has refused since it started, by reason. */
  readonly refusedByAgent: Readonly<Record<string, number>>;
}

/** One cluster that may speak to mgmt; GET /v1/clusters lists them by name. */
export interface ClusterAccount {
  readonly name: string;
  /** The only mesh that it may belong to; absent for one of the configuration, which may belong to any. */
  readonly mesh?: string;
  /** By its public key in mgmt's configuration, or by `reroot cluster add`. */
  readonly origin: 'configured' | 'added';
  /** `expired`: its join file was not used in time. */
  readonly state: 'invited' | 'expired' | 'enrolled' | 'revoked';
  readonly addedBy?: string;
  readonly addedAt?: string;
  readonly invitationExpiresAt?: string;
  readonly enrolledAt?: string;
  readonly revoked?: { readonly by: string; readonly why: string; readonly at: string };
  /** Id of the key that its agent signs with. */
  readonly keyId?: string;
  /** What its agent was asked to change and has not yet: its keys, its name. */
  readonly changing: readonly ('credentials' | 'name')[];
  /** Absent before the agent's first answer. */
  readonly link?: LinkHealth;
  /** Messages under its name that mgmt has refused since it started, by reason. */
  readonly refusedByMgmt: Readonly<Record<string, number>>;
}

/** GET /v1/clusters */
export interface ClusterAccounts {
  readonly clusters: readonly ClusterAccount[];
  /** Ids of the keys that mgmt signs with: the present one, and the next one while it is being handed out. */
  readonly signingKeys: { readonly current: string; readonly next?: string; readonly heldByAll: boolean };
  readonly natsRevocation: NatsRevocation;
}

/**
 * How NATS keeps out whoever was revoked. `in-force`: every server does. `pending`: not every server knows of all. `by-expiry`:
 * mgmt has no right to tell the servers, and a user of its making is let in until its JWT expires. `by-hand`: mgmt makes no
 * users there, and whoever does has to shut them out. In any case mgmt itself listens to nothing that they say.
 */
export type NatsRevocation = 'in-force' | 'pending' | 'by-expiry' | 'by-hand';

/** POST /v1/clusters; answered with 201 and a JoinFile, which holds secrets. */
export interface AddClusterRequest {
  readonly name: string;
  readonly mesh: string;
  readonly by?: string;
  /** How long the join file is good; a day when left out. */
  readonly validForMs?: number;
  /** NATS credentials to put into the join file, where mgmt cannot make users of NATS itself: text of a .creds file. */
  readonly natsCredentials?: string;
  /** `again`: makes the join file of an earlier add void, and lets a revoked cluster come back. */
  readonly mode?: 'new' | 'again';
}

/** POST /v1/clusters/:cluster/rename */
export interface RenameClusterRequest extends OperatorAct {
  readonly to: string;
}

/** application/problem+json (RFC 9457) with the code of docs/errors.md. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly remedy: string;
  readonly place?: string;
}
