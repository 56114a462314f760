import { preflightRequestSchema } from '@reroot/shared/api-contract';
import type { Operations } from '../runner/index.ts';
import { readJsonBody } from './body.ts';
import { meshOf, type Route, reply, route } from './route.ts';

/** What is asked before a rotation. It changes nothing, and makes every agent work: whoever may start one may ask. */
export function preflightRoutes({ operations }: { readonly operations: Operations }): readonly Route[] {
  return [
    route('preflight', async (request) => {
      const asked = readJsonBody(preflightRequestSchema, request.body, request.headers['content-type']);
      const mesh = meshOf(request);
      return reply(200, await operations.preflight(mesh, asked));
    }),
  ];
}
