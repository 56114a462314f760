import type { JsonSchema } from '@reroot/shared/api-contract';
import fc from 'fast-check';

/** The named schemas of a document. */
export type Named = Readonly<Record<string, JsonSchema>>;

/** Values that a schema takes. */
export function arbitraryOf(schema: JsonSchema, named: Named): fc.Arbitrary<unknown> {
  const { $ref, enum: values, const: only, oneOf, anyOf, type, examples, properties } = schema;
  // Of what no pattern tells whole, such as a duration within bounds, the examples are what is taken.
  if (Array.isArray(examples) && examples.every((example) => typeof example === 'string')) {
    return fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom<unknown>(...examples) },
      arbitraryOf({ ...schema, examples: undefined }, named),
    );
  }
  if (typeof $ref === 'string') return arbitraryOf(named[$ref.split('/').at(-1) ?? ''] ?? {}, named);
  if (Array.isArray(values)) return fc.constantFrom(...(values as unknown[]));
  if (only !== undefined) return fc.constant(only);
  const choices = properties === undefined ? (oneOf ?? anyOf) : undefined;
  if (Array.isArray(choices)) return fc.oneof(...choices.map((choice: JsonSchema) => arbitraryOf(choice, named)));
  switch (type) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({
        min: Math.max(numberIn(schema, 'minimum', -1_000), numberIn(schema, 'exclusiveMinimum', -1_001) + 1),
        max: numberIn(schema, 'maximum', 1_000_000),
      });
    case 'number':
      return fc.double({ ...numberRange(schema), noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(arbitraryOf((schema['items'] ?? {}) as JsonSchema, named), {
        minLength: numberIn(schema, 'minItems', 0),
        maxLength: 3,
      });
    case 'object':
      return objectOf(schema, named);
    default:
      return fc.jsonValue();
  }
}

function objectOf(schema: JsonSchema, named: Named): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Named;
  const parts = Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, arbitraryOf(inner, named)]));
  const required = (schema['required'] ?? []) as string[];
  const choices = ((schema['oneOf'] ?? []) as { readonly required: readonly string[] }[]).flatMap((one) => one.required);
  const apart = ((schema['not'] as { readonly required?: readonly string[] } | undefined)?.required ?? []).slice(1);
  const without = (names: readonly string[]) =>
    Object.fromEntries(Object.entries(parts).filter(([name]) => !names.includes(name) && !apart.includes(name)));
  if (choices.length === 0) return fc.record(without([]), { requiredKeys: required.filter((name) => !apart.includes(name)) });
  return fc.oneof(
    ...choices.map((chosen) =>
      fc.record(without(choices.filter((name) => name !== chosen)), { requiredKeys: [...required, chosen] }),
    ),
  );
}

function numberRange(schema: JsonSchema): { readonly min?: number; readonly max?: number; readonly maxExcluded?: boolean } {
  const min = schema['minimum'] ?? schema['exclusiveMinimum'];
  const below = schema['exclusiveMaximum'];
  const max = schema['maximum'] ?? below;
  return {
    ...(typeof min === 'number' ? { min } : {}),
    ...(typeof max === 'number' ? { max, maxExcluded: below !== undefined } : {}),
  };
}

/** A pattern bounds its length by itself. */
function textOf(schema: JsonSchema): fc.Arbitrary<string> {
  const { pattern, minLength = 0, maxLength = 40 } = schema;
  if (typeof pattern !== 'string') return fc.string({ minLength: Number(minLength), maxLength: Math.min(Number(maxLength), 40) });
  const known = matching.get(pattern) ?? fc.stringMatching(new RegExp(pattern, 'u'));
  matching.set(pattern, known);
  return known;
}

/** Texts by their pattern: to read one takes long, and few differ. */
const matching = new Map<string, fc.Arbitrary<string>>();

function numberIn(schema: JsonSchema, key: string, none: number): number {
  const value = schema[key];
  return typeof value === 'number' ? value : none;
}

/** Values that are near to those of a schema and mostly none: of another type, with a part more or less, or huge. */
export function mutantOf(schema: JsonSchema, named: Named): fc.Arbitrary<unknown> {
  const valid = arbitraryOf(schema, named);
  return fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(null, [], {}, '', 0, -1, 1e308, '\u0000', '‮', 'x'.repeat(100_000), {
      __proto__: null,
      constructor: 1,
    }),
    fc
      .tuple(valid, fc.string({ maxLength: 12 }), fc.jsonValue())
      .map(([value, key, other]) => (isObject(value) ? { ...value, [key]: other } : other)),
    fc.tuple(valid, fc.nat()).map(([value, at]) => {
      if (!isObject(value)) return [value];
      const keys = Object.keys(value);
      return Object.fromEntries(Object.entries(value).filter(([key]) => key !== keys[at % Math.max(1, keys.length)]));
    }),
    fc.tuple(valid, fc.nat(), fc.jsonValue()).map(([value, at, other]) => {
      if (!isObject(value)) return other;
      const keys = Object.keys(value);
      const key = keys[at % Math.max(1, keys.length)];
      return key === undefined ? value : { ...value, [key]: other };
    }),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
