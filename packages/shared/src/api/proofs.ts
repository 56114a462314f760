import { z } from 'zod';
import { printableSchema } from './printable.ts';
import type { Attributed, Read } from './read.ts';
import { bySchema } from './request-parts.ts';
import { laggardSchema, stateSchema, stepSchema, timestampSchema } from './vocabulary.ts';

export const proofOutcomeSchema = z.enum(['passed', 'failed', 'unproven']).meta({
  id: 'ProofOutcome',
  description:
    'What a verification has come to: `unproven` means that something could not be looked at, or that nothing was proven, which lets no step pass either.',
});
export type ProofOutcome = Read<typeof proofOutcomeSchema>;

export const checkOutcomeSchema = z.enum(['passed', 'failed', 'unavailable', 'impossible', 'skipped']).meta({
  id: 'CheckOutcome',
  description:
    'What one check has come to. `unavailable`: it could not be made, and may be later; `impossible`: it can never be made here, and nothing asks for it; `skipped`: not asked for at this moment.',
});
export type CheckOutcome = Read<typeof checkOutcomeSchema>;

export const checkStatusSchema = z
  .object({
    name: z.string(),
    outcome: checkOutcomeSchema,
    message: z.string(),
    laggards: z.array(laggardSchema),
    evidence: z
      .record(z.string(), z.unknown())
      .exactOptional()
      .describe('What the outcome rests on, as JSON of any form; given for one proof alone, not in lists.'),
  })
  .meta({ id: 'CheckStatus', description: 'One check of a verification.' });
export type CheckStatus = Read<typeof checkStatusSchema>;

export const proofStatusSchema = z
  .object({
    id: z.string(),
    outcome: z.enum([...proofOutcomeSchema.options, 'running']).describe('`running` while it is being made.'),
    message: z.string().describe('A sentence for people.'),
    cause: z
      .enum(['rotation', 'operator'])
      .describe('`rotation`: made to let a step pass; `operator`: somebody asked for it, and nothing follows from it.'),
    by: z.string(),
    rotationId: z.string().exactOptional().describe('Absent outside of a rotation.'),
    state: stateSchema,
    step: stepSchema,
    generation: z.int(),
    startedAt: timestampSchema,
    finishedAt: timestampSchema.exactOptional().describe('Absent while it is being made.'),
    checks: z.array(checkStatusSchema),
  })
  .meta({ id: 'ProofStatus', description: 'One verification of a mesh.' });
export type ProofStatus = Read<typeof proofStatusSchema>;

export const proveSchema = z
  .strictObject({
    by: bySchema.exactOptional(),
    checks: z
      .array(printableSchema(100))
      .max(50)
      .exactOptional()
      .describe('Names of the checks to make; all of them when left out.'),
  })
  .meta({
    id: 'ProveRequest',
    description: 'A proof that is to be made. It changes nothing.',
    examples: [{ by: 'ann' }, { by: 'ann', checks: ['handshakes'] }],
  });
export type ProveRequest = Attributed<typeof proveSchema>;

export const verificationStatusSchema = z
  .object({
    finding: z.enum(['running', 'passed', 'failed']),
    message: z.string(),
    startedAt: timestampSchema,
    proof: z.string().exactOptional().describe('Id of the proof; absent while it is being made.'),
  })
  .meta({
    id: 'VerificationStatus',
    description: 'How far the automatic verification of the present step is; part of MeshStatus.',
  });
export type VerificationStatus = Read<typeof verificationStatusSchema>;
