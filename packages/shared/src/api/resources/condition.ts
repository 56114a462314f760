import { z } from 'zod';
import { crdNotes } from '../virtual-mesh/crd-notes.ts';
import { timestampSchema } from '../vocabulary.ts';

const resourceConditionSchema = z.object({
  type: z
    .string()
    .min(1)
    .max(316)
    .regex(/^[A-Za-z][A-Za-z0-9]*$/),
  status: z.enum(['True', 'False', 'Unknown']),
  observedGeneration: z.int().min(0).exactOptional().describe('metadata.generation that it was made of.'),
  lastTransitionTime: timestampSchema.describe('Since when the status is what it is.'),
  reason: z.string().min(1).max(1_024).describe('Stable code.'),
  message: z.string().max(32_768).describe('A sentence for people.'),
});
/** A condition as every controller of Kubernetes writes it (metav1.Condition). */
export type ResourceCondition = Readonly<z.infer<typeof resourceConditionSchema>>;

/** The conditions of an object, each type once. */
export const conditionsSchema = z
  .array(resourceConditionSchema)
  .max(16)
  .exactOptional()
  .describe('What `kubectl wait --for=condition=…` asks for.')
  .register(crdNotes, { listMapKey: 'type' });

/** What every status has. */
export const observedSchema = {
  observedGeneration: z.int().min(0).exactOptional().describe('metadata.generation that this status was made of.'),
  conditions: conditionsSchema,
};
