import type { Laggard } from '@reroot/shared/api';
import { z } from 'zod';

const text = z.string();

/** One thing that a gate, or a check, waits for, as it is stored. */
export const laggardSchema: z.ZodType<Laggard> = z.strictObject({
  cluster: text,
  reason: text,
  message: text,
  replica: text.exactOptional(),
  namespace: text.exactOptional(),
  workload: text.exactOptional(),
  since: text.exactOptional(),
});
