import type { FastifyInstance, FastifyRequest } from 'fastify';
import { presentedOf } from './access/presented.ts';
import { type GuardOptions, guardRoutes } from './guard.ts';
import type { RouteRequest } from './route.ts';

/** Who has sent a request that was let pass, and everything that this one may do. */
export type Asker = Pick<RouteRequest, 'principal' | 'describeAsker'>;

/** Guards the routes. @returns who has sent a request */
export function createAskers(app: FastifyInstance, options: GuardOptions): (request: FastifyRequest) => Asker {
  const principalOf = guardRoutes(app, options);
  const stopping = new AbortController();
  app.addHook('preClose', async () => stopping.abort(new Error('the API stops')));
  return (request) => ({
    principal: principalOf(request),
    describeAsker: (mesh) => options.gatekeeper.describe(presentedOf(request.raw), mesh, stopping.signal),
  });
}
