import { z } from 'zod';

const withoutControl = /^[^\p{Cc}\p{Cf}]*$/u;

/** Text that goes into the history, the log and terminals: no control characters, and not a book. */
export function printableSchema(maxLength: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .regex(withoutControl, 'must not have control or invisible characters')
    .regex(/\S/u, 'must not be blank');
}

/** Longest name of somebody who asks. */
export const maxNameLength = 200;

/** Whether a name that an issuer or Kubernetes gives can be recorded. */
export function isRecordable(name: unknown): name is string {
  return typeof name === 'string' && name.length <= maxNameLength && withoutControl.test(name) && /\S/u.test(name);
}
