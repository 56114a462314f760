import type { KubeObject } from '@reroot/kube-api';
import { restartedAtAnnotation } from '../rollouts/controller-object.ts';

/** A Pod, as far as those of istiod and of proxies are read. */
export interface PodObject extends KubeObject {
  readonly spec?: {
    readonly containers?: readonly PodContainer[];
    readonly initContainers?: readonly PodContainer[];
    readonly volumes?: readonly PodVolume[];
  };
  readonly status?: PodStatus;
}

/** A volume, by what it is made of. */
export interface PodVolume {
  readonly name: string;
  readonly csi?: object;
  readonly hostPath?: object;
}

export interface PodContainer {
  readonly name: string;
  readonly image?: string;
  readonly args?: readonly string[];
  readonly env?: readonly PodVariable[];
  readonly envFrom?: readonly object[];
}

interface PodVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

interface PodStatus {
  readonly phase?: string;
  readonly podIP?: string;
  readonly startTime?: string;
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
}

interface ContainerStatus {
  readonly name: string;
  readonly state?: { readonly running?: { readonly startedAt?: string } };
  readonly lastState?: { readonly terminated?: { readonly startedAt?: string } };
}

/** What a variable of a container is, as the pod says: `elsewhere` when its value stands in another object. */
export type Variable = { readonly kind: 'set'; readonly value: string } | { readonly kind: 'absent' | 'elsewhere' };

/** Looks a variable up as the kubelet does: the last entry of that name counts, and `env` goes before `envFrom`. */
export function readVariable({ env = [], envFrom = [] }: PodContainer, name: string): Variable {
  const entry = env.findLast((each) => each.name === name);
  if (entry === undefined) return { kind: envFrom.length === 0 ? 'absent' : 'elsewhere' };
  return entry.valueFrom === undefined ? { kind: 'set', value: entry.value ?? '' } : { kind: 'elsewhere' };
}

/** Whether none of the pod's containers will ever run again. */
export function hasFinished({ status }: PodObject): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/**
 * When a container was started; while it does not run, when it was before, which is early. 0 when nothing says so.
 */
export function startOf({ metadata, status }: PodObject, container: string): number {
  const { state, lastState } = status?.containerStatuses?.find(({ name }) => name === container) ?? {};
  const time = state?.running?.startedAt ?? lastState?.terminated?.startedAt ?? status?.startTime ?? metadata.creationTimestamp;
  const ms = Date.parse(time ?? '');
  return Number.isNaN(ms) ? 0 : ms;
}

/** So far the clock of who asked may be ahead of that of the API server; the second that Kubernetes cuts a moment to is in it. */
const clocksAgreeMs = 5_000;

/**
 * When the rollout that made the pod was asked for, by the clock of the agent that did: the pod began after that. 0 when no
 * agent did. Only what an agent writes counts: kubectl's spelling has no milliseconds, and the clock of a person's machine may be
 * anything. Programs with a window write as an agent does, so a moment after that at which the API server made the pod is none
 * either: a replica that seems to have been started later than it was would be spared a restart that it needs.
 */
export function rolledOutAtOf({ metadata }: PodObject): number {
  const text = metadata.annotations?.[restartedAtAnnotation] ?? '';
  const ms = Date.parse(text);
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== text) return 0;
  return ms <= Date.parse(metadata.creationTimestamp ?? '') + clocksAgreeMs ? ms : 0;
}
