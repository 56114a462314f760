import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { Credentials } from './access.ts';
import { createConnectionPool } from './connection-pool.ts';
import { type Exchange, nameOf } from './exchange.ts';
import { findCredentials } from './find-credentials.ts';
import { type Environment, serviceAccountDirectory } from './in-cluster-credentials.ts';
import type { Detail, KubeApi } from './kube-api.ts';
import { readWatch } from './read-watch.ts';
import { createTransport, type Transport } from './transport.ts';
import { withQuery } from './with-query.ts';

/** How to come to an API server. */
export interface KubeApiOptions {
  /** Who asks: the field manager of what it writes, and with its version the user agent of the audit log. */
  readonly program: { readonly name: string; readonly version: string };
  /** Path of a kubeconfig; without it the places of `findCredentials` are looked at in their order. */
  readonly kubeconfig?: string | undefined;
  /** A context of the kubeconfig; without it its current one. */
  readonly context?: string | undefined;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** For a request with all its tries; for a watch or a WebSocket, until it is open. */
  readonly requestTimeoutMs?: number | undefined;
  /** Of this process when absent. */
  readonly environment?: Environment;
  /** Where a pod finds its token and the CA of its API server, when not where the kubelet puts them. */
  readonly serviceAccountDirectory?: string | undefined;
}

/** An API with connections that must be cut one day. */
export interface OpenKubeApi extends KubeApi {
  /** Cuts every connection; what is under way fails. */
  close(): Promise<void>;
}

/**
 * Opens the Kubernetes API. Sends nothing yet: a cluster that does not answer is told by the first request.
 * @throws RR_KUBECONFIG_INVALID when there are no credentials to be found
 */
export async function openKubeApi(options: KubeApiOptions): Promise<OpenKubeApi> {
  const { program, clock, random, log, requestTimeoutMs = 10_000 } = options;
  const credentials = await findCredentials({
    kubeconfig: options.kubeconfig,
    context: options.context,
    environment: options.environment ?? process.env,
    serviceAccountDirectory: options.serviceAccountDirectory ?? serviceAccountDirectory,
  });
  log.debug({ server: credentials.server.origin }, 'the API server is known');
  const pool = createConnectionPool();
  const transport = createTransport({ credentials: withUserAgent(credentials, program), pool, clock, random, requestTimeoutMs });
  return { ...createKubeApi(transport, program.name), close: async () => pool.close() };
}

function withUserAgent(credentials: Credentials, { name, version }: KubeApiOptions['program']): Credentials {
  return {
    server: credentials.server,
    read: async (freshness) => {
      const access = await credentials.read(freshness);
      return { ...access, headers: { ...access.headers, 'user-agent': `${name}/${version}` } };
    },
  };
}

/** What is asked for; kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables has how others are. */
const accepted: Readonly<Record<Detail, string>> = {
  whole: 'application/json',
  metadata: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
  'metadata-of-each': 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
};

function createKubeApi(transport: Transport, fieldManager: string): KubeApi {
  const ask = async <T>(exchange: Exchange, signal: AbortSignal): Promise<T> =>
    parseObject(exchange, await transport.exchange(exchange, signal)) as T;
  const get = async <T>(path: string, signal: AbortSignal, detail: Detail = 'whole'): Promise<T> =>
    ask({ method: 'GET', path, accept: accepted[detail] }, signal);
  return {
    get,
    find: async <T>(path: string, signal: AbortSignal) => {
      try {
        return await get<T>(path, signal);
      } catch (error) {
        if (error instanceof RerootError && error.code === 'RR_OBJECT_NOT_FOUND') return undefined;
        throw error;
      }
    },
    create: async (path, body, signal) => {
      const text = JSON.stringify(body);
      const managed = withQuery(path, { fieldManager });
      return ask({ method: 'POST', path: managed, body: { contentType: 'application/json', text } }, signal);
    },
    replace: async (path, body, signal) => {
      const text = JSON.stringify(body);
      const managed = withQuery(path, { fieldManager });
      return ask({ method: 'PUT', path: managed, body: { contentType: 'application/json', text } }, signal);
    },
    mergePatch: async (path, body, signal) => {
      const text = JSON.stringify(body);
      const managed = withQuery(path, { fieldManager });
      return ask({ method: 'PATCH', path: managed, body: { contentType: 'application/merge-patch+json', text } }, signal);
    },
    delete: async (path, preconditions, signal) => {
      const text = JSON.stringify({
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        ...(preconditions === undefined ? {} : { preconditions }),
      });
      await ask({ method: 'DELETE', path, body: { contentType: 'application/json', text } }, signal);
    },
    watch: async function* (path, signal, onOpen) {
      const exchange: Exchange = { method: 'GET', path };
      const response = await transport.stream(exchange, signal);
      onOpen?.();
      yield* readWatch(exchange, response, signal);
    },
    connect: (path, subprotocol, signal) => transport.connect(path, subprotocol, signal),
  };
}

/** What a parser says of a body quotes it, and that may be a Secret: it is not repeated. */
function parseObject(exchange: Exchange, text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Falls through: it is no object either way.
  }
  throw new RerootError('RR_CLUSTER_UNREACHABLE', `${nameOf(exchange)}: the answer is no object of Kubernetes`);
}
