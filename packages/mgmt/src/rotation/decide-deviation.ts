import { isAdopted, isForeign } from './adopted.ts';
import { memberAssignmentOf } from './assignment.ts';
import { bridge } from './bridge.ts';
import { admitCluster, guideCluster, holdBackCluster, includeCluster, recountCluster } from './cluster-act.ts';
import { entryOf } from './entry-of.ts';
import type { ClusterEvidence, Holding, Snapshot } from './evidence.ts';
import { measure } from './gate.ts';
import { returningPolicy } from './judge.ts';
import type { Policy } from './policy.ts';
import type { Deviation, RotationRecord, Transition } from './record.ts';
import { areAdjacent, sameTrust, type TrustRow } from './row.ts';
import { isSilent } from './silence.ts';

/**
 * The next transition that a cluster which is no member makes, if any does.
 *
 * A returning cluster is first told to hold what it holds, so that all of it is proven to stand on one row; then it is
 * led to the others, one compatible row after the other, each proven before the next. It counts again once it is proven
 * to hold what it is to hold as a member: never is it counted while it is two rows away from anybody. One without a
 * `cacerts` Secret holds nothing that could be incompatible, and is told what it is to hold right away; of one whose Secret could
 * not be read nothing is concluded. One whose trust has roots that the mesh never named, or whose signer is of a root that nobody
 * here has the key of, stays where it is until it is adopted; also when it came to hold that after it was told something. Whatever level of evidence the policy asks of members, all of a
 * returning cluster must be proven: it leaves one row after the other, and no time is waited for in between.
 */
export function decideDeviations(
  record: RotationRecord,
  snapshot: Snapshot,
  policy: Policy,
  nowMs: number,
): Transition | undefined {
  for (const [cluster, deviation] of Object.entries(record.deviations)) {
    const evidence = snapshot.evidence.get(cluster);
    if (evidence === undefined || isSilent(evidence, policy, nowMs)) continue;
    const transition = decideDeviation(record, cluster, deviation, evidence, { snapshot, policy, nowMs });
    if (transition !== undefined) return transition;
  }
  return undefined;
}

/** What a returning cluster is held up by, as a sentence; undefined while it is on its way, and for a member. */
export function quarantineOf(
  record: RotationRecord,
  cluster: string,
  { evidence, knownRoots }: Pick<Snapshot, 'evidence' | 'knownRoots'>,
): string | undefined {
  const deviation = entryOf(record.deviations, cluster);
  const written = evidence.get(cluster)?.written;
  if (deviation?.kind !== 'returning' || written === undefined || deviation.told !== undefined) return undefined;
  if (heldRow(record, cluster, written, knownRoots) !== undefined) return undefined;
  return 'it holds trust that this mesh never had, so there is no safe way back for it; reroot mesh adopt takes it in as it is';
}

interface Circumstances {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly nowMs: number;
}

/** Whether a report came lately by the clock as it is now. */
function isHeard(evidence: ClusterEvidence, policy: Policy, nowMs: number): boolean {
  return evidence.receivedAtMs <= nowMs && !isSilent(evidence, policy, nowMs);
}

function decideDeviation(
  record: RotationRecord,
  cluster: string,
  deviation: Deviation,
  evidence: ClusterEvidence,
  { snapshot, policy, nowMs }: Circumstances,
): Transition | undefined {
  if (deviation.sinceMs > nowMs) {
    const counts = deviation.kind === 'returning' || (deviation.cause === 'silence' && isHeard(evidence, policy, nowMs));
    return counts ? recountCluster(record, cluster, deviation, nowMs) : undefined;
  }
  // Only what was heard since then says how the cluster stands now.
  if (evidence.receivedAtMs <= deviation.sinceMs || evidence.namesake !== undefined) return undefined;
  // Taken for bare, one that holds a CA would be led to the others in one leap, past all of its peers.
  if (evidence.secret === 'unknown' && deviation.kind === 'returning') return undefined;
  if (deviation.kind === 'excluded') {
    if (deviation.cause !== 'silence') return undefined;
    return includeCluster(record, cluster, { by: 'reroot', why: 'it reports again' }, nowMs);
  }
  const goal = memberAssignmentOf(record, cluster).row;
  const held = evidence.written === undefined ? goal : heldRow(record, cluster, evidence.written, snapshot.knownRoots);
  const { told } = deviation;
  if (told === undefined) return held === undefined ? undefined : guideCluster(record, cluster, held, nowMs);
  if (measure(cluster, evidence, told, returningPolicy(policy)) !== undefined) {
    if (held === undefined) return holdBackCluster(record, cluster, nowMs);
    // What it was told rests on a report that was out of date: its agent refuses it for ever.
    const misled = !areAdjacent(held, told.row);
    return misled ? guideCluster(record, cluster, held, nowMs) : undefined;
  }
  if (sameTrust(told.row, goal)) return admitCluster(record, cluster, `it is proven to hold ${goal.step}`, nowMs);
  const next = bridge(told.row, goal);
  return next === undefined ? undefined : guideCluster(record, cluster, next, nowMs);
}

/**
 * The row that a `cacerts` Secret stands for, when the mesh knows all of its roots. A cluster with a foreign signer is led by the
 * rotation that adopts it alone: led by itself, it would leave its peers under the same root behind.
 */
function heldRow(
  record: RotationRecord,
  cluster: string,
  { roots, signerRoot }: Holding,
  knownRoots: Snapshot['knownRoots'],
): TrustRow | undefined {
  const distinct = [...new Set(roots)];
  if (signerRoot === undefined || !distinct.includes(signerRoot)) return undefined;
  if (isForeign(record, signerRoot) && !isAdopted(record, cluster)) return undefined;
  if (!distinct.every((root) => knownRoots.has(root))) return undefined;
  return {
    step: distinct.length > 1 ? 'ADDING_NEW_ROOT' : 'PREVIOUS_CA',
    roots: distinct,
    signer: signerRoot,
    nudge: 'laggards',
  };
}
