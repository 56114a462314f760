/** What the evidence of one pass says about the Secret as it is written now. */
export interface Proof {
  readonly replicas: readonly ReplicaProof[];
  readonly workloads: WorkloadsProof;
  /**
   * `needed` when a workload cannot be read, or lags behind until its next certificate or start: then its start tells what
   * it holds, and whether starting it anew would help.
   */
  readonly moment: 'needed' | 'not-needed';
}

/**
 * Workloads lag behind that hold a leaf and trust other roots than desired, or hold a leaf of another root, or of which
 * nothing is known. `lagging`: one was seen to lag that learns by pushes. `unseen`: one that learns by pushes cannot be
 * read, and none was seen to lag. `deaf`: those that lag learn with their next certificate or start alone. `unknown`: the
 * cluster would not tell, which is no reason to nudge and proves nothing.
 */
export type WorkloadsProof = 'reached' | 'lagging' | 'unseen' | 'deaf' | 'unknown';

/**
 * One replica against the written Secret: `loaded` when its bundle is the same bytes and its signer the same
 * certificate, `behind` when the certificates are the same and the bytes are not, as before a nudge has come, `differs` when
 * it proved to hold something else, `unproven` when its probe failed.
 */
export interface ReplicaProof {
  readonly name: string;
  readonly startedAtMs: number;
  readonly state: 'loaded' | 'behind' | 'differs' | 'unproven';
}

/** Whether there are replicas and every one has loaded. */
export function allLoaded({ replicas }: Proof): boolean {
  return replicas.length > 0 && replicas.every(({ state }) => state === 'loaded');
}

/** Whether a replica proved to hold other bytes than the Secret's. */
export function holdsOther({ state }: Pick<ReplicaProof, 'state'>): boolean {
  return state === 'differs' || state === 'behind';
}
