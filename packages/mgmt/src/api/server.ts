import { RerootError } from '@reroot/shared/errors';
import { type Log } from '@reroot/shared/log';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { fieldsOf } from '../runner/index.ts';
import { type Access, requireAccess } from './access.ts';
import { mediaTypes } from './body.ts';
import { fromHttpError, problemOf } from './problem.ts';
import { type RouteOptions, routes } from './routes.ts';

/** What the API works with. */
export interface ApiOptions extends RouteOptions {
  readonly access: Access;
  readonly log: Log;
}

const bodyLimitBytes = 1024 * 1024;
const requestTimeoutMs = 30_000;

/** The HTTP API of `@reroot/shared/api`; every error is a problem document. Listens to nothing yet. */
export function createApi(options: ApiOptions): FastifyInstance {
  const { access, log } = options;
  const app = fastify({
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    logger: false,
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => answerError(error, reply, log),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(Object.keys(mediaTypes), { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  app.setErrorHandler((error, _request, reply) => answerError(error, reply, log));
  app.setNotFoundHandler((request, reply) => {
    const { method, url } = request;
    answerError(new RerootError('RR_API_NOT_FOUND', `there is no ${method} ${url.slice(0, 200)}`), reply, log);
  });
  app.addHook('onRequest', async (request) => {
    if (isOpen(request)) return;
    requireAccess(access, { authorization: request.headers.authorization, host: request.headers.host });
  });
  addRoutes(app, options);
  return app;
}

/** Probes carry no token; their answers tell nothing but health. */
function isOpen({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.url === '/healthz' || routeOptions.url === '/readyz';
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

function addRoutes(app: FastifyInstance, options: RouteOptions): void {
  const byUrl = Map.groupBy(routes(options), ({ url }) => url);
  for (const [url, known] of byUrl) {
    for (const { method, answer } of known) {
      app.route({
        method,
        url,
        handler: async (request, reply) => {
          const { status, body } = await answer(request);
          return reply.code(status).send(body);
        },
      });
    }
    // fastify answers HEAD wherever it answers GET.
    const allowed = known.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    app.route({
      method: methods.filter((method) => !allowed.includes(method)),
      url,
      // The body is not looked at: whatever it is, the method is what is wrong.
      onRequest: async (request, reply) => {
        reply.header('allow', allowed.join(', '));
        throw new RerootError('RR_API_METHOD_NOT_ALLOWED', `${request.method} has no meaning for ${url}`);
      },
      handler: () => undefined,
    });
  }
}

function answerError(thrown: unknown, reply: FastifyReply, log: Log): void {
  const error = fromHttpError(thrown);
  const { status } = error.entry;
  if (status >= 500) log.error({ ...fieldsOf(error), ...stackOf(error) }, 'a request failed');
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  void reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(error)));
}

function stackOf(error: RerootError): object {
  return error.code === 'RR_INTERNAL' && error.cause instanceof Error ? { stack: error.cause.stack } : {};
}
