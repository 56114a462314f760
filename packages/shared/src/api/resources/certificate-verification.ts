import { z } from 'zod';
import { nameSchema, rotationIdSchema, whySchema } from '../request-parts.ts';
import { crdNotes } from '../virtual-mesh/crd-notes.ts';
import { stepSchema, timestampSchema } from '../vocabulary.ts';
import { observedSchema } from './condition.ts';
import { requestedBySchema } from './requested-by.ts';

export const certificateVerificationSpecSchema = z
  .strictObject({
    mesh: nameSchema,
    rotation: rotationIdSchema.describe('status.rotation of the VirtualMesh or the CertificateRotation.'),
    step: stepSchema.describe('status.step: an answer for another moment releases nothing.'),
    generation: z.int().positive().describe('status.generation.'),
    verdict: z.enum(['APPROVE', 'REJECT']).describe('`APPROVE` lets the step pass, `REJECT` takes it back.'),
    why: whySchema,
    requestedBy: requestedBySchema,
  })
  .register(crdNotes, {
    rules: [{ rule: 'self == oldSelf', message: 'cannot be changed: an answer is given once' }],
  });
export type CertificateVerificationSpec = Readonly<z.infer<typeof certificateVerificationSpecSchema>>;

export const certificateVerificationStatusSchema = z
  .object({
    ...observedSchema,
    state: z
      .enum(['PENDING', 'VERIFIED', 'INVALID'])
      .exactOptional()
      .describe('`PENDING` until it is answered, `VERIFIED` once it was taken, `INVALID` when it was refused.'),
    reason: z
      .string()
      .exactOptional()
      .describe('`Approved`, `Rejected`, or the code of docs/errors.md that it was refused with.'),
    message: z.string().exactOptional(),
    at: timestampSchema.exactOptional().describe('When it was answered.'),
  })
  .describe('What became of the answer.');
export type CertificateVerificationResourceStatus = z.infer<typeof certificateVerificationStatusSchema>;
