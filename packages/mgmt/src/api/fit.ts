import { findingsOf } from '@reroot/shared/config';
import { RerootError } from '@reroot/shared/errors';
import type { z } from 'zod';

const codes = { body: 'RR_API_BODY_INVALID', query: 'RR_API_QUERY_INVALID' } as const;

/**
 * Fits what a request says to its schema.
 * @param part which part of the request it is
 * @throws RR_API_BODY_INVALID, RR_API_QUERY_INVALID about the first place that does not fit
 */
export function fit<T>(schema: z.ZodType<T>, value: unknown, part: keyof typeof codes): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [{ path, text }] = findingsOf(result.error, schema, value);
  // A parameter is one thing, whatever it holds.
  const name = (part === 'query' ? path.slice(0, 1) : path).map(String).join('.');
  // What people put into a query is not repeated: some write their tokens there.
  const said = part === 'query' ? text.replace(/, got .*$/s, '') : text;
  throw new RerootError(codes[part], said, { place: name === '' ? part : `${part} (${name})` });
}

/** The parameters of a query, of which some are numbers: a text that is a whole number is taken for one. */
export function withNumbers(query: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  const given: Readonly<Record<string, unknown>> = { ...(typeof query === 'object' ? query : {}) };
  const isWhole = (value: unknown): value is string => typeof value === 'string' && /^\d{1,15}$/.test(value);
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, names.includes(name) && isWhole(value) ? Number(value) : value]),
  );
}
