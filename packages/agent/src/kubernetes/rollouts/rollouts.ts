import type { KubeApi } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Owner, Rollout } from '../../cluster/cluster.ts';
import { type ControllerObject, pathOf, restartedAtAnnotation } from './controller-object.ts';
import { type DisruptionBudget, findBlockingBudget, listDisruptionBudgets } from './disruption-budgets.ts';
import { findObstacle, rolloutStateOf } from './rollout-state.ts';
import { takesPodsAway } from './takes-pods-away.ts';

/** What rollouts work with. */
export interface RolloutsOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
}

/** The rollouts of what makes pods anew. */
export interface Rollouts {
  /**
   * How each stands, in the order asked for; those that do not exist are left out.
   * @throws what a request to the cluster fails with: without its budgets no owner may be restarted
   */
  list(owners: readonly Owner[], signal: AbortSignal): Promise<readonly Rollout[]>;
  /**
   * Starts a rolling restart as `kubectl rollout restart` does: by an annotation of the pod template, so that the owner
   * replaces its pods within what it lets be unavailable. Never deletes a pod.
   * @throws RR_ROLLOUT_UNSUPPORTED when the owner would not replace its pods, or not all of them; RR_OBJECT_NOT_FOUND
   */
  restart(owner: Owner, signal: AbortSignal): Promise<void>;
}

/** How many owners are asked about at once. */
const maxTogether = 8;

/** The rollouts of a cluster. */
export function createRollouts({ api, clock }: RolloutsOptions): Rollouts {
  const look = async (owner: Owner, budgetsOf: BudgetsOf, signal: AbortSignal): Promise<Rollout | undefined> => {
    const object = await api.find<ControllerObject>(pathOf(owner), signal);
    if (object === undefined) return undefined;
    const labels = object.spec?.template?.metadata?.labels ?? {};
    const blockedBy = findBlockingBudget(await budgetsOf(owner.namespace), labels);
    return {
      owner,
      state: rolloutStateOf(owner.kind, object, clock.now()),
      blockedBy: takesPodsAway(owner.kind, object) ? blockedBy : undefined,
    };
  };
  return {
    list: async (owners, signal) => {
      signal.throwIfAborted();
      const budgetsOf = rememberBudgets(api, signal);
      const rollouts: Rollout[] = [];
      for (let index = 0; index < owners.length; index += maxTogether) {
        const some = owners.slice(index, index + maxTogether);
        const found = await Promise.all(some.map((owner) => look(owner, budgetsOf, signal)));
        rollouts.push(...found.filter((rollout) => rollout !== undefined));
      }
      return rollouts;
    },
    restart: async (owner, signal) => {
      const object = await api.get<ControllerObject>(pathOf(owner), signal);
      const obstacle = findObstacle(object);
      if (obstacle !== undefined) {
        const message = `${owner.kind} ${owner.namespace}/${owner.name} cannot be restarted pod by pod: ${obstacle}`;
        throw new RerootError('RR_ROLLOUT_UNSUPPORTED', message);
      }
      const annotations = { [restartedAtAnnotation]: new Date(clock.now()).toISOString() };
      await api.mergePatch(pathOf(owner), { spec: { template: { metadata: { annotations } } } }, signal);
    },
  };
}

/** Asks for the budgets of a namespace once. */
type BudgetsOf = (namespace: string) => Promise<readonly DisruptionBudget[]>;

function rememberBudgets(api: KubeApi, signal: AbortSignal): BudgetsOf {
  const asked = new Map<string, Promise<readonly DisruptionBudget[]>>();
  return (namespace) => {
    const known = asked.get(namespace) ?? listDisruptionBudgets(api, namespace, signal);
    asked.set(namespace, known);
    return known;
  };
}
