import type { KubeObject } from '@reroot/kube-api';
import { assertNever } from '@reroot/shared/errors';
import type { Owner } from '../../cluster/cluster.ts';

/** A Deployment, StatefulSet or DaemonSet of apps/v1, as far as rollouts are read. */
export interface ControllerObject extends KubeObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly paused?: boolean;
    /** Of Deployments. */
    readonly strategy?: { readonly type?: string; readonly rollingUpdate?: RollingUpdate };
    /** Of StatefulSets and DaemonSets. */
    readonly updateStrategy?: {
      readonly type?: string;
      readonly rollingUpdate?: RollingUpdate & { readonly partition?: number };
    };
    readonly template?: {
      readonly metadata?: {
        readonly labels?: Readonly<Record<string, string>>;
        readonly annotations?: Readonly<Record<string, string>>;
      };
    };
  };
  readonly status?: ControllerStatus;
}

/** How many pods may be missing, and how many there may be beyond those wanted, while pods are replaced: a number or a share. */
export interface RollingUpdate {
  readonly maxUnavailable?: number | string;
  readonly maxSurge?: number | string;
}

interface ControllerStatus {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly availableReplicas?: number;
  readonly conditions?: readonly { readonly type: string; readonly status?: string; readonly reason?: string }[];
  /** Of DaemonSets. */
  readonly desiredNumberScheduled?: number;
  readonly updatedNumberScheduled?: number;
  readonly numberAvailable?: number;
}

/** What kubectl's `rollout restart` writes too, so that both are seen as one thing. */
export const restartedAtAnnotation = 'kubectl.kubernetes.io/restartedAt';

/** Where an owner stands in the API. */
export function pathOf({ kind, namespace, name }: Owner): string {
  return `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/${resourceOf(kind)}/${encodeURIComponent(name)}`;
}

function resourceOf(kind: Owner['kind']): string {
  switch (kind) {
    case 'Deployment':
      return 'deployments';
    case 'StatefulSet':
      return 'statefulsets';
    case 'DaemonSet':
      return 'daemonsets';
    default:
      return assertNever(kind);
  }
}
