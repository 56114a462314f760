import type { ClusterStatus } from '@reroot/shared/api';
import {
  assignmentOf,
  type ClusterEvidence,
  entryOf,
  isSilent,
  judgeCluster,
  memberAssignmentOf,
  type Policy,
  quarantineOf,
  type RotationRecord,
  reportOf,
  tallyCluster,
} from '../rotation/index.ts';
import type { MeshMoment } from '../runner/index.ts';
import { describeLink } from './describe-link.ts';

/** What the API says of one cluster: what it was told, and the evidence of what it holds. Pure. */
export function describeCluster(cluster: string, { view, snapshot, policy, nowMs }: MeshMoment): ClusterStatus {
  const { record } = view.stored;
  const evidence = reportOf(record, cluster, snapshot);
  const { row } = assignmentOf(record, cluster) ?? memberAssignmentOf(record, cluster);
  const link = describeLink(snapshot.links.get(cluster)?.answer, policy.silentAfterMs, nowMs);
  return {
    name: cluster,
    presence: presenceOf(evidence, policy, nowMs),
    verdict: judgeCluster(record, cluster, snapshot, policy, nowMs),
    ...tallyCluster(row, evidence),
    ...describeEvidence(evidence),
    ...(link === undefined ? {} : { link }),
    ...describeMembership(cluster, record, quarantineOf(record, cluster, snapshot)),
  };
}

/** Milliseconds since the Unix epoch as RFC 3339. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString();
}

function describeMembership(
  cluster: string,
  record: RotationRecord,
  heldUpBy: string | undefined,
): Pick<ClusterStatus, 'membership' | 'deviation' | 'told'> {
  const assignment = assignmentOf(record, cluster);
  const told = assignment === undefined ? {} : { told: { step: assignment.row.step, generation: assignment.generation } };
  const deviation = entryOf(record.deviations, cluster);
  if (deviation === undefined) return { membership: 'member', ...told };
  const { kind, by, why, sinceMs } = deviation;
  const reason = heldUpBy === undefined ? why : `${why}; ${heldUpBy}`;
  return { membership: kind, deviation: { by, why: reason, since: timestamp(sinceMs) }, ...told };
}

function presenceOf(evidence: ClusterEvidence | undefined, policy: Policy, nowMs: number): ClusterStatus['presence'] {
  if (evidence === undefined) return 'never-seen';
  return isSilent(evidence, policy, nowMs) ? 'silent' : 'reporting';
}

function describeEvidence(
  evidence: ClusterEvidence | undefined,
): Pick<ClusterStatus, 'lastReportAt' | 'roots' | 'signerRoot' | 'nudges' | 'problems' | 'intermediateNotAfter'> {
  if (evidence === undefined) return { roots: [], nudges: 0, problems: [] };
  const { written, receivedAtMs, nudges, problems } = evidence;
  return {
    lastReportAt: timestamp(receivedAtMs),
    roots: [...new Set(written?.roots)],
    ...(written?.signerRoot === undefined ? {} : { signerRoot: written.signerRoot }),
    ...(written?.signerNotAfterMs === undefined ? {} : { intermediateNotAfter: timestamp(written.signerNotAfterMs) }),
    nudges,
    problems: problems.map(({ code, message, remedy }) => ({ code, message, remedy })),
  };
}
