import type { AdoptRequest } from '@reroot/shared/api';
import { z } from 'zod';
import { readMesh } from '../mesh/index.ts';
import type { MeshMoment, Operations } from '../runner/index.ts';
import { readAct, readDocumentBody, type Unattributed, verificationSchema } from './body.ts';
import { describeAdoption } from './describe-adoption.ts';
import { maxNameLength, printableSchema } from './printable.ts';
import { meshOf, type Route } from './route.ts';

const adoptSchema: z.ZodType<Unattributed<AdoptRequest>> = z.strictObject({
  by: printableSchema(maxNameLength).exactOptional(),
  verification: verificationSchema.exactOptional(),
});

/** Clusters that come from elsewhere: made a mesh of without a word to them, looked at, and adopted. */
export function adoptionRoutes(operations: Operations, describe: (moment: MeshMoment) => unknown): readonly Route[] {
  return [
    {
      method: 'PUT',
      url: '/v1/meshes/:mesh/held-back',
      permission: 'administer',
      answer: async (request) => {
        const text = readDocumentBody(request.body, request.headers['content-type']);
        const { outcome, moment } = await operations.applyMesh(readMesh(text, meshOf(request), 'body'), 'held-back');
        return { status: outcome === 'created' ? 201 : 200, body: describe(moment) };
      },
    },
    {
      method: 'GET',
      url: '/v1/meshes/:mesh/adoption',
      permission: 'read',
      answer: async (request) => ({ status: 200, body: describeAdoption(await operations.findAdoption(meshOf(request))) }),
    },
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/adoption',
      permission: 'operate',
      answer: async (request) => {
        const body = readAct(adoptSchema, request);
        return { status: 201, body: describe(await operations.adopt(meshOf(request), body)) };
      },
    },
  ];
}
