import type { ReplicaRestart } from '@reroot/shared/protocol';
import type { ClusterEvent } from './cluster-event.ts';

/**
 * The port to one cluster: all that an agent reads from and writes to it. The Kubernetes adapter and the
 * simulator's clusters stand behind it, and `cluster-contract.ts` is run against each.
 *
 * Every method may reject with a RerootError (RR_CLUSTER_UNREACHABLE when the cluster does not answer), and with
 * the signal's reason when it aborts.
 */
export interface Cluster {
  readonly name: string;

  /** An identifier that changes when the cluster is rebuilt under the same name (UID of kube-system). */
  readUid(signal: AbortSignal): Promise<string>;

  /** The `cacerts` Secret, or undefined when there is none. */
  readCaSecret(signal: AbortSignal): Promise<CaSecret | undefined>;

  /**
   * What signed in this cluster before and is there still: the CA that istiod once made itself, what stood in a `cacerts` that
   * somebody else wrote, and each signer that was written as one to be kept. What is not there is left out.
   */
  readFormerCas(signal: AbortSignal): Promise<readonly CaFiles[]>;

  /**
   * Writes all four keys, `ca-crl.pem` where the content has it, and the annotations in one atomic request; takes every other
   * key away.
   * @param expectedVersion version that was read, or undefined when there was no Secret
   * @returns the Secret as read back after the write
   * @throws RR_CLUSTER_CONFLICT when the Secret has changed since, RR_SIGNER_BACKUPS_FULL when there is no room to keep its signer;
   *   nothing is written then
   */
  writeCaSecret(content: CaSecretContent, expectedVersion: string | undefined, signal: AbortSignal): Promise<CaSecret>;

  /** istiod's replicas that exist now, ready or not, in a stable order. */
  listReplicas(signal: AbortSignal): Promise<readonly Replica[]>;

  /**
   * Asks one replica, at its own address, to sign a certificate request
   * (istio.v1.auth.IstioCertificateService/CreateCertificate).
   * @param csrPem PKCS#10 in PEM
   * @returns its cert_chain: the leaf, then the certificates of cert-chain.pem one by one; the last element is the
   *   replica's whole root bundle, unsplit
   * @throws RR_REPLICA_UNREACHABLE when it does not answer
   */
  probeReplica(replica: string, csrPem: string, signal: AbortSignal): Promise<readonly string[]>;

  /**
   * Restarts one replica, or all that its owner rolls together; resolves when the restart has been asked for. While one
   * is under way already, nothing more is asked for.
   */
  restartReplica(replica: string, signal: AbortSignal): Promise<void>;

  /** Asks the cluster to bring a changed Secret to the replicas' volumes soon, rather than within a minute. */
  refreshVolumes(signal: AbortSignal): Promise<void>;

  /** Each namespace that istiod manages, with the bundle its root ConfigMap holds. */
  listNamespaceTrust(signal: AbortSignal): Promise<readonly NamespaceTrust[]>;

  /** Each workload of the mesh, with what its proxy holds where that can be read. */
  listWorkloads(signal: AbortSignal): Promise<readonly Workload[]>;

  /** How the rollouts of these owners stand, in the order asked for; those that do not exist are left out. */
  listRollouts(owners: readonly Owner[], signal: AbortSignal): Promise<readonly Rollout[]>;

  /**
   * Starts a rolling restart of all pods of an owner, within what the owner lets be unavailable; resolves when it has
   * been asked for. Never deletes a pod.
   */
  restartOwner(owner: Owner, signal: AbortSignal): Promise<void>;

  /**
   * Tells whoever looks at the cluster what happened in it; resolves when it stands there. A cluster may forget it after a while,
   * and takes a repetition of what it has forgotten for a new event.
   */
  recordEvent(event: ClusterEvent, signal: AbortSignal): Promise<void>;

  /**
   * Calls `onChange` soon after anything that the methods above read has changed; may call it without a change.
   * Resolves when the signal aborts, never rejects: an adapter reconnects by itself.
   */
  watch(onChange: () => void, signal: AbortSignal): Promise<void>;
}

/** What is written to `cacerts`. */
export interface CaSecretContent extends CaFiles {
  readonly annotations: CaAnnotations;
  /** `kept`: nobody can issue this signer anew, so `readFormerCas` must give it once another one has taken its place. */
  readonly signer?: 'kept' | undefined;
}

/** What istiod reads, in Istio's own file names (security/pkg/pki/ca/ca.go). */
export interface CaFiles {
  /** `ca-cert.pem`: the signing certificate. */
  readonly caCert: string;
  /** `ca-key.pem`: its private key, PKCS#8. Never logged, never reported. */
  readonly caKey: string;
  /** `cert-chain.pem`: the signing certificate and what stands above it, without the root. */
  readonly certChain: string;
  /** `root-cert.pem`: the root bundle, exact bytes. */
  readonly rootCert: string;
  /**
   * `ca-crl.pem`: revocation lists that somebody has put beside the CA, exact bytes. Absent where there are none, where the file
   * is empty, and where istiod does not look at it.
   */
  readonly crl?: string | undefined;
}

/** What reroot remembers about the Secret, in annotations beside the files: it must outlive the agent. */
export interface CaAnnotations {
  /** What was last accepted. */
  readonly accepted: AcceptedRow;
  /** When the files last changed, by the agent's clock; a nudge changes none of them. */
  readonly filesWrittenAtMs: number;
  /** Which replicas are restarted after that. */
  readonly replicaRestart: ReplicaRestart;
  /**
   * Exact bytes of `root-cert.pem` from before they last changed, by a nudge too: late replicas may hold them still.
   * Absent before the first change, and when they are too large for an annotation.
   */
  readonly formerRootCert?: string | undefined;
  /**
   * Since when every replica has been proven to hold the files, by the agent's clock: what starts later holds them too.
   * Absent until somebody needs to know it; gone with the next change of the files, while a nudge leaves it.
   */
  readonly provenAtMs?: number | undefined;
  /**
   * When `cacerts` first took the place of a CA that istiod had made itself, by the agent's clock: a replica that runs since
   * before does not look at it, and must be restarted once.
   */
  readonly pluggedInAtMs?: number | undefined;
}

/** Term and generation of the desired trust that a Secret was written for. */
export interface AcceptedTrust {
  readonly term: number;
  readonly generation: number;
}

/** The same, and what was desired under that pair. */
export interface AcceptedRow extends AcceptedTrust {
  /** From `digestRow`: the same pair must never stand for two rows. */
  readonly rowDigest: string;
}

/** The CA that istiod is given, as it stands in the cluster. */
export interface CaSecret extends CaFiles {
  /**
   * `istio-ca-secret`: there is no `cacerts` Secret, and istiod has made itself a root. That Secret is never written: to
   * take its place, `cacerts` is created.
   */
  readonly source: 'cacerts' | 'istio-ca-secret';
  /** Changes with each write (resourceVersion). */
  readonly version: string;
  /** Who wrote it; reroot overwrites only its own, unless adoption is asked for. */
  readonly owner: 'reroot' | 'other';
  /** Who has changed the files since reroot wrote them; empty when nobody has. */
  readonly editedBy: readonly string[];
  /** Further namespaces of istiod whose Secret differs from this one; writing brings them along. */
  readonly staleCopies: readonly string[];
  /** Undefined when reroot has not written it. */
  readonly annotations: CaAnnotations | undefined;
  /** Why it cannot be written over, where that is known without trying. */
  readonly unchangeable?: string | undefined;
}

/** One istiod pod. */
export interface Replica {
  /** Name of the pod. */
  readonly name: string;
  /**
   * Changes when the process is started anew. It is compared with `filesWrittenAtMs`: one that was started because
   * `restartReplica` asked for it has a start that is no earlier than that, by the clock of who asked, unless that is seconds
   * ahead of the cluster's. Of one that was started for another reason, or after such a clock, the time may be cut to whole
   * seconds, which is early, and by the clock of its node; that costs one
   * more restart at the worst.
   */
  readonly startedAtMs: number;
  /** ISTIO_MULTIROOT_MESH, as the pod says: without it a running istiod refuses every change of roots. */
  readonly multiRoot: 'on' | 'off' | 'unknown';
}

/** What one namespace's root ConfigMap (`istio-ca-root-cert`) holds. */
export interface NamespaceTrust {
  readonly namespace: string;
  /** Exact bytes as text, or undefined when the ConfigMap is missing. */
  readonly rootCert: string | undefined;
}

/** One workload of the mesh: a pod with a proxy, or a proxy for many pods. */
export interface Workload {
  readonly namespace: string;
  readonly name: string;
  readonly role: ProxyRole;
  /** When its proxy was started; as with replicas, cut to whole seconds at the worst. */
  readonly startedAtMs: number;
  /** What makes its pods anew; undefined for a pod that nothing owns. */
  readonly owner: Owner | undefined;
  /**
   * `pushed`: as soon as the bytes of the bundle change (PROXY_CONFIG_XDS_AGENT). `renewed`: only with its next
   * certificate, or when it is started anew.
   */
  readonly learns: 'pushed' | 'renewed';
  /** How long its leaves live at the most (SECRET_TTL). */
  readonly leafLifetimeMs: number;
  /** When it will be gone at the latest, where it is being deleted; it holds what it holds until then. */
  readonly endsAtMs?: number | undefined;
  readonly reading: ProxyReading;
}

export type ProxyRole = 'sidecar' | 'gateway' | 'waypoint' | 'ztunnel';

/** What a proxy holds now, or why it cannot be looked into. */
export type ProxyReading =
  | {
      readonly kind: 'read';
      /** PEM: its leaf and the chain it sends. Empty while it holds none. */
      readonly certChain: string;
      /** PEM: the roots it accepts peers from (`ROOTCA`). */
      readonly rootCert: string;
    }
  | { readonly kind: 'unread'; readonly why: UnreadReason };

/**
 * `not-asked`: the configuration of the agent says not to. `forbidden`: the cluster lets the agent not. `unreachable`:
 * the proxy did not answer. `unsupported`: it answered with nothing that can be read, or has its certificates from elsewhere
 * than istiod, so that nothing can be concluded of it either.
 */
export type UnreadReason = 'not-asked' | 'forbidden' | 'unreachable' | 'unsupported';

/** What makes pods: named by kind, namespace and name. */
export interface Owner {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly namespace: string;
  readonly name: string;
}

/** How the pods of an owner stand. */
export interface Rollout {
  readonly owner: Owner;
  /**
   * `rolling`: pods are being replaced. `unhealthy`: none are, or no longer, and some are not ready. `unsupported`: all are
   * ready, and a restart would not replace all of them.
   */
  readonly state: 'steady' | 'rolling' | 'unhealthy' | 'unsupported';
  /** A PodDisruptionBudget of its pods that bears no disruption now, where a rollout would take pods away before it adds any. */
  readonly blockedBy: string | undefined;
}
