import type { Problem } from '@reroot/shared/protocol';
import type { Owner, Rollout, Workload } from '../cluster/cluster.ts';
import { makeProblem } from '../problem.ts';
import type { RefusedRollout } from './history.ts';

/** One problem for all owners whose pods are not healthy, whether a restart or something else has brought that about. */
export function unhealthy(owners: readonly Owner[]): readonly Problem[] {
  const [first] = owners;
  if (first === undefined) return [];
  const message = `${nameOf(first)} has pods that are not ready, and is not restarted${others(owners.length)}`;
  return [makeProblem('RR_ROLLOUT_UNHEALTHY', message)];
}

/** One problem for all owners that a PodDisruptionBudget keeps from being restarted. */
export function blocked(rollouts: readonly Rollout[]): readonly Problem[] {
  const [first] = rollouts;
  if (first === undefined) return [];
  const message = `PodDisruptionBudget ${first.blockedBy ?? ''} lets no pod of ${nameOf(first.owner)} be restarted${others(rollouts.length)}`;
  return [makeProblem('RR_ROLLOUT_BLOCKED', message)];
}

/** One problem for all owners that would not replace all their pods by themselves. */
export function unsupported(owners: readonly Owner[]): readonly Problem[] {
  const [first] = owners;
  if (first === undefined) return [];
  const message = `${nameOf(first)} would not replace all its pods by itself, and is not restarted${others(owners.length)}`;
  return [makeProblem('RR_ROLLOUT_UNSUPPORTED', message)];
}

/** One problem for all owners whose restart failed in the same way: the first of each code. */
export function refused(rollouts: readonly RefusedRollout[]): readonly Problem[] {
  const byCode = Map.groupBy(rollouts, ({ problem }) => problem.code);
  return [...byCode.values()].flatMap((alike) =>
    alike.slice(0, 1).map(({ problem }) => ({ ...problem, message: `${problem.message}${others(alike.length)}` })),
  );
}

/** One problem for all workloads that lag and that nobody makes anew. */
export function unowned(workloads: readonly Workload[]): readonly Problem[] {
  const [first] = workloads;
  if (first === undefined) return [];
  const many = workloads.length === 1 ? 'workload lags' : 'workloads lag';
  const message = `${workloads.length} ${many} behind and belong to nothing that can be restarted; the first is ${first.namespace}/${first.name}`;
  return [makeProblem('RR_WORKLOAD_UNOWNED', message)];
}

function nameOf({ kind, namespace, name }: Owner): string {
  return `${kind} ${namespace}/${name}`;
}

function others(count: number): string {
  return count === 1 ? '' : `; ${count - 1} more like it`;
}
