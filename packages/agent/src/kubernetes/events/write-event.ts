import type { KubeApi } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import type { ClusterEvent } from '../../cluster/cluster-event.ts';
import { caSecretName, type SecretObject, secretPath } from '../ca-secret/secret-object.ts';

/** Which program says it, as `kubectl get events -o wide` shows it. */
const reportingController = 'reroot.dev/agent';
const maxReporterChars = 128;
const types = { normal: 'Normal', warning: 'Warning' } as const;

/** Where events are written, and by whom. */
export interface EventPlace {
  /** That of istiod. */
  readonly namespace: string;
  /** Which agent it is; the name of its pod. */
  readonly reporter: string;
}

/**
 * Writes an Event of events.k8s.io/v1 about the `cacerts` Secret, or counts one up that is there. One that has been
 * forgotten meanwhile is written anew.
 * @throws what the API throws
 */
export async function writeEvent(api: KubeApi, event: ClusterEvent, place: EventPlace, signal: AbortSignal): Promise<void> {
  const collection = `/apis/events.k8s.io/v1/namespaces/${place.namespace}/events`;
  if (event.count > 1) {
    const repeated = await attemptPatch(api, `${collection}/${nameOf(event)}`, { series: seriesOf(event) }, signal);
    if (repeated === 'done') return;
  }
  const secret = await api.find<SecretObject>(secretPath(place.namespace, caSecretName), signal);
  await api.create(collection, eventObject(event, place, secret?.metadata.uid), signal);
}

async function attemptPatch(api: KubeApi, path: string, body: object, signal: AbortSignal): Promise<'done' | 'gone'> {
  try {
    await api.mergePatch(path, body, signal);
    return 'done';
  } catch (error) {
    if (error instanceof RerootError && error.code === 'RR_OBJECT_NOT_FOUND') return 'gone';
    throw error;
  }
}

/** With the UID it is shown by `kubectl describe secret cacerts` too. */
function eventObject(event: ClusterEvent, { namespace, reporter }: EventPlace, uid: string | undefined): object {
  return {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name: nameOf(event), namespace },
    eventTime: microTime(event.firstAtMs),
    type: types[event.severity],
    reason: event.reason,
    action: event.action,
    note: event.note,
    regarding: { apiVersion: 'v1', kind: 'Secret', namespace, name: caSecretName, ...(uid === undefined ? {} : { uid }) },
    reportingController,
    reportingInstance: reporter.slice(0, maxReporterChars),
    ...(event.count > 1 ? { series: seriesOf(event) } : {}),
  };
}

function nameOf({ id }: ClusterEvent): string {
  return `${caSecretName}.${id}`;
}

function seriesOf({ count, lastAtMs }: ClusterEvent): object {
  return { count, lastObservedTime: microTime(lastAtMs) };
}

/** MicroTime of meta/v1 is read with exactly six digits. */
function microTime(ms: number): string {
  return new Date(ms).toISOString().replace(/Z$/, '000Z');
}
