import { z } from 'zod';
import type { Read } from './read.ts';

export const replicaStatusSchema = z
  .object({
    name: z.string().meta({ description: 'The replica that has answered.', examples: ['reroot-mgmt-0_1f3a9c02'] }),
    role: z.enum(['leader', 'standby']).meta({ description: 'Whether it leads.', examples: ['standby'] }),
    leader: z
      .object({
        name: z.string().meta({ description: 'The replica that leads.', examples: ['reroot-mgmt-1_07be4411'] }),
        since: z.string().meta({ description: 'Since when, by its own clock.', examples: ['2026-11-29T12:00:00.000000Z'] }),
        transitions: z.int().meta({ description: 'How often the lease went from one replica to another.', examples: [3] }),
      })
      .meta({ description: 'Who holds the lease; absent while nobody does.' })
      .optional(),
  })
  .meta({ id: 'ReplicaStatus', description: 'One of several replicas, and which of them leads.' });
export type ReplicaStatus = Read<typeof replicaStatusSchema>;

export const serverVersionSchema = z
  .object({
    version: z.string().meta({ description: 'Of mgmt, by Semantic Versioning.', examples: ['0.1.0'] }),
    commit: z.string().meta({ description: 'Of its sources; `unknown` where it runs from them.', examples: ['unknown'] }),
    api: z.string().meta({ description: 'Of this API: what its paths begin with.', examples: ['v1'] }),
    replica: replicaStatusSchema.meta({ description: 'Where mgmt has several replicas.' }).optional(),
  })
  .meta({ id: 'ServerVersion', description: 'Which mgmt this is.' });
export type ServerVersion = Read<typeof serverVersionSchema>;
