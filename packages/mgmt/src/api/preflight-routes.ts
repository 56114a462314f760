import type { PreflightRequest } from '@reroot/shared/api';
import { z } from 'zod';
import type { Operations } from '../runner/index.ts';
import { paceSchema, readJsonBody, strategySchema, targetRootSchema } from './body.ts';
import { meshOf, type Route } from './route.ts';

const preflightSchema: z.ZodType<PreflightRequest> = z.strictObject({
  strategy: strategySchema.exactOptional(),
  targetRoot: targetRootSchema.exactOptional(),
  pace: paceSchema.exactOptional(),
});

/** What is asked before a rotation. It changes nothing, and makes every agent work: whoever may start one may ask. */
export function preflightRoutes({ operations }: { readonly operations: Operations }): readonly Route[] {
  return [
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/preflight',
      permission: 'operate',
      answer: async (request) => {
        const asked = readJsonBody(preflightSchema, request.body, request.headers['content-type']);
        const mesh = meshOf(request);
        return { status: 200, body: await operations.preflight(mesh, asked) };
      },
    },
  ];
}
