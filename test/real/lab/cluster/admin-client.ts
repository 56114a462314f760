import type { IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { systemClock } from '@reroot/shared/clock';
import { errorMessage } from '@reroot/shared/errors';
import type { Credential } from './certificate.ts';

/** An answer of the API server that is not a success. */
export class ApiStatusError extends Error {
  readonly status: number;

  constructor(status: number, what: string) {
    super(what);
    this.status = status;
  }
}

/** A Kubernetes object, as far as the lab looks into it. */
export interface LabObject {
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
    readonly deletionGracePeriodSeconds?: number;
  };
}

/**
 * The API with all rights, for whoever plays scheduler, kubelet, operator or judge in the lab. It is written apart from
 * the agent's own client: what judges the agent must not share its faults.
 */
export interface AdminClient {
  /** @throws ApiStatusError for every answer but 2xx */
  request<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** @throws ApiStatusError */
  patch<T>(kind: 'merge' | 'apply', path: string, body: unknown): Promise<T>;
  /** As GET; undefined for 404. */
  find<T>(path: string): Promise<T | undefined>;
  /** Lists and watches until the signal aborts; `onObjects` gets all that exist after each change. Never rejects. */
  follow(path: string, onObjects: (objects: readonly LabObject[]) => void, signal: AbortSignal): Promise<void>;
  close(): void;
}

const requestTimeoutMs = 10_000;
const retryMs = 200;
const contentTypes = { merge: 'application/merge-patch+json', apply: 'application/apply-patch+yaml' } as const;

/** @param server `https://ADDRESS:PORT` */
export function createAdminClient(server: string, caPem: string, { certPem, keyPem }: Credential): AdminClient {
  const agent = new Agent({ keepAlive: true, ca: caPem, cert: certPem, key: keyPem });
  const send = (method: string, path: string, body: unknown, type: string, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const content = body === undefined ? undefined : JSON.stringify(body);
      // Node gives the body of a DELETE no length by itself, and the server takes it for the next request.
      const headers = content === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(content) };
      const request = httpsRequest(`${server}${path}`, { method, agent, headers, signal }, resolve);
      request.on('error', reject);
      request.end(content);
    });
  const call = async <T>(method: string, path: string, body: unknown, type: string): Promise<T> => {
    const response = await send(method, path, body, type, AbortSignal.timeout(requestTimeoutMs));
    const answer = await text(response);
    const status = response.statusCode ?? 0;
    if (status >= 300) throw new ApiStatusError(status, `${method} ${path}: ${status} ${answer.slice(0, 500)}`);
    return JSON.parse(answer) as T;
  };
  const client: AdminClient = {
    request: (method, path, body) => call(method, path, body, 'application/json'),
    patch: (kind, path, body) => call('PATCH', path, body, contentTypes[kind]),
    find: async (path) => {
      try {
        return await call('GET', path, undefined, '');
      } catch (thrown) {
        if (thrown instanceof ApiStatusError && thrown.status === 404) return undefined;
        throw thrown;
      }
    },
    follow: async (path, onObjects, signal) => {
      while (!signal.aborted) {
        await followOnce(path, onObjects, (watched) => send('GET', watched, undefined, '', signal), client).catch(
          () => undefined,
        );
        await systemClock.sleep(retryMs, signal).catch(() => undefined);
      }
    },
    close: () => {
      agent.destroy();
    },
  };
  return client;
}

interface WatchedEvent {
  readonly type: string;
  readonly object: LabObject;
}

/** One list and the watch after it, until the server or the network ends that. */
async function followOnce(
  path: string,
  onObjects: (objects: readonly LabObject[]) => void,
  open: (path: string) => Promise<IncomingMessage>,
  client: AdminClient,
): Promise<void> {
  const list = await client.request<{ metadata: { resourceVersion: string }; items: LabObject[] }>('GET', path);
  const objects = new Map(list.items.map((item) => [keyOf(item), item]));
  onObjects([...objects.values()]);
  const query = `watch=1&allowWatchBookmarks=true&resourceVersion=${list.metadata.resourceVersion}`;
  const response = await open(`${path}${path.includes('?') ? '&' : '?'}${query}`);
  for await (const line of createInterface({ input: response })) {
    const { type, object } = JSON.parse(line) as WatchedEvent;
    if (type === 'ERROR') throw new Error(errorMessage(object));
    if (type === 'BOOKMARK') continue;
    if (type === 'DELETED') objects.delete(keyOf(object));
    else objects.set(keyOf(object), object);
    onObjects([...objects.values()]);
  }
}

function keyOf({ metadata }: LabObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
