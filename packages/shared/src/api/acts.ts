import { z } from 'zod';
import { emergencyRequestSchema } from './emergency.ts';
import { preflightOverridesSchema } from './preflight.ts';
import type { Attributed } from './read.ts';
import { bySchema, fingerprintSchema, rotationIdSchema, whySchema } from './request-parts.ts';
import { stepSchema, strategySchema, verificationSchema } from './vocabulary.ts';

const act = { by: bySchema.exactOptional(), why: whySchema };

export const operatorActSchema = z.strictObject(act).meta({
  id: 'OperatorAct',
  description: 'An act of an operator, and why.',
  examples: [{ by: 'ann', why: 'its site is down until Monday' }],
});
export type OperatorAct = Attributed<typeof operatorActSchema>;

export const startRotationSchema = z
  .strictObject({
    by: bySchema.exactOptional(),
    why: whySchema.exactOptional(),
    strategy: strategySchema.exactOptional().describe("Defaults to the policy of the mesh's spec."),
    verification: verificationSchema.exactOptional().describe("Defaults to the policy of the mesh's spec."),
    targetRoot: fingerprintSchema
      .exactOptional()
      .describe(
        "Fingerprint of a root that the mesh knows; without it a new one is made, or taken from the mesh's source. The root in force, or the one that is being rotated to, changes nothing.",
      ),
    emergency: emergencyRequestSchema
      .exactOptional()
      .describe(
        'Without soak, waves, windows or overlap, once another person has approved it; verification is `none` unless asked for.',
      ),
    overrides: preflightOverridesSchema.exactOptional().describe('Starts it although these checks of preflight fail.'),
  })
  .meta({
    id: 'StartRotationRequest',
    description: 'A rotation that is to start.',
    examples: [{ by: 'ann' }, { by: 'ann', why: 'its key is two years old', verification: 'automatic' }],
  });
export type StartRotationRequest = Attributed<typeof startRotationSchema>;

export const rotationActSchema = z.strictObject({ rotationId: rotationIdSchema, ...act }).meta({
  id: 'RotationAct',
  description: 'An act of an operator upon the rotation under way, and why.',
  examples: [{ rotationId: 'f3a9c2d1', by: 'ann', why: 'the cause is mended' }],
});
export type RotationAct = Attributed<typeof rotationActSchema>;
export type AbortRequest = RotationAct;

export const verificationAnswerSchema = z
  .strictObject({
    rotationId: rotationIdSchema,
    step: stepSchema.describe('The step that the answer is for: one of another moment releases nothing.'),
    generation: z.int().positive().describe('The generation that the answer is for.'),
    action: z.enum(['CONTINUE', 'ROLLBACK']).describe('`CONTINUE` lets the step pass, `ROLLBACK` takes it back.'),
    ...act,
  })
  .meta({
    id: 'VerificationAnswer',
    description: 'What a person answers to a step that is being verified.',
    examples: [
      {
        ...{ rotationId: 'f3a9c2d1', step: 'ADDING_NEW_ROOT', generation: 2, action: 'CONTINUE' },
        ...{ by: 'bob', why: 'error rates are as they were' },
      },
    ],
  });
export type VerificationAnswer = Attributed<typeof verificationAnswerSchema>;
