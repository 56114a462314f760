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
 */
export function rolloutStateOf(kind: Owner['kind'], object: ControllerObject, nowMs: number): Rollout['state'] {
  const { metadata, status } = object;
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 0)) return 'rolling';
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
  const progress = conditions.find(({ type }) => type === 'Progressing');
  // A Deployment that is paused half-way goes on when somebody resumes it, and by nothing else.
  if (progress?.reason === 'ProgressDeadlineExceeded' || paused === true) return 'unhealthy';
  return replaced && progress?.reason === 'NewReplicaSetAvailable' ? 'unhealthy' : 'rolling';
}

function stateOfStatefulSet(object: ControllerObject, nowMs: number): Rollout['state'] {
  const { spec, status = {} } = object;
  const wanted = spec?.replicas ?? 1;
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status;
  const keptBack = spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
  if (replicas > wanted || updatedReplicas < wanted - keptBack) return isManual(object) ? 'unhealthy' : 'rolling';
  return availableReplicas >= wanted ? 'steady' : afterReplacing(object, nowMs);
}

function stateOfDaemonSet(object: ControllerObject, nowMs: number): Rollout['state'] {
  const { desiredNumberScheduled = 0, updatedNumberScheduled = 0, numberAvailable = 0 } = object.status ?? {};
  if (updatedNumberScheduled < desiredNumberScheduled) return isManual(object) ? 'unhealthy' : 'rolling';
  return numberAvailable >= desiredNumberScheduled ? 'steady' : afterReplacing(object, nowMs);
}

function afterReplacing({ spec }: ControllerObject, nowMs: number): Rollout['state'] {
  const restartedAtMs = Date.parse(spec?.template?.metadata?.annotations?.[restartedAtAnnotation] ?? '');
  return nowMs - restartedAtMs < lastPodsMs ? 'rolling' : 'unhealthy';
}

/** Whether its pods are replaced only when somebody deletes them. */
export function isManual({ spec }: ControllerObject): boolean {
  return spec?.updateStrategy?.type === 'OnDelete';
}
