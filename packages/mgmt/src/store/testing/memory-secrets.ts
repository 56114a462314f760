import type { KubeObject } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import type { SpaceApi } from '../kubernetes/kubernetes-space.ts';

/** A request to the Secrets of a namespace. */
export interface SecretsRequest {
  readonly verb: 'get' | 'list' | 'create' | 'replace' | 'delete' | 'watch';
  readonly name: string;
}

/** Lets requests through: it may wait, lose one before or after it is carried out, or never answer. */
export type Gate = <T>(request: SecretsRequest, carryOut: () => T) => Promise<T>;

/** Secrets in memory, with versions, conflicts, labels and watches as an API server has them. */
export interface MemorySecrets {
  /** A client of its own. */
  api(gate?: Gate): SpaceApi;
  readonly secrets: ReadonlyMap<string, KubeObject>;
  /** Changes the Secrets behind everybody's back. */
  tamper(change: (secrets: Map<string, KubeObject>) => void): void;
}

type Listener = (type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject) => void;

/** None is there. Pages, and times of creation, are left to the real API server. */
export function createMemorySecrets(): MemorySecrets {
  const secrets = new Map<string, KubeObject>();
  const listeners = new Set<Listener>();
  let versions = 0;
  const tell: Listener = (type, object) => {
    for (const listener of listeners) listener(type, object);
  };
  const keep = (type: 'ADDED' | 'MODIFIED', body: object): KubeObject => {
    requireFits(body);
    versions += 1;
    const { metadata, ...rest } = structuredClone(body) as KubeObject;
    const kept: KubeObject = { ...rest, metadata: { ...metadata, resourceVersion: String(versions) } };
    secrets.set(metadata.name, kept);
    tell(type, kept);
    return structuredClone(kept);
  };
  const lookUp = (name: string): KubeObject => {
    const found = secrets.get(name);
    if (found === undefined) throw new RerootError('RR_OBJECT_NOT_FOUND', `secrets "${name}" not found`);
    return found;
  };
  const carryOut = {
    get: (name: string) => structuredClone(lookUp(name)),
    list: (query: URLSearchParams) => {
      const items = [...secrets.values()].filter((secret) => isSelected(secret, query));
      return structuredClone({ kind: 'SecretList', metadata: { resourceVersion: String(versions) }, items });
    },
    create: (body: object) => {
      const { name } = (body as KubeObject).metadata;
      if (secrets.has(name)) throw new RerootError('RR_CLUSTER_CONFLICT', `secrets "${name}" already exists`);
      return keep('ADDED', body);
    },
    replace: (name: string, body: object) => {
      const expected = (body as KubeObject).metadata.resourceVersion;
      if (expected !== undefined && expected !== lookUp(name).metadata.resourceVersion) {
        throw new RerootError('RR_CLUSTER_CONFLICT', `secrets "${name}" has been modified`);
      }
      return keep('MODIFIED', body);
    },
    delete: (name: string) => {
      const gone = lookUp(name);
      versions += 1;
      secrets.delete(name);
      tell('DELETED', gone);
    },
  };
  return {
    secrets,
    tamper: (change) => change(secrets),
    api: (gate = async (_, act) => act()) => ({
      get: async <T>(path: string) => {
        const { name, query } = partsOf(path);
        const answer =
          name === ''
            ? gate({ verb: 'list', name: query.get('fieldSelector') ?? '' }, () => carryOut.list(query))
            : gate({ verb: 'get', name }, () => carryOut.get(name));
        return (await answer) as T;
      },
      find: async <T>(path: string) => {
        const { name } = partsOf(path);
        return (await gate({ verb: 'get', name }, () => structuredClone(secrets.get(name)))) as T | undefined;
      },
      create: async <T>(_: string, body: object) =>
        (await gate({ verb: 'create', name: (body as KubeObject).metadata.name }, () => carryOut.create(body))) as T,
      replace: async <T>(path: string, body: object) => {
        const { name } = partsOf(path);
        return (await gate({ verb: 'replace', name }, () => carryOut.replace(name, body))) as T;
      },
      delete: async (path) => {
        const { name } = partsOf(path);
        await gate({ verb: 'delete', name }, () => carryOut.delete(name));
      },
      watch: (path, signal, onOpen) => watch(partsOf(path).query, signal, onOpen),
    }),
  };

  async function* watch(query: URLSearchParams, signal: AbortSignal, onOpen: (() => void) | undefined) {
    const events: { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubeObject }[] = [];
    let wake = (): void => undefined;
    const listener: Listener = (type, object) => {
      if (isSelected(object, query)) events.push({ type, object: structuredClone(object) });
      wake();
    };
    // What has changed since the list comes first.
    for (const object of secrets.values()) {
      const isLater = Number(object.metadata.resourceVersion) > Number(query.get('resourceVersion'));
      if (isLater && isSelected(object, query)) events.push({ type: 'MODIFIED', object: structuredClone(object) });
    }
    listeners.add(listener);
    signal.addEventListener('abort', () => wake(), { once: true });
    onOpen?.();
    try {
      for (;;) {
        signal.throwIfAborted();
        const event = events.shift();
        if (event !== undefined) yield event;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      listeners.delete(listener);
    }
  }
}

/** As `ValidateSecret` of the API server does. */
const maxSecretBytes = 1_048_576;

function requireFits(body: object): void {
  const { data = {} } = body as { data?: Readonly<Record<string, string>> };
  const bytes = Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value, 'base64'), 0);
  if (bytes > maxSecretBytes)
    throw new RerootError('RR_OBJECT_REFUSED', `data: Too long: may not be more than ${maxSecretBytes} bytes`);
}

function partsOf(path: string): { readonly name: string; readonly query: URLSearchParams } {
  const { pathname, searchParams } = new URL(path, 'https://any');
  return { name: pathname.split('/secrets/')[1] ?? '', query: searchParams };
}

function isSelected({ metadata }: KubeObject, query: URLSearchParams): boolean {
  const name = /^metadata\.name=(.*)$/.exec(query.get('fieldSelector') ?? '')?.[1];
  if (name !== undefined && name !== metadata.name) return false;
  const selectors = (query.get('labelSelector') ?? '').match(/[^,()]+(\([^)]*\))?/g) ?? [];
  return selectors.every((selector) => {
    const [, label = '', equal, among] = /^([^ =]+)(?:=(.*)| in \((.*)\))$/.exec(selector) ?? [];
    const value = metadata.labels?.[label];
    return value !== undefined && (equal === undefined ? (among ?? '').split(',') : [equal]).includes(value);
  });
}
