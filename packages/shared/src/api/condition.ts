import { z } from 'zod';
import type { Read } from './read.ts';
import { stateSchema, stepSchema, timestampSchema } from './vocabulary.ts';

export const conditionSchema = z
  .object({
    timestamp: timestampSchema,
    state: stateSchema,
    step: stepSchema,
    rotationId: z.string().exactOptional(),
    generation: z.int(),
    message: z.string(),
    errors: z.array(z.string()),
  })
  .meta({ id: 'Condition', description: 'One entry of the history of a mesh.' });
export type Condition = Read<typeof conditionSchema>;
