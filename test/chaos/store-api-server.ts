import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A stand-in for the API server that has the store and the lease of several mgmts: objects in memory, with versions, conflicts, selectors
 * and watches. It is asked by the client that asks real ones; the real tier has the same mgmts on those.
 */
export interface StoreApiServer {
  readonly port: number;
  stop(): Promise<void>;
}

interface StoredObject {
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

interface Change {
  readonly version: number;
  readonly collection: string;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: StoredObject;
}

/** An answer that is no success, as a Status says it. */
class Refusal extends Error {
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason: string, message: string) {
    super(message);
    this.code = code;
    this.reason = reason;
  }
}

/** What has changed is forgotten after so many changes, as etcd forgets. */
const keptChanges = 20_000;
/** As `ValidateSecret` of the API server has it. */
const maxSecretBytes = 1_048_576;

/** Starts one without objects on 127.0.0.1. */
export async function startStoreApiServer(): Promise<StoreApiServer> {
  const objects = createObjects();
  const server = createServer((request, response) => {
    void answer(objects, request, response).catch((thrown: unknown) => {
      const { code, reason } = thrown instanceof Refusal ? thrown : { code: 500, reason: 'InternalError' };
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      sendJson(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A kubeconfig that leads to such a server, or to a relay before it. */
export function kubeconfigFor(port: number): string {
  return JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'chaos', users: [{ name: 'chaos', user: { token: 'chaos' } }] },
    clusters: [{ name: 'chaos', cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
    contexts: [{ name: 'chaos', context: { cluster: 'chaos', user: 'chaos' } }],
  });
}

function createObjects() {
  const objects = new Map<string, StoredObject>();
  const changes: Change[] = [];
  const listeners = new Set<(change: Change) => void>();
  let version = 0;
  const record = (collection: string, type: Change['type'], object: StoredObject): void => {
    const change = { version, collection, type, object };
    changes.push(change);
    if (changes.length > keptChanges) changes.shift();
    for (const listener of listeners) listener(change);
  };
  const get = (path: string): StoredObject => {
    const found = objects.get(path);
    if (found === undefined) throw new Refusal(404, 'NotFound', `${path} not found`);
    return found;
  };
  const put = (collection: string, type: 'ADDED' | 'MODIFIED', body: StoredObject): StoredObject => {
    requireFits(body);
    version += 1;
    const object = { ...body, metadata: { ...body.metadata, resourceVersion: String(version) } };
    objects.set(`${collection}/${body.metadata.name}`, object);
    record(collection, type, object);
    return object;
  };
  /** @param expected the version that the change rests on, if it rests on one */
  const requireVersion = (path: string, expected: string | undefined): StoredObject => {
    const found = get(path);
    if (expected === undefined || expected === found.metadata.resourceVersion) return found;
    throw new Refusal(409, 'Conflict', `${path} has been modified`);
  };
  return {
    changes,
    listeners,
    version: () => version,
    get,
    list: (collection: string) =>
      [...objects].filter(([path]) => path.slice(0, path.lastIndexOf('/')) === collection).map(([, object]) => object),
    create: (collection: string, body: StoredObject) => {
      const path = `${collection}/${body.metadata.name}`;
      if (objects.has(path)) throw new Refusal(409, 'AlreadyExists', `${path} already exists`);
      const made = { uid: randomUUID(), creationTimestamp: new Date().toISOString() };
      return put(collection, 'ADDED', { ...body, metadata: { ...body.metadata, ...made } });
    },
    replace: (collection: string, path: string, body: StoredObject) => {
      const { metadata } = requireVersion(path, body.metadata.resourceVersion);
      return put(collection, 'MODIFIED', { ...body, metadata: { ...metadata, ...body.metadata } });
    },
    patch: (collection: string, path: string, patch: Partial<StoredObject>) =>
      put(collection, 'MODIFIED', merge(requireVersion(path, patch.metadata?.resourceVersion), patch) as StoredObject),
    delete: (collection: string, path: string, expected: string | undefined) => {
      const gone = requireVersion(path, expected);
      version += 1;
      objects.delete(path);
      record(collection, 'DELETED', { ...gone, metadata: { ...gone.metadata, resourceVersion: String(version) } });
      return gone;
    },
  };
}

type Objects = ReturnType<typeof createObjects>;

async function answer(objects: Objects, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://any');
  const [, collection = '', name] = /^(\/(?:api|apis)\/.*\/namespaces\/[^/]+\/[^/]+)(?:\/([^/]+))?$/.exec(pathname) ?? [];
  if (collection === '') throw new Refusal(404, 'NotFound', `there is no ${pathname}`);
  const body = await readBody(request);
  if (request.method === 'GET' && name === undefined && searchParams.has('watch')) {
    watch(objects, collection, searchParams, response);
    return;
  }
  const status = request.method === 'POST' ? 201 : 200;
  sendJson(
    response,
    status,
    carryOut(objects, { method: request.method, collection, pathname, name, query: searchParams }, body),
  );
}

interface Asked {
  readonly method: string | undefined;
  readonly collection: string;
  /** Of the object, or of the collection. */
  readonly pathname: string;
  readonly name: string | undefined;
  readonly query: URLSearchParams;
}

function carryOut(objects: Objects, { method, collection, pathname, name, query }: Asked, body: unknown): object {
  switch (method) {
    case 'POST':
      return objects.create(collection, body as StoredObject);
    case 'PUT':
      return objects.replace(collection, pathname, body as StoredObject);
    case 'PATCH':
      return objects.patch(collection, pathname, body as Partial<StoredObject>);
    case 'DELETE': {
      const { preconditions } = body as { readonly preconditions?: { readonly resourceVersion?: string } };
      return objects.delete(collection, pathname, preconditions?.resourceVersion);
    }
    case 'GET': {
      if (name !== undefined) return objects.get(pathname);
      const items = objects.list(collection).filter((object) => isSelected(object, query));
      return { kind: 'List', metadata: { resourceVersion: String(objects.version()) }, items };
    }
    default:
      throw new Refusal(405, 'MethodNotAllowed', `${method} is not to be had`);
  }
}

/** What has changed since a version comes first, and then each change. */
function watch(objects: Objects, collection: string, query: URLSearchParams, response: ServerResponse): void {
  const sinceVersion = Number(query.get('resourceVersion') ?? 0);
  response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  const send = (event: object): void => void response.write(`${JSON.stringify(event)}\n`);
  const oldest = objects.changes[0]?.version ?? 0;
  if (objects.changes.length === keptChanges && sinceVersion < oldest - 1) {
    send({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' } });
    response.end();
    return;
  }
  const tell = ({ version, collection: changed, type, object }: Change): void => {
    if (changed === collection && version > sinceVersion && isSelected(object, query)) send({ type, object });
  };
  for (const change of objects.changes) tell(change);
  objects.listeners.add(tell);
  response.once('close', () => objects.listeners.delete(tell));
}

function isSelected({ metadata }: StoredObject, query: URLSearchParams): boolean {
  const name = /^metadata\.name=(.*)$/.exec(query.get('fieldSelector') ?? '')?.[1];
  if (name !== undefined && name !== metadata.name) return false;
  const selectors = (query.get('labelSelector') ?? '').match(/[^,()]+(\([^)]*\))?/g) ?? [];
  return selectors.every((selector) => {
    const [, label = '', equal, among] = /^([^ =]+)(?:=(.*)| in \((.*)\))?$/.exec(selector) ?? [];
    const value = metadata.labels?.[label];
    if (value === undefined || (equal === undefined && among === undefined)) return value !== undefined;
    return (equal === undefined ? (among ?? '').split(',') : [equal]).includes(value);
  });
}

function requireFits(body: StoredObject): void {
  const { data = {} } = body as { readonly data?: Readonly<Record<string, string>> };
  const bytes = Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value, 'base64'), 0);
  if (bytes > maxSecretBytes) throw new Refusal(422, 'Invalid', `data: may not be more than ${maxSecretBytes} bytes`);
}

/** RFC 7386. */
function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const merged = new Map<string, unknown>(typeof target === 'object' && target !== null ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, merge(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
