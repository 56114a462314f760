import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { metricsMediaType } from '@reroot/shared/metrics';
import type { AgentMonitor } from './agent-monitor.ts';

/** A place where the agent can be asked how it does. */
export interface MonitorServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Nobody but a Prometheus and a kubelet asks. */
const maxConnections = 32;
const timeoutMs = 10_000;

/**
 * Serves `GET /metrics` and `GET /healthz`, and nothing else. It changes nothing and says no names of workloads, so that it needs no token;
 * who reaches the address may read it.
 * @throws RR_ADDRESS_UNUSABLE
 */
export async function serveMonitor(
  monitor: Pick<AgentMonitor, 'metrics' | 'health'>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MonitorServer> {
  const server = createServer(
    { requestTimeout: timeoutMs, headersTimeout: timeoutMs, keepAliveTimeout: timeoutMs },
    (request, response) => {
      const { status, type, body } = answer(monitor, request.method, request.url);
      response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : body);
    },
  );
  server.maxConnections = maxConnections;
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (cause) {
    const place = `${host}:${port}`;
    throw new RerootError('RR_ADDRESS_UNUSABLE', `cannot listen on ${place}: ${errorMessage(cause)}`, { place, cause });
  }
  // A program that has ended otherwise is not kept up by this.
  server.unref();
  return { url: urlOf(server), close: () => close(server) };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

function answer({ metrics, health }: Pick<AgentMonitor, 'metrics' | 'health'>, method = '', url = ''): Answer {
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'only GET\n');
  const [path] = url.split('?', 1);
  if (path === '/metrics') return { status: 200, type: metricsMediaType, body: metrics() };
  if (path !== '/healthz') return plain(404, 'there are /metrics and /healthz\n');
  return health() === 'well' ? plain(200, 'ok\n') : plain(503, 'a pass does not end\n');
}

function plain(status: number, body: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body };
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}
