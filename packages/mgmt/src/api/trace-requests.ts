import { type OpenSpan, openSpan, readTraceparent } from '@reroot/shared/tracing';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Makes a span of each request that the gatekeeper has let pass, within the trace that its `traceparent` names. Those that are
 * refused make none: nobody else decides how much is traced.
 */
export function traceRequests(app: FastifyInstance): void {
  const spans = new WeakMap<FastifyRequest, OpenSpan>();
  app.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const span = openSpan(`${request.method} ${route}`, {
      kind: 'server',
      parent: readTraceparent(request.headers['traceparent']),
      attributes: { 'http.request.method': request.method, 'http.route': route, 'reroot.request_id': request.id },
    });
    spans.set(request, span);
    span.within(() => done());
  });
  app.addHook('onError', (request, _reply, error, done) => {
    spans.get(request)?.fail(error);
    done();
  });
  app.addHook('onResponse', (request, { statusCode }, done) => {
    const span = spans.get(request);
    span?.note({ 'http.response.status_code': statusCode });
    span?.end();
    done();
  });
}
