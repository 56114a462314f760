import type { Operations } from '../runner/index.ts';
import { emergencyQuestionSchema, readJsonBody } from './body.ts';
import { meshOf, type Route } from './route.ts';

/** What these routes work with. */
export interface EmergencyRouteOptions {
  readonly operations: Pick<Operations, 'foreseeEmergency' | 'readCrl'>;
}

/** What a rotation in an emergency would give up, and what it leaves to be revoked. To start one is a start like any other. */
export function emergencyRoutes({ operations }: EmergencyRouteOptions): readonly Route[] {
  return [
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/emergency',
      permission: 'read',
      answer: async (request) => {
        const question = readJsonBody(emergencyQuestionSchema, request.body, request.headers['content-type']);
        const mesh = meshOf(request);
        return { status: 200, body: await operations.foreseeEmergency(mesh, question) };
      },
    },
    {
      method: 'GET',
      url: '/v1/meshes/:mesh/crl',
      // A root's key signs for it.
      permission: 'operate',
      answer: async (request) => ({ status: 200, body: await operations.readCrl(meshOf(request)) }),
    },
  ];
}
