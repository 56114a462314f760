import { randomBytes } from 'node:crypto';
import { METHODS } from 'node:http';
import type { ServerOptions } from 'node:https';
import { type Operation, type OperationId, operations } from '@reroot/shared/api-contract';
import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import { errorFields, type Log, type LogFields } from '@reroot/shared/log';
import type { mgmtMetrics, Registry } from '@reroot/shared/metrics';
import { type FastifyInstance, type FastifyReply, fastify } from 'fastify';
import { answerClientError } from './answer-client-error.ts';
import { createAnswerer } from './answer-requests.ts';
import type { ApiStage } from './api-stage.ts';
import { createAskers } from './asker.ts';
import { mediaTypes, requireUncoded } from './body.ts';
import type { GuardOptions } from './guard.ts';
import { sendAnswer } from './make-answer.ts';
import { countRefusal, countRequests } from './metrics/index.ts';
import { fromHttpError, problemHeaders, problemOf } from './problem.ts';
import { urlOf } from './route.ts';
import { addSecureHeaders } from './secure-headers.ts';
import { traceRequests } from './trace-requests.ts';

/** What the API works with. */
export interface ApiOptions extends Omit<GuardOptions, 'onRefusedAct'> {
  /** Key, certificate and CAs for TLS; plain HTTP when it is left out. */
  readonly tls?: ServerOptions | undefined;
  readonly registry: Registry<typeof mgmtMetrics>;
  /** What answers now; asked for each request. @throws RR_API_NOT_READY while nothing does */
  readonly stage: () => ApiStage;
}

const requestIdBytes = 8;
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
  const answer = (error: unknown, reply: FastifyReply): void => countRefusal(registry, answerError(error, reply, log));
  const app: FastifyInstance = fastify({
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    logger: false,
    genReqId: () => randomBytes(requestIdBytes).toString('hex'),
    forceCloseConnections: true,
    // A longer name is refused as a name, and not as a path that is not there.
    routerOptions: { maxParamLength: 1_000 },
    frameworkErrors: (error, request, reply) => {
      addSecureHeaders(request, reply);
      answer(error, reply);
    },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, (code) => countRefusal(registry, code)),
    ...(tls === undefined ? { http: timing } : { https: { ...tls, ...timing } }),
  });
  app.server.maxConnections = maxConnections;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(Object.keys(mediaTypes), { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  for (const method of METHODS.filter((each) => !app.supportedMethods.includes(each))) app.addHttpMethod(method);
  // What else somebody expects is nobody's to keep (RFC 9110 §10.1.1), and Node would refuse it with no words.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  countRequests(app, registry);
  app.setErrorHandler((error, _request, reply) => answer(error, reply));
  app.setNotFoundHandler((request, reply) => {
    const { method, url } = request;
    // What people put into a query is not repeated: some write their tokens there.
    const [path = ''] = url.split('?', 1);
    answer(new RerootError('RR_API_NOT_FOUND', `there is no ${method} ${path.slice(0, 200)}`), reply);
  });
  const askerOf = createAskers(app, { ...options, onRefusedAct: (refused) => options.stage().onRefusedAct?.(refused) });
  traceRequests(app);
  addRoutes(app, options.stage, askerOf, createAnswerer({ ...options, askerOf }));
  return app;
}

/** Every operation has its path whatever stage mgmt is at: what answers there is the stage's. */
function addRoutes(
  app: FastifyInstance,
  stage: ApiOptions['stage'],
  askerOf: ReturnType<typeof createAskers>,
  answerOf: ReturnType<typeof createAnswerer>,
): void {
  const all = Object.entries(operations) as [OperationId, Operation][];
  for (const [url, known] of Map.groupBy(all, ([, { path }]) => urlOf(path))) {
    for (const [id, { method, permission, answeredBy }] of known) {
      app.route({
        ...{ method, url, config: { permission } },
        preParsing: async (request) => requireUncoded(request.headers['content-encoding']),
        handler: async (request, reply) => {
          const { forward } = stage();
          if (forward !== undefined && answeredBy === 'leader') {
            if ((await forward(request, reply, askerOf(request).principal)) === 'passed') return reply;
          }
          // Another stage may have been entered by now.
          const { routes, ...acting } = stage();
          const route = routes[id];
          const { answer, from } = await answerOf(route, request, acting);
          if (from === 'memory') reply.header('idempotency-replayed', 'true');
          return sendAnswer(route, answer, request, reply);
        },
      });
    }
    // fastify answers HEAD wherever it answers GET.
    const allowed = known.flatMap(([, { method }]) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    app.route({
      method: app.supportedMethods.filter((method) => !allowed.includes(method)),
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

function answerError(thrown: unknown, reply: FastifyReply, log: Log): ErrorCode {
  const error = fromHttpError(thrown);
  const { status } = error.entry;
  if (status >= 500) log.error({ requestId: reply.request.id, ...errorFields(error), ...stackOf(error) }, 'a request failed');
  // Who is refused before the body has come must not go on sending it; and who keeps a connection to a replica that is not ready is to
  // come by another one, which may lead to another replica.
  if (!reply.request.raw.complete || error.code === 'RR_API_NOT_READY') reply.header('connection', 'close');
  void reply
    .code(status)
    .headers(problemHeaders(error))
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(error)));
  return error.code;
}

function stackOf(error: RerootError): Pick<LogFields, 'stack'> {
  return error.code === 'RR_INTERNAL' && error.cause instanceof Error ? { stack: error.cause.stack } : {};
}
