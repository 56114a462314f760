/** Asks for the facts that `reroot preflight` goes by. */
export interface InspectRequest {
  /** Names of the facts that are wanted; all of them when there is none. */
  readonly facts: readonly string[];
}

/**
 * What a cluster is like, as its agent sees it when it is asked: what preflight judges by. Unlike a report it is asked for, and
 * nothing of a rotation waits for it.
 */
export interface Inspection {
  readonly agentVersion: string;
  /** Agent's clock, milliseconds since the Unix epoch. */
  readonly takenAtMs: number;
  readonly istiods: Fact<readonly InspectedIstiod[]>;
  readonly proxies: Fact<readonly InspectedProxies[]>;
  /** One for each namespace of istiod. */
  readonly caFiles: Fact<readonly InspectedCaFiles[]>;
  readonly webhooks: Fact<readonly InspectedWebhook[]>;
  /** How many roots `meshConfig.caCertificates` names. */
  readonly meshRoots: Fact<number>;
  /** WorkloadEntries: workloads outside of the cluster, such as virtual machines. */
  readonly outsideWorkloads: Fact<number>;
  readonly budgets: Fact<readonly InspectedBudget[]>;
  readonly rights: Fact<readonly InspectedRight[]>;
  /** Where the agent looks for published roots, as it is configured. */
  readonly rootsReadFrom: Fact<TrustBundleKind>;
}

/** Something that was read, or why it could not be. */
export type Fact<T> =
  | { readonly kind: 'known'; readonly value: T }
  /** As the end of a sentence that begins with "unknown because". */
  | { readonly kind: 'unknown'; readonly why: string };

/** The facts of an inspection, by name. */
export type FactName = Exclude<keyof Inspection, 'agentVersion' | 'takenAtMs'>;

export type TrustBundleKind = 'config-map' | 'cluster-trust-bundle';

/** A switch of a pod; `unknown` where the pod takes it from another object. */
export type Switch = 'on' | 'off' | 'unknown';

/** One replica of istiod, as its pod says. */
export interface InspectedIstiod {
  readonly name: string;
  /** Empty where nothing says it. */
  readonly version: string;
  /** `default` where istiod has none. */
  readonly revision: string;
  readonly startedAtMs: number;
  /** ISTIO_MULTIROOT_MESH */
  readonly multiRoot: Switch;
  /** ENABLE_CLUSTER_TRUST_BUNDLE_API */
  readonly trustBundles: Switch;
  /** PILOT_CA_CERT_CONFIGMAP, or its default. */
  readonly rootConfigMap: string;
  /** MAX_WORKLOAD_CERT_TTL, or its default. */
  readonly longestLeafMs: number;
  /** Who signs in the place of istiod: EXTERNAL_CA, or where CA_ADDR leads to; empty for istiod itself. */
  readonly externalCa: string;
  /** Variables that could not be read: what is made of them above says what is the case by default. */
  readonly unread: readonly string[];
}

/** Proxies that are alike. */
export interface InspectedProxies {
  readonly role: 'sidecar' | 'gateway' | 'waypoint' | 'ztunnel';
  /** Of its image; empty where that does not say. */
  readonly version: string;
  /** Whether it asks for bundles: PROXY_CONFIG_XDS_AGENT. */
  readonly learns: 'pushed' | 'renewed';
  /** SECRET_TTL, or its default; the longest that istiod signs for by default where it could not be read. */
  readonly leafLifetimeMs: number;
  /**
   * Where it has its certificates from. `provisioned`: it shows istiod a certificate of its own instead of a token (PROV_CERT).
   * `files`: FILE_MOUNTED_CERTS. `external-sds`: another agent on the node, such as SPIRE's.
   */
  readonly certificates: 'istiod' | 'provisioned' | 'files' | 'external-sds';
  /** Variables that could not be read: what is made of them above says what is the case by default. */
  readonly unread: readonly string[];
  readonly count: number;
  /** Names of the first ones, with their namespaces. */
  readonly examples: readonly string[];
}

/** The Secret that istiod has its CA from, judged by the rules of docs/pki-check.md without a key leaving the cluster. */
export interface InspectedCaFiles {
  readonly namespace: string;
  readonly secret: 'cacerts' | 'istio-ca-secret' | 'none';
  /** Keys of the Secret, and how large what they hold is. */
  readonly keys: readonly { readonly name: string; readonly bytes: number }[];
  readonly findings: readonly InspectedFinding[];
}

/** What a rule of docs/pki-check.md has found. */
export interface InspectedFinding {
  readonly rule: string;
  readonly verdict: 'refuses' | 'breaks' | 'warns' | 'ok';
  readonly message: string;
}

/** A webhook configuration that carries the roots of istiod; it was read twice. */
export interface InspectedWebhook {
  readonly name: string;
  readonly kind: 'mutating' | 'validating';
  /** Whether each caBundle holds the roots that istiod has. */
  readonly bundle: 'equal' | 'differs' | 'missing' | 'unknown';
  /** Whether it was written between the two looks. */
  readonly written: 'never' | 'meanwhile';
}

/** A PodDisruptionBudget of istiod or of a gateway. */
export interface InspectedBudget {
  readonly name: string;
  readonly namespace: string;
  readonly guards: 'istiod' | 'gateway';
  /** How many pods may be taken away now. */
  readonly allowed: number;
}

/** One right of docs/rbac.md, as the API server answers. */
export interface InspectedRight {
  /** `VERB RESOURCE`, with `in NAMESPACE` and a name where it is limited to them. */
  readonly right: string;
  readonly need: 'needed' | 'optional';
  readonly allowed: Fact<'yes' | 'no'>;
}

/** A fact that was read. */
export function known<T>(value: T): Fact<T> {
  return { kind: 'known', value };
}

/** A fact that could not be read. */
export function unknown(why: string): Fact<never> {
  return { kind: 'unknown', why };
}
