import type { ProveRequest } from '@reroot/shared/api';
import { z } from 'zod';
import type { ProofOperations } from '../runner/index.ts';
import { readAct, type Unattributed } from './body.ts';
import { describeProof, describeRunning } from './describe-proof.ts';
import { maxNameLength, printableSchema } from './printable.ts';
import { meshOf, paramOf, type Route } from './route.ts';

/** What the routes of proofs work with. */
export interface ProofRouteOptions {
  readonly proofs: ProofOperations;
}

const proveSchema: z.ZodType<Unattributed<ProveRequest>> = z.strictObject({
  by: printableSchema(maxNameLength).exactOptional(),
  checks: z.array(printableSchema(100)).max(50).exactOptional(),
});

/** What was proven of a mesh, and having it proven now. */
export function proofRoutes({ proofs }: ProofRouteOptions): readonly Route[] {
  return [
    {
      method: 'GET',
      url: '/v1/meshes/:mesh/proofs',
      permission: 'read',
      answer: async (request) => {
        const { running, kept } = await proofs.listProofs(meshOf(request));
        const listed = [...(running === undefined ? [] : [describeRunning(running)]), ...kept.map(describeProof)];
        return { status: 200, body: { proofs: listed } };
      },
    },
    {
      method: 'GET',
      url: '/v1/meshes/:mesh/proofs/:proof',
      permission: 'read',
      answer: async (request) => {
        const mesh = meshOf(request);
        const proof = await proofs.readProof(mesh, paramOf(request, 'proof').slice(0, 100));
        return { status: 200, body: 'heading' in proof ? describeRunning(proof) : describeProof(proof) };
      },
    },
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/proofs',
      permission: 'operate',
      answer: async (request) => {
        const body = readAct(proveSchema, request);
        const running = await proofs.prove(meshOf(request), body);
        return { status: 202, body: describeRunning(running) };
      },
    },
  ];
}
