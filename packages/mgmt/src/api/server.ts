import type { ServerOptions } from 'node:https';
import { type Operation, type OperationId, operations } from '@reroot/shared/api-contract';
import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import { type Log } from '@reroot/shared/log';
import type { mgmtMetrics, Registry } from '@reroot/shared/metrics';
import { isName } from '@reroot/shared/protocol';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { actAs } from '../audit/index.ts';
import { fieldsOf } from '../runner/index.ts';
import { answerClientError } from './answer-client-error.ts';
import { type Asker, createAskers } from './asker.ts';
import { mediaTypes } from './body.ts';
import { etagOf, isKnown } from './etag.ts';
import type { GuardOptions } from './guard.ts';
import { countRequests } from './metrics/index.ts';
import { fromHttpError, problemHeaders, problemOf } from './problem.ts';
import { readActor } from './read-actor.ts';
import { type Answer, paramOf, type Route } from './route.ts';
import { type RouteOptions, routes } from './routes.ts';
import { addSecureHeaders } from './secure-headers.ts';

/** What the API works with. */
export interface ApiOptions extends RouteOptions, GuardOptions {
  /** Key, certificate and CAs for TLS; plain HTTP when it is left out. */
  readonly tls?: ServerOptions | undefined;
  readonly registry: Registry<typeof mgmtMetrics>;
}

const bodyLimitBytes = 1024 * 1024;
const requestTimeoutMs = 30_000;
const headersTimeoutMs = 10_000;
/** How often Node looks for requests beyond those two; its own 30 s would let a slow sender have a minute. */
const timeoutCheckMs = 5_000;
/** More than any fleet of people and scripts needs; each costs memory and a file descriptor. */
const maxConnections = 2_000;

/** The HTTP API of `@reroot/shared/api`; every error is a problem document. Listens to nothing yet. */
export function createApi(options: ApiOptions): FastifyInstance {
  const { log, tls, registry } = options;
  const timing = { headersTimeout: headersTimeoutMs, connectionsCheckingInterval: timeoutCheckMs };
  const answer = (error: unknown, reply: FastifyReply): void => {
    registry.count('reroot_api_refusals_total', { code: answerError(error, reply, log) });
  };
  const app: FastifyInstance = fastify({
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    logger: false,
    forceCloseConnections: true,
    // A longer name is refused as a name, and not as a path that is not there.
    routerOptions: { maxParamLength: 1_000 },
    frameworkErrors: (error, request, reply) => {
      addSecureHeaders(request, reply);
      answer(error, reply);
    },
    clientErrorHandler: answerClientError,
    ...(tls === undefined ? { http: timing } : { https: { ...tls, ...timing } }),
  });
  app.server.maxConnections = maxConnections;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(Object.keys(mediaTypes), { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  countRequests(app, registry);
  app.setErrorHandler((error, _request, reply) => answer(error, reply));
  app.setNotFoundHandler((request, reply) => {
    const { method, url } = request;
    // What people put into a query is not repeated: some write their tokens there.
    const [path = ''] = url.split('?', 1);
    answer(new RerootError('RR_API_NOT_FOUND', `there is no ${method} ${path.slice(0, 200)}`), reply);
  });
  const askerOf = createAskers(app, options);
  addRoutes(app, routes(options), (route, request) => answerOf(route, request, askerOf, options.onRefusedAct));
  return app;
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

function addRoutes(
  app: FastifyInstance,
  all: readonly Route[],
  answer: (route: Route, request: FastifyRequest) => Promise<Answer>,
): void {
  for (const [url, known] of Map.groupBy(all, (route) => route.url)) {
    for (const route of known) {
      app.route({
        method: route.method,
        url,
        config: { permission: route.permission },
        handler: async (request, reply) => {
          return send(route, await answer(route, request), request, reply);
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

/** Sends an answer, and its ETag where it has one; without the body to whoever has it already. */
function send(
  { id, method }: Route,
  { status, body, revision }: Answer,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const type = typeOf(id, status);
  if (type !== undefined) reply.type(type);
  if (revision === undefined) return reply.code(status).send(body);
  const text = JSON.stringify(body);
  const etag = etagOf(revision, text);
  reply.header('etag', etag);
  // To be asked again each time, and not to be kept by whoever stands between.
  if (method === 'GET' && isKnown(etag, request.headers)) return reply.code(304).send();
  return reply.code(status).type('application/json; charset=utf-8').send(text);
}

/** The media type of an answer; undefined where it is JSON. */
function typeOf(id: OperationId, status: number): string | undefined {
  const { answers }: Operation = operations[id];
  return answers[status]?.type;
}

/** A parameter that means nothing is a typing error in one that does. @throws RR_API_QUERY_INVALID */
function requireKnownQuery(id: OperationId, query: unknown): void {
  const known: Operation = operations[id];
  const [first] = typeof query === 'object' && query !== null ? Object.keys(query) : [];
  if (known.query !== undefined || first === undefined) return;
  throw new RerootError('RR_API_QUERY_INVALID', 'this path takes no query', { place: 'query' });
}

async function answerOf(
  route: Route,
  request: FastifyRequest,
  askerOf: (request: FastifyRequest) => Asker,
  onRefusedAct: ApiOptions['onRefusedAct'],
): Promise<Answer> {
  if (route.permission === 'open') return route.answer();
  requireKnownQuery(route.id, request.query);
  const { params, query, body, headers } = request;
  const asker = askerOf(request);
  const actor = readActor(asker.principal, body);
  try {
    return await actAs(actor, () => route.answer({ params, query, body, headers, ...asker }));
  } catch (thrown) {
    const error = fromHttpError(thrown);
    // What mgmt itself failed in was refused to nobody.
    if (route.permission !== 'read' && error.entry.status < 500) {
      const [mesh, cluster] = ['mesh', 'cluster'].map((name) => nameOf(paramOf(request, name)));
      onRefusedAct?.({ by: actor, action: `${route.method} ${route.url}`, mesh, cluster, error });
    }
    throw thrown;
  }
}

/** What is no name was refused for that, and the message says so. */
function nameOf(text: string): string | undefined {
  return isName(text) ? text : undefined;
}

/** @returns the code of the problem */
function answerError(thrown: unknown, reply: FastifyReply, log: Log): ErrorCode {
  const error = fromHttpError(thrown);
  const { status } = error.entry;
  if (status >= 500) log.error({ ...fieldsOf(error), ...stackOf(error) }, 'a request failed');
  // Who is refused before the body has come must not go on sending it.
  if (!reply.request.raw.complete) reply.header('connection', 'close');
  void reply
    .code(status)
    .headers(problemHeaders(error))
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(error)));
  return error.code;
}

function stackOf(error: RerootError): object {
  return error.code === 'RR_INTERNAL' && error.cause instanceof Error ? { stack: error.cause.stack } : {};
}
