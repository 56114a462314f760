import type { ErrorCode } from '@reroot/shared/errors';
import type { mgmtMetrics, Registry } from '@reroot/shared/metrics';
import type { FastifyInstance } from 'fastify';

/** Those that the API knows, and others that are usual. Node knows some thirty more, and who asks chooses among them. */
const counted: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']);

/** Counts what the API answers. Paths and methods are counted as the API knows them: what was asked for may be anything. */
export function countRequests(app: FastifyInstance, registry: Registry<typeof mgmtMetrics>): void {
  app.addHook('onResponse', async (request, { statusCode, elapsedTime }) => {
    const route = request.routeOptions.url ?? 'none';
    const method = counted.has(request.method) ? request.method : 'other';
    registry.count('reroot_api_requests_total', { method, route, status: String(statusCode) });
    registry.observe('reroot_api_request_duration_seconds', { method }, elapsedTime / 1_000);
  });
}

/** Counts a problem that somebody was answered with, over whatever connection. */
export function countRefusal(registry: Registry<typeof mgmtMetrics>, code: ErrorCode): void {
  registry.count('reroot_api_refusals_total', { code });
}
