import type { Clock } from '@reroot/shared/clock';
import { RerootError, toRerootError } from '@reroot/shared/errors';
import { errorFields, type Log, type LogFields } from '@reroot/shared/log';
import { isName } from '@reroot/shared/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RefusedAct } from '../audit/index.ts';
import { createSeldom } from '../fleet/index.ts';
import { forbiddenTo } from './access/forbidden.ts';
import type { Gatekeeper } from './access/gatekeeper.ts';
import type { Permission } from './access/permission.ts';
import { presentedOf } from './access/presented.ts';
import type { Principal } from './access/principal.ts';
import { networkOf } from './access/remote-network.ts';
import { answerCrossOrigin } from './cross-origin.ts';
import { type HandOver, handOverHeader, principalOf, requireHandedBody } from './forward/hand-over.ts';
import { paramOf } from './route.ts';
import { addSecureHeaders } from './secure-headers.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a route needs; one that does not say needs what reading needs. */
    permission?: Permission | 'open';
  }
}

/** What stands before the routes. */
export interface GuardOptions {
  readonly gatekeeper: Gatekeeper;
  /** Pages of these origins may read answers. */
  readonly allowedOrigins: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  /** Told of each act that was refused to somebody who is known; nobody is when it is left out. */
  readonly onRefusedAct?: ((refused: RefusedAct) => void) | undefined;
  /**
   * Opens what another replica hands over; such a header means nothing when it is left out.
   * @throws RR_HANDOVER_REFUSED, RR_LEADERSHIP_LOST
   */
  readonly openHandOver?: ((header: string, request: FastifyRequest) => HandOver) | undefined;
}

/** How often the same refusal of the same address goes to the log: others must not fill it. */
const sameRefusalMs = 10_000;

/**
 * Puts the gatekeeper before every route, those that are not there included, and the secure headers on every answer.
 * @returns who has sent a request that was let pass
 */
export function guardRoutes(app: FastifyInstance, options: GuardOptions): (request: FastifyRequest) => Principal {
  const { gatekeeper, allowedOrigins, clock, log } = options;
  const principals = new WeakMap<FastifyRequest, Principal>();
  const refusals = createRefusalLog(clock, log);
  const handOvers = openHandOvers(app, options);
  const stopping = new AbortController();
  app.addHook('preClose', async () => stopping.abort(new Error('the API stops')));
  app.addHook('onRequest', async (request, reply) => {
    addSecureHeaders(request, reply);
    reply.header('x-request-id', request.id);
    if (answerCrossOrigin(request, reply, allowedOrigins) === 'answered') return reply;
    const { permission = 'read' } = request.routeOptions.config;
    if (permission === 'open') return undefined;
    try {
      const wanted = { permission, mesh: meshOf(request) };
      // The replica that was asked has let it pass already, and says whose it is.
      const handed = handOvers.open(request);
      const principal =
        handed === undefined ? await gatekeeper.admit(presentedOf(request.raw), wanted, stopping.signal) : principalOf(handed);
      principals.set(request, principal);
      const by = handed === undefined ? {} : { handedOverBy: handed.from, firstRequestId: handed.requestId };
      if (permission !== 'read') log.info({ ...who(principal), ...what(request), ...by }, 'an act was asked for');
    } catch (error) {
      refusals(error, request);
      const by = forbiddenTo(error);
      if (by !== undefined && permission !== 'read') options.onRefusedAct?.(refusedAct(request, by, toRerootError(error)));
      throw error;
    }
    return undefined;
  });
  return (request) => {
    const principal = principals.get(request);
    if (principal !== undefined) return principal;
    throw new RerootError('RR_INTERNAL', 'a request has come to a route past the gatekeeper');
  };
}

/** What other replicas hand over is looked at twice: before the body has come, and when it is there. */
function openHandOvers(
  app: FastifyInstance,
  { openHandOver }: GuardOptions,
): { readonly open: (request: FastifyRequest) => HandOver | undefined } {
  const handed = new WeakMap<FastifyRequest, HandOver>();
  app.addHook('preHandler', async (request) => {
    const found = handed.get(request);
    if (found !== undefined) requireHandedBody(found, request.body);
  });
  return {
    open: (request) => {
      const header = request.headers[handOverHeader];
      if (typeof header !== 'string' || openHandOver === undefined) return undefined;
      const found = openHandOver(header, request);
      handed.set(request, found);
      return found;
    },
  };
}

/** Writes refusals down, with how many like it were held back since the last one. */
function createRefusalLog(clock: Clock, log: Log): (error: unknown, request: FastifyRequest) => void {
  const seldom = createSeldom(sameRefusalMs, clock);
  return (error, request) => {
    // What mgmt itself failed in is written down where it is answered.
    if (!(error instanceof RerootError) || error.entry.status >= 500) return;
    const heldBack = seldom.pass(`${error.code} ${networkOf(request.ip)}`);
    if (heldBack === undefined) return;
    const more = heldBack === 0 ? {} : { heldBack };
    log.warn({ ...errorFields(error), address: request.ip, ...what(request), ...more }, 'a request was refused');
  };
}

function refusedAct(request: FastifyRequest, { name, via }: Principal, error: RerootError): RefusedAct {
  const cluster = paramOf(request, 'cluster');
  return {
    ...{ by: { name, via }, action: `${request.method} ${request.routeOptions.url ?? ''}`, error },
    ...{ mesh: meshOf(request), cluster: isName(cluster) ? cluster : undefined },
  };
}

function who({ name, via }: Principal): Pick<LogFields, 'by' | 'via'> {
  return { by: name, via };
}

/** The path as the API knows it: what was asked for may be anything. */
function what(request: FastifyRequest): Pick<LogFields, 'requestId' | 'method' | 'path' | 'mesh'> {
  const mesh = meshOf(request);
  const asked = { requestId: request.id, method: request.method, path: request.routeOptions.url ?? 'none' };
  return mesh === undefined ? asked : { ...asked, mesh };
}

/** The mesh that a path names; undefined where it names none, or what is no name, which the route refuses. */
function meshOf({ params }: FastifyRequest): string | undefined {
  const mesh: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, 'mesh') : undefined;
  return typeof mesh === 'string' && isName(mesh) ? mesh : undefined;
}
