import { createObjectCache, type KubeApi } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { type ResourceKind, resourceApiVersion, resourceGroup, resourceVersion } from '@reroot/shared/resources';
import { managedBy, managedByLabel, type ResourceObject, readResource } from './resource-object.ts';

/** The objects of one kind in the namespace of reroot, as they are and with what was just written. */
export interface Collection {
  readonly kind: string;
  /** @throws what the list or the watch fails with, while what is known is too old to act on */
  list(): readonly ResourceObject[];
  find(name: string): ResourceObject | undefined;
  /** Makes an object in reroot's own name. */
  create(name: string, spec: object, signal: AbortSignal): Promise<void>;
  /** Changes an object as it was seen: one that has changed since stays as it is. */
  patch(seen: ResourceObject, change: object, signal: AbortSignal): Promise<void>;
  patchStatus(seen: ResourceObject, change: object, signal: AbortSignal): Promise<void>;
  remove(seen: ResourceObject, signal: AbortSignal): Promise<void>;
  /** Follows them until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
  untilListed(signal: AbortSignal): Promise<void>;
}

/** What a collection works with. */
export interface CollectionOptions {
  readonly api: KubeApi;
  readonly namespace: string;
  readonly kind: Pick<ResourceKind, 'kind' | 'plural'>;
  readonly onChange: () => void;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/** How long the watch may take to bring what was written. */
const echoMs = 30_000;

/** What was written, until the watch brings it. */
type Echo = { readonly uid: string; readonly untilMs: number } & (
  | { readonly kind: 'made' | 'changed'; readonly object: ResourceObject }
  | { readonly kind: 'removed' }
);

/** Follows nothing yet. */
export function createCollection({ api, namespace, kind, ...options }: CollectionOptions): Collection {
  const { clock } = options;
  const path = `/apis/${resourceGroup}/${resourceVersion}/namespaces/${encodeURIComponent(namespace)}/${kind.plural}`;
  const cache = createObjectCache<ResourceObject>({ api, path, reduce: readResource, ...options });
  const echoes = new Map<string, Echo>();

  const keep = (kind: 'made' | 'changed', object: ResourceObject): void => {
    const before = echoes.get(object.name);
    // What was made and changed before the watch has brought it is still to be brought.
    const isNew = before?.kind === 'made' && before.uid === object.uid;
    echoes.set(object.name, { kind: isNew ? 'made' : kind, object, uid: object.uid, untilMs: clock.now() + echoMs });
  };
  const list = (): readonly ResourceObject[] => {
    const seen = cache.list();
    if (echoes.size === 0) return seen;
    const objects = new Map(seen.map((object) => [object.name, object]));
    for (const [name, echo] of echoes) {
      const known = objects.get(name);
      if (clock.now() >= echo.untilMs || isBrought(known, echo)) echoes.delete(name);
      else if (echo.kind === 'removed') objects.delete(name);
      else objects.set(name, echo.object);
    }
    return [...objects.values()];
  };
  const at = (name: string): string => `${path}/${encodeURIComponent(name)}`;
  const write = async (seen: ResourceObject, target: string, change: object, signal: AbortSignal): Promise<void> => {
    const { metadata = {}, ...rest } = change as { metadata?: object };
    const body = { ...rest, metadata: { ...metadata, resourceVersion: seen.resourceVersion, uid: seen.uid } };
    keep('changed', readResource(await api.mergePatch(target, body, signal)));
  };
  return {
    kind: kind.kind,
    list,
    find: (name) => list().find((object) => object.name === name),
    create: async (name, spec, signal) => {
      const metadata = { name, namespace, labels: { [managedByLabel]: managedBy } };
      keep(
        'made',
        readResource(await api.create(path, { apiVersion: resourceApiVersion, kind: kind.kind, metadata, spec }, signal)),
      );
    },
    patch: (seen, change, signal) => write(seen, at(seen.name), change, signal),
    patchStatus: (seen, change, signal) => write(seen, `${at(seen.name)}/status`, { status: change }, signal),
    remove: async (seen, signal) => {
      try {
        await api.delete(at(seen.name), { uid: seen.uid }, signal);
      } catch (error) {
        if (!(error instanceof RerootError) || error.code !== 'RR_OBJECT_NOT_FOUND') throw error;
      }
      echoes.set(seen.name, { kind: 'removed', uid: seen.uid, untilMs: clock.now() + echoMs });
    },
    run: (signal) => cache.run(signal),
    untilListed: (signal) => cache.untilListed(signal),
  };
}

/** Versions of the objects of one kind can be compared as numbers. What is there no longer is not brought back by what was written to it. */
function isBrought(known: ResourceObject | undefined, echo: Echo): boolean {
  if (echo.kind === 'removed') return known?.uid !== echo.uid;
  if (known === undefined) return echo.kind === 'changed';
  return known.uid !== echo.uid || Number(known.resourceVersion) >= Number(echo.object.resourceVersion);
}
