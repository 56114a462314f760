import { assignmentOf, memberAssignmentOf } from './assignment.ts';
import type { Snapshot } from './evidence.ts';
import { hasLoaded, holdsRow, isProven, trustsRow } from './holds-row.ts';
import type { RotationRecord } from './record.ts';

/** How far the evidence of a cluster goes, each level on top of the ones before. */
export const evidenceLevels = ['none', 'written', 'loaded', 'published', 'held'] as const;

/** One of them. */
export type EvidenceLevel = (typeof evidenceLevels)[number];

/**
 * The highest level up to which everything that a cluster has reported shows the row that it is told. Pure. What it reports of an earlier
 * generation shows nothing of this one; unlike the gates it forgives silence and problems, which other numbers tell.
 */
export function evidenceLevelOf(
  record: RotationRecord,
  cluster: string,
  { evidence: all }: Pick<Snapshot, 'evidence'>,
): EvidenceLevel {
  const { row, generation } = assignmentOf(record, cluster) ?? memberAssignmentOf(record, cluster);
  const evidence = all.get(cluster);
  if (evidence === undefined || evidence.appliedGeneration !== generation) return 'none';
  const { written, replicas, namespaces, workloads } = evidence;
  if (!holdsRow(written, row)) return 'none';
  const loaded = replicas.length > 0 && replicas.every((each) => hasLoaded(each, written) && holdsRow(each.holding, row));
  if (!loaded) return 'written';
  if (namespaces?.every(({ holding }) => trustsRow(holding, row)) !== true) return 'loaded';
  return workloads?.every((each) => isProven(each) && holdsRow(each.holding, row)) === true ? 'held' : 'published';
}
