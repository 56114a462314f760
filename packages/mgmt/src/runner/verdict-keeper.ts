import type { Verdict } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { sameVerdict } from '../rotation/index.ts';
import type { Store, StoredMesh } from '../store/index.ts';

/** Keeps the verdict beside the record, so that it can be read, and says since when, after a restart too. */
export interface VerdictKeeper {
  /**
   * Writes a verdict when it says something new, and not more often than once a second.
   * @throws RR_STORE_*
   */
  keep(stored: StoredMesh, verdict: Verdict): Promise<void>;
  /** The last one that was given to keep; undefined at first. */
  last(): Verdict | undefined;
}

/** Laggards come and go by the hundred while a wave is under way: the disk need not see each of them. */
const keepEveryMs = 1_000;

/** Starts with nothing given. */
export function createVerdictKeeper({
  store,
  mesh,
  term,
  clock,
}: {
  readonly store: Pick<Store, 'keepVerdict'>;
  readonly mesh: string;
  readonly term: number;
  readonly clock: Clock;
}): VerdictKeeper {
  let last: Verdict | undefined;
  let kept: { readonly revision: number; readonly verdict: Verdict; readonly atMs: number } | undefined;
  return {
    last: () => last,
    keep: async ({ revision, record, verdict: stored }, verdict) => {
      last = verdict;
      const before = kept?.revision === revision ? kept.verdict : stored?.verdict;
      if (before !== undefined && sameVerdict(before, verdict)) return;
      const nowMs = clock.now();
      if (kept?.revision === revision && nowMs - kept.atMs < keepEveryMs && nowMs >= kept.atMs) return;
      await store.keepVerdict(mesh, { term, revision }, { verdict, atMs: nowMs, generation: record.generation });
      kept = { revision, verdict, atMs: nowMs };
    },
  };
}
