import type { Verdict } from '@reroot/shared/api';
import { assignmentWhenResumed } from './assignment.ts';
import type { Decision } from './decide.ts';
import { entryOf } from './entry-of.ts';
import type { ClusterEvidence, Snapshot } from './evidence.ts';
import type { Policy } from './policy.ts';
import type { RotationRecord, Transition } from './record.ts';
import { areAdjacent } from './row.ts';
import { isSilent } from './silence.ts';
import { perform } from './transition.ts';
import { meshReasons, waiting } from './verdict.ts';

/** What shows that a mesh has gone on after the record was written. */
export interface Beyond {
  readonly cluster: string;
  /** A sentence. */
  readonly message: string;
}

/** Sets a record down as one that was put back, of which nobody knows yet whether the mesh is still as it says. */
export function holdRestored(record: RotationRecord, message: string, nowMs: number): Transition {
  return perform(record, { move: 'restore' }, nowMs, { message });
}

/**
 * What becomes of a mesh whose record was restored: it goes on once every cluster that counts has reported, and none has been told more
 * than the record knows. An excluded cluster that has not reported is told nothing more: what it was told last nobody knows.
 */
export function decideRestored(
  record: RotationRecord,
  snapshot: Snapshot,
  policy: Pick<Policy, 'silentAfterMs'>,
  nowMs: number,
): Decision {
  const beyond = findBeyond(record, snapshot);
  if (beyond.length > 0) return { kind: 'wait', verdict: outdated(beyond) };
  const isUnheard = (cluster: string): boolean => {
    const evidence = snapshot.evidence.get(cluster);
    return evidence === undefined || isSilent(evidence, policy, nowMs) || evidence.secret === 'unknown';
  };
  const unheard = snapshot.clusters.filter(isUnheard).filter((cluster) => assignmentWhenResumed(record, cluster) !== undefined);
  const waitedFor = unheard.filter((cluster) => entryOf(record.deviations, cluster)?.kind !== 'excluded');
  if (waitedFor.length > 0) return { kind: 'wait', verdict: unknown(waitedFor) };
  const message = 'every cluster has shown that the restored record is not older than the mesh; it goes on';
  const transition = perform(record, { move: 'resume', unheard }, nowMs, { message });
  return { kind: 'transition', transition, verdict: waiting(meshReasons.storeRestored, message) };
}

/** The clusters that were told more than a restored record knows; none for a record that was not restored. */
export function findBeyond(record: RotationRecord, snapshot: Pick<Snapshot, 'clusters' | 'evidence'>): readonly Beyond[] {
  if (record.restored === undefined) return [];
  return snapshot.clusters.flatMap((cluster) => {
    const evidence = snapshot.evidence.get(cluster);
    const message = evidence === undefined ? undefined : beyondOf(record, cluster, evidence);
    return message === undefined ? [] : [{ cluster, message }];
  });
}

function beyondOf(record: RotationRecord, cluster: string, evidence: ClusterEvidence): string | undefined {
  const { appliedTerm, appliedGeneration, reportedGeneration = appliedGeneration, written } = evidence;
  const goal = assignmentWhenResumed(record, cluster)?.row;
  // Told nothing, it has its generations from somebody else, and may hold what it likes.
  if (goal === undefined) return undefined;
  if (reportedGeneration > record.lastGeneration) {
    const pair = `term ${appliedTerm} generation ${reportedGeneration}`;
    return `cluster ${cluster} was told ${pair}, and the restored record knows no generation beyond ${record.lastGeneration}`;
  }
  // Strategy NONE leads from a row to one that is not compatible.
  if (written === undefined || record.rotation?.strategy === 'NONE') return undefined;
  const { roots, signerRoot } = written;
  if (signerRoot !== undefined && areAdjacent({ roots, signer: signerRoot }, goal)) return undefined;
  return `cluster ${cluster} holds trust that is more than one row away from what the restored record says of it`;
}

function outdated(beyond: readonly Beyond[]): Verdict {
  const more = beyond.length === 1 ? '' : ` (and ${beyond.length - 1} more)`;
  return waiting(meshReasons.storeOutdated, `the store is older than the mesh: ${beyond[0]?.message ?? ''}${more}`);
}

function unknown(clusters: readonly string[]): Verdict {
  const more = clusters.length === 1 ? '' : ` (and ${clusters.length - 1} more)`;
  return waiting(
    meshReasons.storeRestored,
    `the store was restored, and cluster ${clusters[0] ?? ''} has not shown yet what it was told${more}`,
  );
}
