import { RerootError } from '@reroot/shared/errors';
import type { z } from 'zod';

/**
 * What a schema makes of an answer. Neither the answer nor a value of it is quoted: it may hold a key.
 * @param request how messages call what was asked
 * @throws RR_VAULT_ANSWER_INVALID names the fields
 */
export function parseAnswer<T>(schema: z.ZodType<T>, answer: unknown, request: string): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map(({ path }) => (path.length === 0 ? 'all of it' : path.join('.'))))];
  throw new RerootError('RR_VAULT_ANSWER_INVALID', `${request}: the answer is not as Vault answers: ${fields.join(', ')}`);
}

/**
 * Gives what `read` makes of a certificate, a request or a key that Vault sent.
 * @throws RR_VAULT_ANSWER_INVALID without a word of it
 */
export function readPem<T>(read: () => T, what: string, request: string): T {
  try {
    return read();
  } catch (error) {
    const why = error instanceof RerootError ? ` (${error.code})` : '';
    throw new RerootError('RR_VAULT_ANSWER_INVALID', `${request}: the answer holds no ${what} that can be used${why}`);
  }
}
