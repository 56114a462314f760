import { z } from 'zod';
import { preflightOverridesSchema } from './preflight.ts';
import type { Attributed, Read } from './read.ts';
import { bySchema, whySchema } from './request-parts.ts';
import { timestampSchema, verificationSchema } from './vocabulary.ts';

export const adoptionRootSchema = z
  .object({
    fingerprint: z.string(),
    subject: z.string(),
    notAfter: timestampSchema,
  })
  .meta({ id: 'AdoptionRoot', description: 'A root that a cluster trusts now.' });
export type AdoptionRoot = Read<typeof adoptionRootSchema>;

export const adoptionProblemSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    remedy: z.string(),
  })
  .meta({ id: 'AdoptionProblem', description: 'A coded problem, as docs/errors.md has it.' });
export type AdoptionProblem = Read<typeof adoptionProblemSchema>;

export const adoptionClusterSchema = z
  .object({
    name: z.string(),
    ca: z
      .enum(['self-made', 'reroot', 'plugged-in'])
      .exactOptional()
      .describe(
        'Where istiod has its CA from: made by istiod itself, by another reroot, or by somebody else; left out while it is not known.',
      ),
    roots: z.array(adoptionRootSchema),
    signer: z.string().exactOptional().describe('Fingerprint of the one of `roots` that signs.'),
    problems: z.array(adoptionProblemSchema).describe('What stands in the way of its adoption.'),
  })
  .meta({ id: 'AdoptionCluster', description: 'A cluster that would be adopted.' });
export type AdoptionCluster = Read<typeof adoptionClusterSchema>;

export const adoptionStatusSchema = z
  .object({
    mesh: z.string(),
    root: z.string().describe('The root that the clusters would come to.'),
    clusters: z.array(adoptionClusterSchema).describe('Those that come from elsewhere; without any there is nothing to adopt.'),
    problems: z.array(adoptionProblemSchema).describe('What stands in the way, of the fleet as a whole.'),
  })
  .meta({ id: 'AdoptionStatus', description: 'What an adoption would begin with.' });
export type AdoptionStatus = Read<typeof adoptionStatusSchema>;

export const adoptSchema = z
  .strictObject({
    by: bySchema.exactOptional(),
    why: whySchema.exactOptional(),
    verification: verificationSchema.exactOptional().describe("Defaults to the policy of the mesh's spec."),
    overrides: preflightOverridesSchema.exactOptional().describe('Starts it although these checks of preflight fail.'),
  })
  .meta({
    id: 'AdoptRequest',
    description: 'An adoption that is to start.',
    examples: [{ by: 'ann', why: 'one root for all of the shop' }],
  });
export type AdoptRequest = Attributed<typeof adoptSchema>;
