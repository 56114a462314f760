import type { KeyAlgorithm } from '../pki/index.ts';
import type { Task, TaskResult } from './task-message.ts';
import type { IntermediateSource } from './vault-access.ts';

/** A row of the rotation table: what clusters hold while it is in force. `docs/architecture.md` has the table. */
export type Step = 'PREVIOUS_CA' | 'ADDING_NEW_ROOT' | 'PROPAGATING_NEW_INTERMEDIATE' | 'DELETING_OLD_ROOT';

/** What one cluster shall hold; proto/reroot/v1/agent.proto says what each field means. */
export interface DesiredTrust {
  readonly rotationId: string;
  readonly step: Step;
  /** DER, oldest first. */
  readonly roots: readonly Uint8Array[];
  /** Fingerprint of the one of `roots` that the cluster's intermediate must chain to. */
  readonly signerRoot: string;
  readonly intermediate: IntermediateOptions;
  readonly nudge: Nudge;
  readonly replicaRestart: ReplicaRestart;
  readonly workloadRestart: WorkloadRestart;
  readonly trustDomain: string;
  readonly passage: Passage;
  readonly intermediateSource: IntermediateSource;
  /** `kept`: the signer stands in the cluster, or stood there before, and nobody could issue another. Absent: one is obtained. */
  readonly signer?: 'kept';
  /** `report`: files that somebody else has changed stay, and are reported. Absent: they are written anew. */
  readonly drift?: 'report';
}

/** How a cluster's intermediate is made. */
export interface IntermediateOptions {
  readonly keyAlgorithm: KeyAlgorithm;
  readonly organization: string;
  readonly ttlDays: number;
  /** Share of the lifetime that is left when it is renewed under the same root, below 1; 0 for a fifth. */
  readonly graceRatio: number;
}

/**
 * When the agent changes the bytes of the bundle, not its roots, so that every proxy asks for a new certificate:
 * `laggards` only while a workload lags behind although every replica has loaded; `when-loaded` once as soon as every
 * replica has loaded, then while a workload lags behind.
 */
export type Nudge = 'laggards' | 'when-loaded';

/**
 * Which replicas the agent restarts, always one at a time: none; those that refuse to load what is written; besides
 * those, each one once after each change of the Secret's files.
 */
export type ReplicaRestart = 'never' | 'when-refused' | 'always';

/**
 * Whether the agent restarts workloads that would learn of the row only with their next certificate, once every replica
 * holds it.
 */
export type WorkloadRestart = 'never' | 'when-needed';

/**
 * How the agent may go from what the cluster holds to the desired trust: `gradual` only to an adjacent row, `abrupt`
 * from whatever is held, although workloads may refuse each other meanwhile.
 */
export type Passage = 'gradual' | 'abrupt';

/** An agent's whole evidence at one moment. */
export interface Report {
  readonly appliedTerm: number;
  readonly appliedGeneration: number;
  readonly takenAtMs: number;
  readonly agentVersion: string;
  readonly clusterUid: string;
  /** Every certificate that the rest names by fingerprint, DER, each once. */
  readonly certificates: readonly Uint8Array[];
  /** Level 1; undefined when there is no cacerts Secret, and when `secret` is `unknown`. */
  readonly written: Holding | undefined;
  /** Present when the Secret could not be read: whether there is one is not known then. */
  readonly secret?: 'unknown';
  /** Level 2. */
  readonly replicas: readonly ReplicaEvidence[];
  /** Level 3; undefined when the cluster would not tell, which proves nothing. */
  readonly namespaces: readonly NamespaceEvidence[] | undefined;
  /** Level 4; undefined when the cluster would not tell. */
  readonly workloads: readonly WorkloadEvidence[] | undefined;
  /** What keeps the agent from reaching the desired trust. */
  readonly problems: readonly Problem[];
  /** How often the bundle was nudged under the applied generation. */
  readonly nudges: number;
  /** Whose the CA of the cluster is; absent where there is none, and from an agent that does not say. */
  readonly standing?: StandingCa;
}

/** Whose the CA of a cluster is, and whether the agent may take it over. */
export interface StandingCa {
  /** `self-made`: istiod has made itself a root, and there is no `cacerts`. */
  readonly source: 'cacerts' | 'self-made';
  readonly owner: 'reroot' | 'other';
  /** Whether the agent takes over what reroot did not install. */
  readonly adoption: 'never' | 'allowed';
  /** Why it cannot be taken over as it is; empty where nothing objects. */
  readonly objection: string;
}

/** Trusted roots and the chain of a signer, as seen in one place. */
export interface Holding {
  /** Lower-case hex SHA-256 of the bundle's exact bytes. */
  readonly bundleSha256: string;
  /** Fingerprints of the roots in the bundle, in order, duplicates kept. */
  readonly roots: readonly string[];
  /** Fingerprints of the signing chain, the signing certificate first, without leaf and root. */
  readonly signerChain: readonly string[];
}

/** What one istiod replica proved when it was probed at its own address. */
export interface ReplicaEvidence {
  readonly replica: string;
  readonly result:
    | { readonly kind: 'holding'; readonly holding: Holding }
    | { readonly kind: 'failure'; readonly problem: Problem };
  /** ISTIO_MULTIROOT_MESH; without it a running istiod refuses every change of roots. */
  readonly multiRoot: 'on' | 'off' | 'unknown';
}

/** What one namespace's root ConfigMap holds; undefined when it is missing. */
export interface NamespaceEvidence {
  readonly namespace: string;
  readonly holding: Holding | undefined;
}

/** A group of workloads of one namespace that hold the same trust, for the same reason. */
export interface WorkloadEvidence {
  readonly namespace: string;
  /** Without roots and signer while nothing is proven. */
  readonly holding: Holding;
  readonly count: number;
  /** Names of the first ones, ten at the most. */
  readonly examples: readonly string[];
  readonly method: EvidenceMethod;
  /** Whether they take a new row as soon as it is pushed, or only with their next certificate or start. */
  readonly learns: 'pushed' | 'renewed';
  /** Why their proxies could not be read; empty where they were. */
  readonly unread: string;
}

/**
 * How the evidence about a workload was obtained: read from its proxy's own configuration; concluded from its start,
 * or from the longest life of its leaf, after every replica was proven; not at all.
 */
export type EvidenceMethod = 'proxy-config' | 'start-time' | 'leaf-lifetime' | 'none';

/** A coded problem, as in docs/errors.md. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** An agent asks for an intermediate; its private key stays in the cluster. */
export interface IssueRequest {
  /** PKCS#10, DER. */
  readonly csr: Uint8Array;
  /** Fingerprint of the root to be signed by. */
  readonly signerRoot: string;
}

/** mgmt's answer: the chain in DER, the intermediate first, without the root. */
export type IssueResponse =
  | { readonly kind: 'issued'; readonly chain: readonly Uint8Array[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * An agent shows the public halves of keys that it has just made, and asks for credentials that go with them: to enrol,
 * with the invitation of a join file, or under its present key to change its keys.
 */
export interface CredentialsRequest {
  /** Ed25519, SPKI in DER. */
  readonly publicKey: Uint8Array;
  /** Public nkey of the NATS user that the agent will be; empty where its NATS credentials are not of reroot's making. */
  readonly natsUser: string;
  /** Which invitation; empty to change keys. */
  readonly tokenId: string;
  /** `enrolmentProof` or `possessionProof`. */
  readonly proof: Uint8Array;
  readonly agentVersion: string;
}

/** mgmt's answer. */
export type CredentialsResponse =
  | { readonly kind: 'granted'; readonly credentials: Credentials }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** What an agent may do from now on, and as whom. */
export interface Credentials {
  /** Fingerprint of the public key that was shown. */
  readonly keyId: string;
  /** Of the NATS user that was shown; empty where there was none. */
  readonly natsJwt: string;
  /** How often the cluster's credentials were to be changed so far. */
  readonly epoch: number;
  /** Of mgmt, SPKI in DER; at least one. */
  readonly mgmtPublicKeys: readonly Uint8Array[];
}

/** What holds between mgmt and one agent, whatever the mesh is doing. */
export interface LinkTerms {
  /** Of mgmt, SPKI in DER: those that the agent shall accept messages by from now on; at least one. */
  readonly mgmtPublicKeys: readonly Uint8Array[];
  /** An agent whose credentials are of an earlier epoch makes new keys. */
  readonly credentialsEpoch: number;
  /** The name that the cluster goes by: another than that of the subject after it was renamed. */
  readonly cluster: string;
  /** A newer one for the agent's present NATS user; empty while the one it has is good. */
  readonly natsJwt: string;
  readonly mgmtVersion: string;
  /** `protocolVersion` of mgmt. */
  readonly protocol: number;
  /** The highest of a report, a state or a result that mgmt has taken of the agent's key, which numbers above it. 0 where it has taken none. */
  readonly heardSequence: number;
}

/** How the link stands, as the agent sees it. Answers each LinkTerms at once. */
export interface LinkState {
  /** Sequence of the LinkTerms that this answers, and when it came by the agent's clock; 0 when nothing was heard yet. */
  readonly heardSequence: number;
  readonly heardAtMs: number;
  readonly agentVersion: string;
  /** `protocolVersion` of the agent. */
  readonly protocol: number;
  /** Ids of the keys of mgmt whose messages the agent accepts. */
  readonly mgmtKeys: readonly string[];
  readonly credentialsEpoch: number;
  /** By the agent's own clock. */
  readonly connectedSinceMs: number;
  /** How often it has had to connect again since it started. */
  readonly reconnects: number;
  /** Messages that the agent has refused since it started. */
  readonly refusals: readonly RefusalCount[];
  /** When the JWT of its NATS user expires; 0 for never or none. */
  readonly natsJwtExpiresAtMs: number;
  readonly clusterUid: string;
}

/** How many messages were refused for one reason, a code of docs/errors.md. */
export interface RefusalCount {
  readonly reason: string;
  readonly count: number;
}

/** Everything that travels on the bus. */
export type Message =
  | { readonly kind: 'desired-trust'; readonly body: DesiredTrust }
  | { readonly kind: 'report'; readonly body: Report }
  | { readonly kind: 'issue-request'; readonly body: IssueRequest }
  | { readonly kind: 'issue-response'; readonly body: IssueResponse }
  | { readonly kind: 'credentials-request'; readonly body: CredentialsRequest }
  | { readonly kind: 'credentials-response'; readonly body: CredentialsResponse }
  | { readonly kind: 'link-terms'; readonly body: LinkTerms }
  | { readonly kind: 'link-state'; readonly body: LinkState }
  | { readonly kind: 'task'; readonly body: Task }
  | { readonly kind: 'task-result'; readonly body: TaskResult };
