/** Clusters that are excluded and come back, for tests: `c` of three. */
import { assignmentOf } from '../assignment.ts';
import { excludeCluster, includeCluster } from '../cluster-act.ts';
import type { ClusterEvidence } from '../evidence.ts';
import { evidenceFor, evidenceOf } from '../evidence-sample.ts';
import type { Policy } from '../policy.ts';
import type { RotationRecord } from '../record.ts';
import { holds, look, nowMs } from './sample-run.ts';

export const clusters = ['a', 'b', 'c'];
export const by = { by: 'ann', why: 'its API server is broken' };
/** What a cluster shows that has no Secret. */
export const bare = { written: undefined, replicas: [], appliedGeneration: 0 };

export function exclude(record: RotationRecord, cluster = 'c', names = clusters): RotationRecord {
  return excludeCluster(record, cluster, { ...by, cause: 'operator', members: names }, nowMs).record;
}

export function include(record: RotationRecord, cluster = 'c', atMs = nowMs): RotationRecord {
  return includeCluster(record, cluster, { by: 'bob', why: 'it is repaired' }, atMs).record;
}

/** Every record on a rotation's way. */
export function wayOf(record: RotationRecord): RotationRecord[] {
  const decision = look(record, { clusters });
  return decision.kind === 'transition' ? [record, ...wayOf(decision.transition.record)] : [record];
}

/** What a returning cluster is told, hop by hop, while it holds each time what it was told before. */
export function guided(
  record: RotationRecord,
  held: RotationRecord,
  first: Partial<ClusterEvidence> = {},
  hops = 10,
  policy: Partial<Policy> = {},
): { told: string[]; record: RotationRecord } {
  const told: string[] = [];
  let evidence = { ...evidenceOf(held, {}, 'c'), ...first };
  let current = record;
  for (let atMs = nowMs + 1; told.length < hops; atMs += 1) {
    const decision = look(current, { clusters, policy, atMs, except: { c: { ...evidence, receivedAtMs: atMs } } });
    if (decision.kind !== 'transition') break;
    current = decision.transition.record;
    const assignment = assignmentOf(current, 'c')!;
    told.push(`${decision.transition.condition.act?.move ?? ''} ${holds(assignment.row)} ${assignment.generation}`);
    evidence = evidenceFor(assignment);
  }
  return { told, record: current };
}
