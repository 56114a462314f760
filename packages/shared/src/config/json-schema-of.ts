import { z } from 'zod';

/** A schema of JSON Schema, as far as configuration needs it. */
export type JsonSchema = { readonly [key: string]: unknown };

/**
 * The JSON Schema (draft-07) of a part of a configuration that a person writes while something else adds the rest: what must be
 * given may be left out, and keys that are not known stay refused.
 */
export function partialJsonSchemaOf(schema: z.ZodType): JsonSchema {
  const whole = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return withoutRequired(whole) as JsonSchema;
}

function withoutRequired(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutRequired);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).filter(([key, value]) => !isDropped(key, value));
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutRequired(value)]));
}

/** A property may be called `default` or `required` too, and is a schema then. */
function isDropped(key: string, value: unknown): boolean {
  if (key === '$schema' || key === 'default') return true;
  return key === 'required' && Array.isArray(value);
}
