import type { CheckOutcome, ProofOutcome } from '@reroot/shared/api';
import { z } from 'zod';
import type { CheckSummary, Evidence, ProofSummary } from './proof.ts';
import { laggardSchema } from './stored-laggard.ts';
import { generationSchema, stateSchema, stepSchema } from './stored-record.ts';

const moment = z.int().nonnegative();
const proofOutcome = z.enum(['passed', 'failed', 'unproven']) satisfies z.ZodType<ProofOutcome>;
const checkOutcome = z.enum(['passed', 'failed', 'unavailable', 'impossible', 'skipped']) satisfies z.ZodType<CheckOutcome>;

const check: z.ZodType<CheckSummary> = z.strictObject({
  name: z.string().min(1),
  outcome: checkOutcome,
  message: z.string(),
  laggards: z.array(laggardSchema),
});

/** What a list of proofs shows, as it is stored. JSON leaves out what is undefined; the type asks for it to be said. */
export const proofSchema: z.ZodType<ProofSummary> = z
  .strictObject({
    id: z.string().min(1),
    cause: z.enum(['rotation', 'operator']),
    by: z.string(),
    rotationId: z.string().optional(),
    state: stateSchema,
    step: stepSchema,
    generation: generationSchema,
    startedAtMs: moment,
    atMs: moment,
    outcome: proofOutcome,
    message: z.string(),
    checks: z.array(check),
  })
  .transform(({ rotationId, ...rest }) => ({ ...rest, rotationId }));

/** What the checks of a proof rest on, in their order. */
export const evidenceSchema: z.ZodType<readonly Evidence[]> = z.array(z.record(z.string(), z.unknown()));
