import type { mgmtMetrics, Registry } from '@reroot/shared/metrics';
import type { FastifyInstance } from 'fastify';

/** Counts what the API answers. A path is counted as the API knows it: what was asked for may be anything. */
export function countRequests(app: FastifyInstance, registry: Registry<typeof mgmtMetrics>): void {
  app.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    const route = routeOptions.url ?? 'none';
    registry.count('reroot_api_requests_total', { method, route, status: String(statusCode) });
    registry.observe('reroot_api_request_duration_seconds', { method }, elapsedTime / 1_000);
  });
}
