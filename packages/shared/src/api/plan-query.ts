import { z } from 'zod';
import { rotationPaceSchema } from './emergency.ts';
import type { Read } from './read.ts';
import { fingerprintSchema, maxClusterNames, nameSchema } from './request-parts.ts';
import { strategySchema, verificationSchema } from './vocabulary.ts';

export const planQuerySchema = z
  .strictObject({
    strategy: strategySchema.exactOptional().describe("Defaults to the policy of the mesh's spec."),
    verification: verificationSchema.exactOptional(),
    targetRoot: fingerprintSchema
      .exactOptional()
      .describe(
        'Fingerprint of a root that the mesh knows; without it the plan is for the next root, which nobody makes for a plan.',
      ),
    pace: rotationPaceSchema.exactOptional().describe('`usual` when left out.'),
    at: z
      .string()
      .exactOptional()
      .describe('When the rotation is to start, RFC 3339 or a span from now such as `2h`; now when left out.'),
    offline: z
      .array(nameSchema)
      .max(maxClusterNames)
      .exactOptional()
      .describe('Clusters that mgmt hears nothing of from the start of the plan on.'),
    until: z
      .string()
      .exactOptional()
      .describe('Until when, RFC 3339 or a span from the start of the plan; for ever when left out.'),
    exclude: z
      .array(nameSchema)
      .max(maxClusterNames)
      .exactOptional()
      .describe('Clusters that an operator would exclude before the start.'),
  })
  .meta({ id: 'PlanQuery', description: 'What a plan is asked for; the query has the same names.' });
export type PlanQuery = Read<typeof planQuerySchema>;
