import { z } from 'zod';
import type { Read } from './read.ts';
import { timestampSchema } from './vocabulary.ts';

export const webhookStatusSchema = z
  .object({
    name: z.string(),
    format: z.enum(['reroot', 'slack']),
    events: z.array(z.string()).describe('Which kinds of notifications it is sent.'),
    health: z
      .enum(['well', 'failing', 'dead'])
      .describe('`dead`: it has taken nothing for an hour, although something was sent.'),
    queued: z.int().describe('Notifications that wait.'),
    delivered: z.int(),
    givenUp: z.int().describe('Notifications that were never taken.'),
    coalesced: z.int().describe('Notifications that were left out because a newer one said it all.'),
    lastDeliveredAt: timestampSchema.exactOptional(),
    failingSince: timestampSchema.exactOptional(),
    lastFailure: z.string().exactOptional(),
  })
  .meta({ id: 'WebhookStatus', description: 'A receiver of notifications, and how deliveries to it go.' });
export type WebhookStatus = Read<typeof webhookStatusSchema>;
