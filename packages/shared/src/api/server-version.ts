import { z } from 'zod';
import type { Read } from './read.ts';

export const serverVersionSchema = z
  .object({
    version: z.string().meta({ description: 'Of mgmt, by Semantic Versioning.', examples: ['0.1.0'] }),
    commit: z.string().meta({ description: 'Of its sources; `unknown` where it runs from them.', examples: ['unknown'] }),
    api: z.string().meta({ description: 'Of this API: what its paths begin with.', examples: ['v1'] }),
  })
  .meta({ id: 'ServerVersion', description: 'Which mgmt this is.' });
export type ServerVersion = Read<typeof serverVersionSchema>;
