import { assignmentOf } from './assignment.ts';
import type { ClusterEvidence, Snapshot } from './evidence.ts';
import type { RotationRecord } from './record.ts';

/** What the agent says is wrong, as the end of a sentence; empty when it says nothing. */
export function problemsOf({ problems }: ClusterEvidence): string {
  return problems.length === 0 ? '' : `; the agent says: ${problems.map(({ code, message }) => `${code} ${message}`).join('; ')}`;
}

/**
 * The last report of a cluster, without what is no problem of it: one that is told nothing, as one that waits to be adopted, cannot
 * report the term of this mgmt, and no backup is to be restored for that. Undefined where it never reported.
 */
export function reportOf(
  record: RotationRecord,
  cluster: string,
  { evidence }: Pick<Snapshot, 'evidence'>,
): ClusterEvidence | undefined {
  const report = evidence.get(cluster);
  if (report === undefined || assignmentOf(record, cluster) !== undefined) return report;
  return { ...report, problems: report.problems.filter(({ code }) => code !== 'RR_REPORT_OTHER_TERM') };
}
