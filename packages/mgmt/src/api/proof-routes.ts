import { proveSchema } from '@reroot/shared/api-contract';
import type { ProofOperations } from '../runner/index.ts';
import { readAct } from './body.ts';
import { describeProof, describeRunning } from './describe-proof.ts';
import { pageOf, readPage } from './page.ts';
import { meshOf, paramOf, type Route, reply, route } from './route.ts';

/** What the routes of proofs work with. */
export interface ProofRouteOptions {
  readonly proofs: ProofOperations;
}

/** What was proven of a mesh, and having it proven now. */
export function proofRoutes({ proofs }: ProofRouteOptions): readonly Route[] {
  return [
    route('listProofs', async (request) => {
      const page = readPage('proofs', request.query);
      const { running, kept } = await proofs.listProofs(meshOf(request));
      const listed = [...(running === undefined ? [] : [describeRunning(running)]), ...kept.map(describeProof)];
      const { items, next } = pageOf('proofs', listed, page, {
        keyOf: ({ startedAt, id }) => [startedAt, id],
        isAfter: ({ startedAt }, [last = '']) => startedAt < last,
      });
      return reply(200, { proofs: items, ...next });
    }),
    route('readProof', async (request) => {
      const mesh = meshOf(request);
      const proof = await proofs.readProof(mesh, paramOf(request, 'proof').slice(0, 100));
      return reply(200, 'heading' in proof ? describeRunning(proof) : describeProof(proof));
    }),
    route('prove', async (request) => {
      const body = readAct(proveSchema, request);
      const running = await proofs.prove(meshOf(request), body);
      return reply(202, describeRunning(running));
    }),
  ];
}
