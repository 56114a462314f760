/** What verification `automatic` asks for before a step passes. */
export interface AutomaticPolicy {
  /** How long everything must stay in order after all checks have passed. */
  readonly soakMs: number;
  /** How long the checks may take to pass. */
  readonly timeoutMs: number;
  /** What becomes of a step that is not verified; one that was rolled back to is held in any case. */
  readonly onFailure: 'hold' | 'rollback';
  readonly handshakes: 'sampled' | 'all-pairs' | 'off';
  readonly negativeProof: 'where-possible' | 'required' | 'off';
  readonly pathProbes: readonly PathProbe[];
  readonly checks: readonly ExternalCheck[];
}

/** A TLS connection through a real address, such as an east-west gateway. */
export interface PathProbe {
  /** Clusters whose agents make it; none means every one. */
  readonly clusters: readonly string[];
  /** host:port. */
  readonly address: string;
  /** Name to ask for (SNI). */
  readonly serverName: string;
}

/** What another system is asked. */
export type ExternalCheck = WebhookCheck | PrometheusCheck;

/** An HTTP endpoint that is told of the step and says pass or fail. */
export interface WebhookCheck {
  readonly kind: 'webhook';
  /** Names the check in verdicts. */
  readonly name: string;
  readonly url: string;
  /** How long one answer may take. */
  readonly timeoutMs: number;
}

/** A query that gives one number, and the limit that it must keep. */
export interface PrometheusCheck {
  readonly kind: 'prometheus';
  readonly name: string;
  /** Above `/api/v1/query`. */
  readonly url: string;
  readonly query: string;
  readonly limit: PrometheusLimit;
  /** For how long the value must keep the limit; 0 means that one look suffices. */
  readonly forMs: number;
  readonly noData: 'fail' | 'pass';
}

/** The highest value that passes, or what is made of the value at the start of the rotation. */
export type PrometheusLimit =
  | { readonly kind: 'max'; readonly max: number }
  | { readonly kind: 'baseline'; readonly ratio: number; readonly tolerance: number };

/** Names of mgmt's own checks, which no check of another system may have. */
export const ownCheckNames = ['evidence', 'matrix', 'handshakes', 'negative-proof', 'path-probes'] as const;

/** What `verification: {automatic: {}}` means. */
export const defaultAutomaticPolicy: AutomaticPolicy = {
  soakMs: 0,
  timeoutMs: 600_000,
  onFailure: 'hold',
  handshakes: 'sampled',
  negativeProof: 'where-possible',
  pathProbes: [],
  checks: [],
};
