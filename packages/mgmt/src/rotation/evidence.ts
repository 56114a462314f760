import type { UnreadReason } from '@reroot/shared/api';
import type { Certificate } from '@reroot/shared/pki';
import type { EvidenceMethod, StandingCa } from '@reroot/shared/protocol';
import type { Links } from './link.ts';
import type { VerificationFacts } from './verification-facts.ts';

/** What is known of every cluster of the mesh at one moment. */
export interface Snapshot {
  /** Names of the clusters that belong to the mesh. */
  readonly clusters: readonly string[];
  /** The last report of each cluster that ever sent one. */
  readonly evidence: ReadonlyMap<string, ClusterEvidence>;
  /** Fingerprints of every root of the mesh that mgmt knows, and so can hand out. */
  readonly knownRoots: ReadonlySet<string>;
  /** Since when mgmt has been listening: a cluster that never reported has been silent for that long, as far as mgmt knows. */
  readonly heardSinceMs: number;
  /** Since when each cluster has reported without a silence that counts, by mgmt's clock; since ever where it is left out. A view, as the evidence is. */
  readonly steadySinceMs?: ReadonlyMap<string, number>;
  /** How the links to the agents stand, whatever they report. */
  readonly links: Links;
  /** What automatic verification has found; undefined where none has begun. */
  readonly verification?: VerificationFacts | undefined;
}

/** One cluster's last report, its signer chains resolved to roots by verifying their signatures. */
export interface ClusterEvidence {
  /** When mgmt received it, by mgmt's clock. */
  readonly receivedAtMs: number;
  /** What the cluster is called by itself, and by nobody else; empty when it did not say. */
  readonly clusterUid: string;
  /** Uid of another cluster that has reported under this name of late: two of them take turns, and no report is of both. */
  readonly namesake: string | undefined;
  readonly appliedTerm: number;
  readonly appliedGeneration: number;
  /** The generation that goes with a term which is not in force; absent where it is. */
  readonly reportedGeneration?: number;
  /** Nudges given under the applied generation. */
  readonly nudges: number;
  /** Level 1; undefined when there is no cacerts Secret, and when `secret` is `unknown`. */
  readonly written: Holding | undefined;
  /** Present when the agent could not read the Secret: that there is none must not be concluded then. */
  readonly secret?: 'unknown';
  /** Level 2. */
  readonly replicas: readonly ReplicaHolding[];
  /** Level 3; undefined when the cluster would not tell: nothing learnt is nothing proven. */
  readonly namespaces: readonly NamespaceHolding[] | undefined;
  /** Level 4; undefined when the cluster would not tell. */
  readonly workloads: readonly WorkloadHolding[] | undefined;
  readonly problems: readonly ReportedProblem[];
  /** Whose the CA of the cluster is; absent where there is none, and from an agent that does not say. */
  readonly standing?: StandingCa;
  /** The roots of the Secret that the mesh does not know; absent where it knows them all. */
  readonly strangers?: readonly Certificate[];
}

/** Trusted roots and the signer, as seen in one place. */
export interface Holding {
  /** SHA-256 of the bundle's exact bytes. */
  readonly bundleSha256: string;
  /** Fingerprints of the trusted roots, in any order. */
  readonly roots: readonly string[];
  /** Fingerprint of the signing certificate; undefined where nothing signs. */
  readonly signer: string | undefined;
  /** Fingerprint of the known root that the signer's chain verifies under; undefined when it does under none. */
  readonly signerRoot: string | undefined;
  /** Where no known root is above the signer: fingerprint of the self-signed CA of the report that is, if one is. */
  readonly foreignRoot?: string;
  /** Every root that the chain verifies under, known or foreign, when there are several. */
  readonly anchors?: readonly string[];
  /** When the signing certificate expires; undefined where nothing signs, and everywhere but in the Secret. */
  readonly signerNotAfterMs: number | undefined;
}

/** What one istiod replica proved; the holding is undefined when its probe failed. */
export interface ReplicaHolding {
  readonly replica: string;
  readonly holding: Holding | undefined;
  /** Why the probe failed. */
  readonly failure: string | undefined;
  /** ISTIO_MULTIROOT_MESH; without it a running istiod refuses every change of roots. */
  readonly multiRoot: 'on' | 'off' | 'unknown';
}

/** What one namespace's root ConfigMap holds; undefined when it is missing. */
export interface NamespaceHolding {
  readonly namespace: string;
  readonly holding: Holding | undefined;
}

/** Workloads of one namespace that hold the same trust, for the same reason. */
export interface WorkloadHolding {
  readonly namespace: string;
  readonly holding: Holding;
  readonly count: number;
  /** Names of the first ones. */
  readonly examples: readonly string[];
  readonly method: EvidenceMethod;
  /** Whether they take a new row as soon as it is pushed, or only with their next certificate or start. */
  readonly learns: 'pushed' | 'renewed';
  /** Why their proxies could not be read; undefined where they were. */
  readonly unread: UnreadReason | undefined;
}

/** A coded problem that the agent reported. */
export interface ReportedProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}
