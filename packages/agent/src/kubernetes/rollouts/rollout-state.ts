import { assertNever } from '@reroot/shared/errors';
import type { Owner, Rollout } from '../../cluster/cluster.ts';
import { type ControllerObject, restartedAtAnnotation } from './controller-object.ts';

/** How long the pods that were replaced last may take to be ready: the default of `progressDeadlineSeconds`. */
const lastPodsMs = 600_000;

/**
 * How the rollout of an owner stands, by what `kubectl rollout status` goes by (kubectl, pkg/polymorphichelpers/rollout_status.go).
 * That cannot tell the end of a rollout, when the last pods become ready, from pods that stopped being ready long after. A
 * Deployment says it by its condition `Progressing`. Of the others, the time of the last restart decides; and as they know no
 * deadline, one that is stuck half-way counts as rolling.
 *
 * One that would not replace all its pods by itself is told as such when they are all ready: what it has not replaced waits
 * for a hand, and not for time.
 */
export function rolloutStateOf(kind: Owner['kind'], object: ControllerObject, nowMs: number): Rollout['state'] {
  const { metadata, status } = object;
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 0)) return 'rolling';
  const state = stateOf(kind, object, nowMs);
  return state === 'steady' && findObstacle(object) !== undefined ? 'unsupported' : state;
}

/** Why a changed pod template would not reach every pod; undefined when it would. */
export function findObstacle(object: ControllerObject): string | undefined {
  const { paused, updateStrategy } = object.spec ?? {};
  if (paused === true) return 'it is paused';
  if (isManual(object)) return 'its update strategy is OnDelete';
  const partition = updateStrategy?.rollingUpdate?.partition ?? 0;
  return partition > 0 ? `its partition ${partition} keeps pods back` : undefined;
}

function stateOf(kind: Owner['kind'], object: ControllerObject, nowMs: number): Rollout['state'] {
  switch (kind) {
    case 'Deployment':
      return stateOfDeployment(object);
    case 'StatefulSet':
      return stateOfStatefulSet(object, nowMs);
    case 'DaemonSet':
      return stateOfDaemonSet(object, nowMs);
    default:
      return assertNever(kind);
  }
}

function stateOfDeployment({ spec, status = {} }: ControllerObject): Rollout['state'] {
  const { replicas: wanted = 1, paused } = spec ?? {};
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0, conditions = [] } = status;
  const replaced = updatedReplicas >= wanted && replicas <= updatedReplicas;
  if (replaced && availableReplicas >= updatedReplicas) return 'steady';
  // A Deployment that is paused half-way goes on when somebody resumes it, and by nothing else.
  if (paused === true) return availableReplicas >= Math.max(wanted, replicas) ? 'steady' : 'unhealthy';
  const progress = conditions.find(({ type }) => type === 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') return 'unhealthy';
  return replaced && progress?.reason === 'NewReplicaSetAvailable' ? 'unhealthy' : 'rolling';
}

function stateOfStatefulSet(object: ControllerObject, nowMs: number): Rollout['state'] {
  const { spec, status = {} } = object;
  const wanted = spec?.replicas ?? 1;
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status;
  const keptBack = spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
  const replaced = replicas <= wanted && updatedReplicas >= wanted - keptBack;
  if (!(replaced || isManual(object))) return 'rolling';
  return availableReplicas >= wanted ? 'steady' : afterReplacing(object, nowMs);
}

function stateOfDaemonSet(object: ControllerObject, nowMs: number): Rollout['state'] {
  const { desiredNumberScheduled = 0, updatedNumberScheduled = 0, numberAvailable = 0 } = object.status ?? {};
  if (updatedNumberScheduled < desiredNumberScheduled && !isManual(object)) return 'rolling';
  return numberAvailable >= desiredNumberScheduled ? 'steady' : afterReplacing(object, nowMs);
}

function afterReplacing({ spec }: ControllerObject, nowMs: number): Rollout['state'] {
  const restartedAtMs = Date.parse(spec?.template?.metadata?.annotations?.[restartedAtAnnotation] ?? '');
  return nowMs - restartedAtMs < lastPodsMs ? 'rolling' : 'unhealthy';
}

/** Whether its pods are replaced only when somebody deletes them. */
function isManual({ spec }: ControllerObject): boolean {
  return spec?.updateStrategy?.type === 'OnDelete';
}
