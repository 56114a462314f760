import { z } from 'zod';
import { startRotationSchema } from '../acts.ts';
import { emergencyStatusSchema } from '../emergency.ts';
import { nameSchema, rotationIdSchema, whySchema } from '../request-parts.ts';
import { crdNotes } from '../virtual-mesh/crd-notes.ts';
import {
  laggardSchema,
  stateSchema,
  stepSchema,
  strategySchema,
  tallySchema,
  timestampSchema,
  verificationSchema,
} from '../vocabulary.ts';
import { observedSchema } from './condition.ts';
import { requestedBySchema } from './requested-by.ts';

/** How many laggards the status of a rotation lists. */
export const maxResourceLaggards = 20;

const { strategy, verification, targetRoot, emergency, overrides } = startRotationSchema.shape;

const rotationActionSchema = z
  .strictObject({
    type: z
      .enum(['ABORT', 'ROLLBACK', 'RETRY'])
      .describe(
        '`ABORT` ends a rotation that nobody was told of yet, `ROLLBACK` takes the step in force back, `RETRY` goes on after a failure.',
      ),
    step: stepSchema.describe('status.step as it was when this was written: a wish for another moment changes nothing.'),
    generation: z.int().positive().describe('status.generation as it was when this was written.'),
    why: whySchema,
    requestedBy: requestedBySchema,
  })
  .describe('What is to become of it. Each is answered once, in status.action; another one is written over it.');
export type RotationAction = Readonly<z.infer<typeof rotationActionSchema>>;

/** Everything that a start says is of that start: only the wish after it may change. */
const fixed = [
  'mesh',
  'start',
  'strategy',
  'verification',
  'targetRoot',
  'emergency',
  'overrides',
  'why',
  'requestedBy',
  'rotation',
];

export const certificateRotationSpecSchema = z
  .strictObject({
    mesh: nameSchema,
    start: z.enum(['rotation', 'adoption']).exactOptional().meta({
      description: '`adoption` brings clusters that come from elsewhere under the root of the mesh.',
      default: 'rotation',
    }),
    ...{ strategy, verification, targetRoot, emergency, overrides },
    why: whySchema.exactOptional(),
    requestedBy: requestedBySchema,
    rotation: rotationIdSchema
      .exactOptional()
      .describe('Written by reroot alone, into the objects of rotations that were not started by an object.'),
    action: rotationActionSchema.exactOptional(),
  })
  .register(crdNotes, {
    rules: [
      {
        rule: fixed
          .map((key) => `(has(self.${key}) ? has(oldSelf.${key}) && self.${key} == oldSelf.${key} : !has(oldSelf.${key}))`)
          .join(' && '),
        message: 'only action can be changed: make another CertificateRotation for another start',
      },
      {
        rule: "self.start != 'adoption' || !(has(self.strategy) || has(self.targetRoot) || has(self.emergency))",
        message: 'an adoption has no strategy, targetRoot or emergency: it goes to the root of the mesh, by MULTI_ROOT, as usual',
        fieldPath: '.start',
      },
      { rule: '!has(oldSelf.action) || has(self.action)', message: 'action cannot be taken back: write another one over it' },
    ],
  });
export type CertificateRotationSpec = Readonly<z.infer<typeof certificateRotationSpecSchema>>;

const answeredActionSchema = z.object({
  ...{ type: z.string(), step: z.string(), generation: z.int(), requestedBy: z.string(), why: z.string() },
  outcome: z.enum(['DONE', 'REFUSED']),
  reason: z.string().describe('`Done`, or the code of docs/errors.md that it was refused with.'),
  message: z.string(),
  at: timestampSchema,
});

export const certificateRotationStatusSchema = z
  .object({
    ...observedSchema,
    rotation: z.string().exactOptional().describe('Id of the rotation.'),
    state: stateSchema.exactOptional(),
    step: stepSchema.exactOptional(),
    direction: z.enum(['forward', 'back']).exactOptional(),
    generation: z.int().exactOptional().describe('A CertificateVerification or an action names it.'),
    enteredAt: timestampSchema.exactOptional().describe('When the state was entered.'),
    strategy: strategySchema.exactOptional(),
    verification: verificationSchema.exactOptional(),
    approvals: z.enum(['anybody', 'another-person']).exactOptional(),
    startedBy: z.string().exactOptional(),
    startedAt: timestampSchema.exactOptional(),
    endedAt: timestampSchema.exactOptional(),
    oldRoot: z.string().exactOptional(),
    newRoot: z.string().exactOptional(),
    emergency: emergencyStatusSchema.exactOptional(),
    clusters: tallySchema.exactOptional().describe('How many clusters have reached the step, of how many.'),
    ready: z.string().exactOptional().describe('The same as text.'),
    wave: z.object({ index: z.int(), released: tallySchema }).exactOptional(),
    reason: z.string().exactOptional().describe('Stable CamelCase code of what is waited for, or `Passed`.'),
    message: z.string().exactOptional().describe('A sentence for people.'),
    laggards: z.array(laggardSchema).max(maxResourceLaggards).exactOptional().describe('The first things that are waited for.'),
    laggardCount: z.int().exactOptional().describe('How many there are, listed or not.'),
    action: answeredActionSchema.exactOptional().describe('What became of the last spec.action that was answered.'),
  })
  .describe('The record of the rotation.');
export type CertificateRotationResourceStatus = z.infer<typeof certificateRotationStatusSchema>;
