/** What the evidence of one pass says about the Secret as it is written now. */
export interface Proof {
  readonly replicas: readonly ReplicaProof[];
  /**
   * `lagging` when a workload that holds a leaf trusts other roots than desired, or holds a leaf of another root;
   * `unknown` when the cluster would not tell, which is no reason to nudge and proves nothing.
   */
  readonly workloads: 'reached' | 'lagging' | 'unknown';
}

/**
 * One replica against the written Secret: `loaded` when its bundle is the same bytes and its signer the same
 * certificate, `differs` when it proved to hold something else, `unproven` when its probe failed.
 */
export interface ReplicaProof {
  readonly name: string;
  readonly startedAtMs: number;
  readonly state: 'loaded' | 'differs' | 'unproven';
}

/** Whether there are replicas and every one has loaded. */
export function allLoaded({ replicas }: Proof): boolean {
  return replicas.length > 0 && replicas.every(({ state }) => state === 'loaded');
}
