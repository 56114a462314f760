import { z } from 'zod';
import type { Read } from './read.ts';
import { stepSchema, timestampSchema } from './vocabulary.ts';

export const brokenPairsSchema = z
  .object({
    cluster: z.string(),
    others: z.array(z.string()),
    step: stepSchema.describe('The step whose row breaks them.'),
    from: timestampSchema,
    until: timestampSchema.exactOptional().describe('Absent when nothing on the plan mends it.'),
    refuses: z
      .enum(['cluster', 'others', 'both'])
      .describe("Which side does not trust the other's signer; a handshake fails by either."),
    message: z.string(),
  })
  .meta({ id: 'BrokenPairs', description: 'Pairs that break: one cluster, and those that it cannot speak to.' });
export type BrokenPairs = Read<typeof brokenPairsSchema>;

export const whatIfSchema = z
  .object({
    offline: z.array(z.string()),
    from: timestampSchema,
    until: timestampSchema.exactOptional().describe('Absent: for ever.'),
    outcome: z
      .enum(['stops', 'leaves-behind', 'unaffected'])
      .describe('`stops` until they are back, `leaves-behind` those that are excluded, or is `unaffected`.'),
    message: z.string().describe('One sentence.'),
    stops: z
      .object({
        step: stepSchema,
        wave: z.int().describe('0: no cluster has been told the step yet.'),
        at: timestampSchema,
        until: timestampSchema.exactOptional(),
      })
      .exactOptional()
      .describe('Where the rotation stands still.'),
    excludedAt: timestampSchema.exactOptional().describe('When the policy takes them out of the gates.'),
    ends: z.string().exactOptional().describe('When the rotation ends; absent: never.'),
    endsOtherwise: z.string().exactOptional(),
    consequences: z.array(z.string()),
  })
  .meta({
    id: 'WhatIf',
    description: 'What becomes of a rotation while clusters are offline, when everything takes its likely time.',
  });
export type WhatIf = Read<typeof whatIfSchema>;
