import { emergencyQuestionSchema } from '@reroot/shared/api-contract';
import type { Operations } from '../runner/index.ts';
import { readJsonBody } from './body.ts';
import { meshOf, type Route, reply, route } from './route.ts';

/** What these routes work with. */
export interface EmergencyRouteOptions {
  readonly operations: Pick<Operations, 'foreseeEmergency' | 'readCrl'>;
}

/** What a rotation in an emergency would give up, and what it leaves to be revoked. To start one is a start like any other. */
export function emergencyRoutes({ operations }: EmergencyRouteOptions): readonly Route[] {
  return [
    route('foreseeEmergency', async (request) => {
      const question = readJsonBody(emergencyQuestionSchema, request.body, request.headers['content-type']);
      const mesh = meshOf(request);
      return reply(200, await operations.foreseeEmergency(mesh, question));
    }),
    route('readCrl', async (request) => reply(200, await operations.readCrl(meshOf(request)))),
  ];
}
