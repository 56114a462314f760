import type { AdminClient } from '../cluster/admin-client.ts';
import type { Pod } from './pod.ts';

/** How one container stands. */
export type ContainerState =
  | { readonly kind: 'waiting'; readonly reason: string; readonly message?: string }
  | { readonly kind: 'running'; readonly startedAtMs: number; readonly ready: boolean }
  | { readonly kind: 'crashed'; readonly reason: string };

/** A container and how often it was started anew. */
export interface ContainerReport {
  readonly name: string;
  readonly image: string;
  readonly restartCount: number;
  readonly state: ContainerState;
}

/** Writes the status of a pod as a kubelet does: phase, address, conditions and containers. */
export async function writePodStatus(
  admin: AdminClient,
  { metadata }: Pod,
  place: { readonly address: string; readonly nodeAddress: string; readonly startedAtMs: number },
  containers: readonly ContainerReport[],
): Promise<void> {
  const allRunning = containers.every(({ state }) => state.kind !== 'waiting');
  const allReady = containers.every(({ state }) => state.kind === 'running' && state.ready);
  const condition = (type: string, holds: boolean): object => ({
    type,
    status: holds ? 'True' : 'False',
    lastTransitionTime: toTime(Date.now()),
  });
  const status = {
    phase: allRunning ? 'Running' : 'Pending',
    startTime: toTime(place.startedAtMs),
    hostIP: place.nodeAddress,
    podIP: place.address,
    podIPs: [{ ip: place.address }],
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', true),
      condition('ContainersReady', allReady),
      condition('Ready', allReady),
    ],
    containerStatuses: containers.map(statusOf),
  };
  await admin.patch('merge', `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/status`, {
    metadata: { uid: metadata.uid },
    status,
  });
}

function statusOf({ name, image, restartCount, state }: ContainerReport): object {
  const base = { name, image, imageID: image, restartCount, ready: state.kind === 'running' && state.ready };
  switch (state.kind) {
    case 'running':
      return { ...base, started: true, state: { running: { startedAt: toTime(state.startedAtMs) } } };
    case 'waiting':
      return { ...base, started: false, state: { waiting: { reason: state.reason, message: state.message ?? '' } } };
    case 'crashed':
      return { ...base, started: false, state: { waiting: { reason: 'CrashLoopBackOff', message: state.reason } } };
  }
}

/** Kubernetes keeps whole seconds. */
function toTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
