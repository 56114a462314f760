import { type Deadline, withDeadline } from '@reroot/shared/lifecycle';
import type { Log } from '@reroot/shared/log';
import type { Problem } from '@reroot/shared/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { actOf, type TellEvent } from '../events/occurrence.ts';
import { problemOf } from '../problem.ts';
import type { BegunRollout, RefusedRollout } from './history.ts';
import { findOwnersToAsk, planRollouts } from './plan-rollouts.ts';
import type { RolloutFacts } from './rollout-candidates.ts';
import { refused } from './rollout-problems.ts';

/** What rolling out works with. */
export interface RollOutOptions {
  readonly cluster: Cluster;
  /** Of each request to the cluster. */
  readonly deadline: Deadline;
  readonly log: Log;
  readonly tell: TellEvent;
}

/** What came of it. */
export interface RolledOut {
  /** To be remembered until the next pass. */
  readonly begun: readonly BegunRollout[];
  readonly refused: readonly RefusedRollout[];
  readonly problems: readonly Problem[];
  readonly againAtMs: number | undefined;
  readonly acted: boolean;
}

/**
 * Restarts the owners of workloads that lag behind, as far as it is their turn. The cluster is asked only when something is
 * to be planned, and all restarts of one pass are asked for at once, so that a slow cluster delays a pass by two requests.
 * @throws only the signal's reason; whatever else fails is a problem
 */
export async function rollOut(facts: RolloutFacts, options: RollOutOptions): Promise<RolledOut> {
  const { cluster, deadline } = options;
  const asked = findOwnersToAsk(facts);
  try {
    const rollouts = asked.length === 0 ? [] : await withDeadline(deadline, (signal) => cluster.listRollouts(asked, signal));
    const plan = planRollouts(facts, rollouts);
    const done = await Promise.all(plan.restart.map((each) => begin(each, options)));
    const failed = done.flatMap(({ refused: failures }) => failures);
    return {
      begun: [...plan.pending, ...done.flatMap(({ begun }) => begun)],
      refused: [...plan.refused, ...failed],
      problems: [...plan.problems, ...refused(failed)],
      againAtMs: plan.againAtMs,
      acted: done.length > 0,
    };
  } catch (error) {
    deadline.signal.throwIfAborted();
    const { begun, refused: kept } = facts.history;
    return { begun, refused: kept, problems: [problemOf(error)], againAtMs: undefined, acted: false };
  }
}

async function begin(
  rollout: BegunRollout,
  { cluster, deadline, log, tell }: RollOutOptions,
): Promise<Pick<RolledOut, 'begun' | 'refused'>> {
  const { owner, atMs } = rollout;
  try {
    await withDeadline(deadline, (signal) => cluster.restartOwner(owner, signal));
    const named = `${owner.kind} ${owner.namespace}/${owner.name}`;
    log.warn({ owner: named }, 'the pods of an owner are restarted, one after the other');
    tell(actOf('WorkloadsRestarted', `${named} was told to restart its pods: their proxies do not take the roots otherwise`));
    return { begun: [rollout], refused: [] };
  } catch (error) {
    deadline.signal.throwIfAborted();
    return { begun: [], refused: [{ owner, atMs, problem: problemOf(error) }] };
  }
}
