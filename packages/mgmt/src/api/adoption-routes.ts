import type { MeshStatus } from '@reroot/shared/api';
import { adoptSchema } from '@reroot/shared/api-contract';
import { readMesh } from '../mesh/index.ts';
import type { MeshMoment, Operations } from '../runner/index.ts';
import { readAct, readDocumentBody } from './body.ts';
import { describeAdoption } from './describe-adoption.ts';
import { preconditionOf } from './etag.ts';
import { meshOf, type Route, reply, route } from './route.ts';

/** Answers with how a mesh is. */
export type ShowMesh = <const Status extends number>(
  status: Status,
  moment: MeshMoment,
) => { readonly status: Status; readonly body: MeshStatus };

/** Clusters that come from elsewhere: made a mesh of without a word to them, looked at, and adopted. */
export function adoptionRoutes(operations: Operations, show: ShowMesh): readonly Route[] {
  return [
    route('applyHeldBack', async (request) => {
      const text = readDocumentBody(request.body, request.headers['content-type']);
      const { outcome, moment } = await operations.applyMesh(
        readMesh(text, meshOf(request), 'body'),
        'held-back',
        preconditionOf(request.headers),
      );
      return show(outcome === 'created' ? 201 : 200, moment);
    }),
    route('readAdoption', async (request) => reply(200, describeAdoption(await operations.findAdoption(meshOf(request))))),
    route('adopt', async (request) => {
      const body = readAct(adoptSchema, request);
      return show(201, await operations.adopt(meshOf(request), body, preconditionOf(request.headers)));
    }),
  ];
}
