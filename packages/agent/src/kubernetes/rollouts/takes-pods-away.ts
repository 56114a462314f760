import { assertNever } from '@reroot/shared/errors';
import type { Owner } from '../../cluster/cluster.ts';
import type { ControllerObject, RollingUpdate } from './controller-object.ts';

/**
 * Whether a rollout may leave fewer pods available than there are. One that brings each new pod up before the old one goes
 * takes nothing that a PodDisruptionBudget keeps: so it is with a single pod under the defaults of a Deployment
 * (kubernetes, pkg/controller/deployment/util, ResolveFenceposts).
 */
export function takesPodsAway(kind: Owner['kind'], { spec }: ControllerObject): boolean {
  switch (kind) {
    case 'Deployment': {
      const { type, rollingUpdate } = spec?.strategy ?? {};
      return type === 'Recreate' || isAvailabilityLowered(rollingUpdate, spec?.replicas ?? 1);
    }
    case 'DaemonSet':
      return (spec?.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1) !== 0;
    case 'StatefulSet':
      return true;
    default:
      return assertNever(kind);
  }
}

/** Unavailable pods are rounded down and further ones up; where both come to nothing, Kubernetes takes one away. */
function isAvailabilityLowered({ maxUnavailable = '25%', maxSurge = '25%' }: RollingUpdate = {}, replicas: number): boolean {
  return Math.floor(resolve(maxUnavailable, replicas)) > 0 || Math.ceil(resolve(maxSurge, replicas)) === 0;
}

/** A number of pods, or a share of them such as `25%`. */
function resolve(value: number | string, replicas: number): number {
  return typeof value === 'number' ? value : (Number.parseInt(value, 10) * replicas) / 100;
}
