import type { KubeApi } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import { resourceApiVersion } from '@reroot/shared/resources';
import type { PacedWriter } from './paced-writer.ts';
import { fieldManager, type ResourceObject } from './resource-object.ts';

/** What `kubectl describe` and `kubectl events` show of an object. */
export interface ResourceEvent {
  readonly type: 'Normal' | 'Warning';
  /** CamelCase, or a code of docs/errors.md. */
  readonly reason: string;
  readonly note: string;
}

/** Tells of an object. What cannot be told is lost: nothing rests on it. */
export type TellEvent = (kind: string, object: Pick<ResourceObject, 'name' | 'uid'>, event: ResourceEvent) => void;

/** What events are told with. */
export interface ResourceEventsOptions {
  readonly api: KubeApi;
  readonly namespace: string;
  readonly writer: PacedWriter;
  readonly newId: () => string;
  readonly clock: Clock;
}

const maxNote = 1_000;
/** With the dot and the id of an event it must be a name of Kubernetes, of 253 characters. */
const maxNamed = 253 - 37;

/** Tells each as an Event of its own, in its turn. */
export function createResourceEvents({ api, namespace, writer, newId, clock }: ResourceEventsOptions): TellEvent {
  const path = `/apis/events.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/events`;
  return (kind, { name, uid }, { type, reason, note }) => {
    const id = newId();
    const event = {
      ...{ apiVersion: 'events.k8s.io/v1', kind: 'Event', metadata: { name: `${beginningOf(name)}.${id}`, namespace } },
      ...{ eventTime: microTime(clock.now()), type, reason, note: note.slice(0, maxNote), action: 'Reconcile' },
      ...{ reportingController: 'reroot.dev/mgmt', reportingInstance: fieldManager },
      regarding: { apiVersion: resourceApiVersion, kind, name, namespace, uid },
    };
    const send = async (signal: AbortSignal): Promise<void> => {
      await api.create(path, event, signal);
    };
    writer.put(`event/${id}`, { urgency: 'soon', gapMs: 0, send });
  };
}

/** As much of a name as the name of an event has room for; each part between dots ends in a letter or a digit. */
function beginningOf(name: string): string {
  return name.slice(0, maxNamed).replace(/[^a-z0-9]+$/, '');
}

/** As metav1.MicroTime is written. */
function microTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}
