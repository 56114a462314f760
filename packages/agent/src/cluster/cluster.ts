import type { ReplicaRestart } from '@reroot/shared/protocol';

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
   * Writes all four keys and the annotations in one atomic request.
   * @param expectedVersion version that was read, or undefined when there was no Secret
   * @returns the Secret as read back after the write
   * @throws RR_CLUSTER_CONFLICT when the Secret has changed since; nothing is written then
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

  /** Restarts one replica; resolves when the restart has been asked for. */
  restartReplica(replica: string, signal: AbortSignal): Promise<void>;

  /** Asks the cluster to bring a changed Secret to the replicas' volumes soon, rather than within a minute. */
  refreshVolumes(signal: AbortSignal): Promise<void>;

  /** Each namespace that istiod manages, with the bundle its root ConfigMap holds. */
  listNamespaceTrust(signal: AbortSignal): Promise<readonly NamespaceTrust[]>;

  /** Each workload of the mesh, with what its proxy holds. */
  listWorkloads(signal: AbortSignal): Promise<readonly Workload[]>;

  /**
   * Calls `onChange` soon after anything that the methods above read has changed; may call it without a change.
   * Resolves when the signal aborts, never rejects: an adapter reconnects by itself.
   */
  watch(onChange: () => void, signal: AbortSignal): Promise<void>;
}

/** What is written to `cacerts`. */
export interface CaSecretContent extends CaFiles {
  readonly annotations: CaAnnotations;
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

/** The `cacerts` Secret as it stands in the cluster. */
export interface CaSecret extends CaFiles {
  /** Changes with each write (resourceVersion). */
  readonly version: string;
  /** Who wrote it; reroot overwrites only its own. */
  readonly owner: 'reroot' | 'other';
  /** Undefined when reroot has not written it. */
  readonly annotations: CaAnnotations | undefined;
}

/** One istiod pod. */
export interface Replica {
  /** Name of the pod. */
  readonly name: string;
  /**
   * Changes when the process is started anew. It is compared with `filesWrittenAtMs`, so the clocks of the nodes and of
   * the agent must agree to within the time that a pod takes to start. A time that is cut to whole seconds is early,
   * and costs one more restart at the worst.
   */
  readonly startedAtMs: number;
}

/** What one namespace's root ConfigMap (`istio-ca-root-cert`) holds. */
export interface NamespaceTrust {
  readonly namespace: string;
  /** Exact bytes as text, or undefined when the ConfigMap is missing. */
  readonly rootCert: string | undefined;
}

/** What one workload's proxy holds now. */
export interface Workload {
  readonly namespace: string;
  readonly name: string;
  /** PEM: its leaf and the chain it sends. Empty while it holds none. */
  readonly certChain: string;
  /** PEM: the roots it accepts peers from (`ROOTCA`). */
  readonly rootCert: string;
}
