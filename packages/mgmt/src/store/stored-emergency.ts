import type { EmergencyLoss } from '@reroot/shared/api';
import { z } from 'zod';
import type { Emergency } from '../rotation/index.ts';

const text = z.string();

/** Who let a rotation in an emergency begin, as it is stored. */
export const approvalSchema = z.strictObject({ by: text, atMs: z.int().nonnegative(), why: text });

const loss: z.ZodType<EmergencyLoss> = z.strictObject({ reason: text, message: text });

/** The emergency of a rotation as it is stored. */
export const emergencySchema: z.ZodType<Emergency> = z.strictObject({
  reason: text,
  excludeSilent: z.array(z.string().min(1)),
  losses: z.array(loss),
  approval: approvalSchema.exactOptional(),
});
