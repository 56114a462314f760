import type { Problem } from '@reroot/shared/protocol';
import type { CaSecret, Replica } from '../cluster/cluster.ts';
import { makeProblem } from '../problem.ts';

/**
 * The replicas that must be restarted because they run since before the files of the Secret last changed, or since before
 * there was a `cacerts`: an istiod that began with a CA of its own making watches none.
 */
export function findRestartsDue<Each extends Pick<Replica, 'startedAtMs'>>(
  { annotations }: Pick<CaSecret, 'annotations'>,
  replicas: readonly Each[],
): Each[] {
  if (annotations === undefined || annotations.replicaRestart === 'never') return [];
  const { replicaRestart, filesWrittenAtMs, pluggedInAtMs = 0 } = annotations;
  const sinceMs = replicaRestart === 'always' ? filesWrittenAtMs : pluggedInAtMs;
  return replicas.filter(({ startedAtMs }) => startedAtMs < sinceMs);
}

/** What is said of such a replica. */
export function notRestarted(replica: string): Problem {
  return makeProblem('RR_REPLICA_NOT_RESTARTED', `replica ${replica} runs since before the cacerts Secret was written`);
}
