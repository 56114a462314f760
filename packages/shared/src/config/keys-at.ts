import type { z } from 'zod';

/** Parts of zod's own description of a schema that lead to the schemas inside it. */
interface Definition {
  readonly shape?: Record<string, z.core.$ZodType>;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly getter?: () => z.core.$ZodType;
}

/** Keys that a schema knows for the map at `path`; empty when it does not say. */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let reached = unwrap(schema);
  for (const segment of path) reached = reached.flatMap((definition) => step(definition, segment)).flatMap(unwrap);
  return [...new Set(reached.flatMap((definition) => Object.keys(definition.shape ?? {})))];
}

function step(definition: Definition, segment: PropertyKey): z.core.$ZodType[] {
  const next = definition.shape?.[String(segment)] ?? definition.element ?? definition.valueType;
  return next === undefined ? [] : [next];
}

/** The schemas behind optional, default, refined, lazy and alternative ones. */
function unwrap(schema: z.core.$ZodType): Definition[] {
  const definition: Definition = schema._zod.def as Definition;
  const inner = [definition.innerType, definition.in, definition.getter?.(), ...(definition.options ?? [])];
  const found = inner.filter((candidate) => candidate !== undefined);
  return found.length === 0 ? [definition] : found.flatMap(unwrap);
}
