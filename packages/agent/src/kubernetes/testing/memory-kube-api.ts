import type { KubeApi, KubeObject, ObjectMeta } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';

/** A request that was made, oldest first. */
export interface MadeRequest {
  readonly verb: 'get' | 'create' | 'mergePatch';
  readonly path: string;
  readonly body: object | undefined;
}

/** What a request is answered with, or undefined to let the memory answer. */
export type Answer = (request: MadeRequest) => object | undefined;

/** The API of Kubernetes in memory: objects by path, with versions and merge patches as the real one has them. */
export interface MemoryKubeApi extends KubeApi {
  readonly requests: MadeRequest[];
  /** Puts an object there, as somebody else would. */
  put(path: string, object: object): void;
  remove(path: string): void;
  /** May answer, or throw, in place of the memory. */
  answer: Answer;
}

/** Starts empty. It neither applies, nor watches, nor connects. */
export function createMemoryKubeApi(): MemoryKubeApi {
  const objects = new Map<string, KubeObject>();
  const requests: MadeRequest[] = [];
  let versions = 0;
  const store = (path: string, object: KubeObject): KubeObject => {
    versions += 1;
    const metadata: ObjectMeta = { ...object.metadata, resourceVersion: String(versions) };
    const stored = { ...object, metadata };
    objects.set(path, stored);
    return stored;
  };
  const handle = (request: MadeRequest, signal: AbortSignal, otherwise: () => object): object => {
    signal.throwIfAborted();
    requests.push(request);
    return api.answer(request) ?? otherwise();
  };
  const lookUp = (path: string): KubeObject => {
    const found = objects.get(path);
    if (found === undefined) throw new RerootError('RR_OBJECT_NOT_FOUND', `${path} does not exist`);
    return found;
  };
  const create = (path: string, body: object): KubeObject => {
    const object = body as KubeObject;
    const own = `${path}/${object.metadata.name}`;
    if (objects.has(own)) throw new RerootError('RR_CLUSTER_CONFLICT', `${own} exists`);
    return store(own, object);
  };
  const patch = (path: string, body: object): KubeObject => {
    const found = lookUp(path);
    const expected = (body as Partial<KubeObject>).metadata?.resourceVersion;
    if (expected !== undefined && expected !== found.metadata.resourceVersion)
      throw new RerootError('RR_CLUSTER_CONFLICT', `${path} has changed`);
    return store(path, mergeJson(found, body) as KubeObject);
  };
  const api: MemoryKubeApi = {
    requests,
    answer: () => undefined,
    put: (path, object) => {
      store(path, object as KubeObject);
    },
    remove: (path) => {
      objects.delete(path);
    },
    get: async <T>(path: string, signal: AbortSignal) =>
      handle({ verb: 'get', path, body: undefined }, signal, () => lookUp(path)) as T,
    find: async <T>(path: string, signal: AbortSignal) => {
      signal.throwIfAborted();
      return objects.has(path) ? api.get<T>(path, signal) : undefined;
    },
    create: async <T>(path: string, body: object, signal: AbortSignal) =>
      handle({ verb: 'create', path, body }, signal, () => create(path, body)) as T,
    mergePatch: async <T>(path: string, body: object, signal: AbortSignal) =>
      handle({ verb: 'mergePatch', path, body }, signal, () => patch(path, body)) as T,
    replace: async () => Promise.reject(new Error('this API does not replace')),
    delete: async (path, _, signal) => {
      signal.throwIfAborted();
      lookUp(path);
      objects.delete(path);
    },
    watch: () => {
      throw new Error('this API does not watch');
    },
    connect: async () => Promise.reject(new Error('this API does not connect')),
  };
  return api;
}

/** RFC 7396. */
function mergeJson(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const before = isRecord(target) ? target : {};
  const changed = Object.entries(patch).map(([key, value]): [string, unknown] => [key, mergeJson(before[key], value)]);
  const merged: Record<string, unknown> = { ...before, ...Object.fromEntries(changed) };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
