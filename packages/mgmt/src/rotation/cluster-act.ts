import { RerootError } from '@reroot/shared/errors';
import { isMember } from './assignment.ts';
import { entryOf } from './entry-of.ts';
import type { Deviation, RotationRecord, Transition } from './record.ts';
import type { TrustRow } from './row.ts';
import { perform } from './transition.ts';

/** Who acts on a cluster, and why. */
export interface ActReason {
  readonly by: string;
  readonly why: string;
}

/**
 * Takes a cluster out of the gates. It keeps what it was told last.
 * @param members all clusters of the mesh
 * @throws RR_CLUSTER_ALREADY when it is excluded; RR_CLUSTER_LAST when no other member is left
 */
export function excludeCluster(
  record: RotationRecord,
  cluster: string,
  act: ActReason & { readonly cause: Deviation['cause']; readonly members: readonly string[] },
  nowMs: number,
): Transition {
  const { members, cause, by, why } = act;
  const before = entryOf(record.deviations, cluster);
  // What the policy has excluded comes back by itself; an operator may want it to stay out.
  const mayStayOut = before?.cause === 'silence' && cause === 'operator';
  if (before?.kind === 'excluded' && !mayStayOut) {
    throw new RerootError('RR_CLUSTER_ALREADY', `cluster ${cluster} is excluded already`);
  }
  if (isMember(record, cluster) && !members.some((other) => other !== cluster && isMember(record, other))) {
    throw new RerootError('RR_CLUSTER_LAST', `cluster ${cluster} is the last one that counts`);
  }
  const message = `cluster ${cluster} is excluded by ${by}: ${why}`;
  return perform(record, { move: 'exclude', cluster, cause, by, why }, nowMs, { message });
}

/**
 * Lets an excluded cluster come back. It counts again once it is proven to hold what the others hold.
 * @throws RR_CLUSTER_ALREADY when it is not excluded
 */
export function includeCluster(record: RotationRecord, cluster: string, { by, why }: ActReason, nowMs: number): Transition {
  if (entryOf(record.deviations, cluster)?.kind !== 'excluded') {
    throw new RerootError('RR_CLUSTER_ALREADY', `cluster ${cluster} is not excluded`);
  }
  const message = `cluster ${cluster} returns, asked for by ${by}: ${why}`;
  return perform(record, { move: 'include', cluster, by, why }, nowMs, { message });
}

/** Counts a return from now on that was noted while the clock was ahead: nothing would be heard since then until hours have passed. */
export function recountCluster(record: RotationRecord, cluster: string, { by, why }: ActReason, nowMs: number): Transition {
  const message = `cluster ${cluster} returns, counted anew: the clock was ahead when that was noted`;
  return perform(record, { move: 'include', cluster, by, why }, nowMs, { message });
}

/** Tells a cluster that is on its way back nothing more: what it turns out to hold leads nowhere. */
export function holdBackCluster(record: RotationRecord, cluster: string, nowMs: number): Transition {
  const why = 'it holds trust that this mesh never had';
  const message = `cluster ${cluster} is told nothing more: ${why}`;
  return perform(record, { move: 'include', cluster, by: 'reroot', why }, nowMs, { message });
}

/** Tells a returning cluster the next row on its way. */
export function guideCluster(record: RotationRecord, cluster: string, row: TrustRow, nowMs: number): Transition {
  const message = `cluster ${cluster} returns, and is told ${row.step} with ${row.roots.length === 1 ? 'one root' : `${row.roots.length} roots`}`;
  return perform(record, { move: 'guide', cluster, row }, nowMs, { message });
}

/** Makes a returning cluster a member. */
export function admitCluster(record: RotationRecord, cluster: string, why: string, nowMs: number): Transition {
  return perform(record, { move: 'admit', cluster }, nowMs, { message: `cluster ${cluster} counts from now on: ${why}` });
}

/** Takes a change of the clusters of the mesh in. */
export function changeMembers(
  record: RotationRecord,
  { added, removed }: { readonly added: readonly string[]; readonly removed: readonly string[] },
  message: string,
  nowMs: number,
): Transition {
  return perform(record, { move: 'members', added, removed }, nowMs, { message });
}

/**
 * Gives a cluster another name. While a rotation is under way the waves of its step go by the names that it began with.
 * @throws RR_CLUSTER_ROTATING
 */
export function renameCluster(
  record: RotationRecord,
  { from, to, by, why }: ActReason & { readonly from: string; readonly to: string },
  nowMs: number,
): Transition {
  const { state, mesh } = record;
  if (state !== 'NOT_ROTATING' && state !== 'FINISHED') {
    throw new RerootError('RR_CLUSTER_ROTATING', `mesh ${mesh} is in ${state}: cluster ${from} cannot be renamed now`);
  }
  const message = `cluster ${from} is called ${to} from now on, asked for by ${by}: ${why}`;
  return perform(record, { move: 'rename', cluster: from, to }, nowMs, { message });
}
