import { z } from 'zod';
import { type CelRule, type CrdNotes, crdNotes } from '../virtual-mesh/crd-notes.ts';

/** A structural schema: the part of OpenAPI v3 that a CustomResourceDefinition may have. */
export interface StructuralSchema {
  readonly [key: string]: unknown;
}

type Json = Record<string, unknown>;

/** Under which the notes of a schema go through JSON Schema. */
const notesKey = 'x-reroot-notes';

/** What of JSON Schema a CustomResourceDefinition has no word for, or says in another way. */
const unsaid: ReadonlySet<string> = new Set([
  ...['$schema', '$defs', '$ref', 'id', 'examples', 'additionalProperties', 'contentEncoding', 'uniqueItems', 'const', 'not'],
  ...['oneOf', 'exclusiveMinimum', 'exclusiveMaximum', 'propertyNames', notesKey],
]);

/**
 * Makes the structural schema of what a zod schema takes. Keys that it does not know are left out of the schema: the API server drops
 * them, or refuses them to whoever asks for strict validation, as kubectl does.
 */
export function structuralSchemaOf(schema: z.ZodType): StructuralSchema {
  const { $defs = {}, ...root } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const standard = z.globalRegistry.get(zodSchema)?.default;
      if (standard !== undefined) Object.assign(jsonSchema, { default: standard });
      const notes = crdNotes.get(zodSchema as unknown as z.ZodType);
      if (notes !== undefined) Object.assign(jsonSchema, { [notesKey]: notes });
    },
  });
  return convert(root, $defs);
}

function convert(described: Json, named: Readonly<Record<string, Json>>): Json {
  const { $ref, ...own } = described;
  const name = typeof $ref === 'string' ? $ref.replace('#/$defs/', '') : undefined;
  const schema: Json = name === undefined ? own : { ...named[name], ...own };
  const converted: Json = Object.fromEntries(Object.entries(schema).filter(([key]) => !unsaid.has(key)));
  const type = typeOf(schema);
  if (type !== undefined) converted['type'] = type;
  Object.assign(converted, enumOf(schema), boundsOf(schema), listOf(schema), mapOf(schema, named));
  if (isRecord(schema['properties'])) {
    converted['properties'] = Object.fromEntries(
      Object.entries(schema['properties']).map(([key, inner]) => [key, convert(inner as Json, named)]),
    );
  }
  if (isRecord(schema['items'])) converted['items'] = convert(schema['items'], named);
  const rules = [...choicesOf(schema), ...(notesOf(schema)?.rules ?? [])];
  if (rules.length > 0) converted['x-kubernetes-validations'] = rules;
  if (notesOf(schema)?.default === 'unwritten') delete converted['default'];
  dropMachineBounds(converted);
  return converted;
}

function notesOf(schema: Json): CrdNotes | undefined {
  return schema[notesKey] as CrdNotes | undefined;
}

/** Each place must have a type; whole numbers in a choice are integers. */
function typeOf(schema: Json): unknown {
  const choices = enumOf(schema).enum;
  if (schema['type'] !== 'number' && schema['type'] !== undefined) return schema['type'];
  if (choices?.every((choice) => typeof choice === 'string') === true) return 'string';
  if (choices?.every((choice) => Number.isInteger(choice)) === true) return 'integer';
  return schema['type'];
}

function enumOf(schema: Json): { readonly enum?: readonly unknown[] } {
  const { const: only, enum: choices, not } = schema;
  if (only !== undefined) return { enum: [only] };
  if (!Array.isArray(choices)) return {};
  const excluded: unknown = isRecord(not) ? not['const'] : undefined;
  return { enum: choices.filter((choice) => choice !== excluded) };
}

/** In OpenAPI v3.0 a bound is exclusive by a mark beside it. */
function boundsOf({ exclusiveMinimum, exclusiveMaximum }: Json): Json {
  return {
    ...(typeof exclusiveMinimum === 'number' ? { minimum: exclusiveMinimum, exclusiveMinimum: true } : {}),
    ...(typeof exclusiveMaximum === 'number' ? { maximum: exclusiveMaximum, exclusiveMaximum: true } : {}),
  };
}

function listOf(schema: Json): Json {
  const key = notesOf(schema)?.listMapKey;
  if (key !== undefined) return { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [key] };
  if (schema['uniqueItems'] === true) return { 'x-kubernetes-list-type': 'set' };
  return schema['type'] === 'array' ? { 'x-kubernetes-list-type': 'atomic' } : {};
}

function mapOf({ additionalProperties }: Json, named: Readonly<Record<string, Json>>): Json {
  return isRecord(additionalProperties) && Object.keys(additionalProperties).length > 0
    ? { additionalProperties: convert(additionalProperties, named) }
    : {};
}

/** What `exactlyOne` and `atMostOne` say, as a rule with a sentence: of `oneOf` the API server says only that it does not hold. */
function choicesOf({ oneOf, not }: Json): readonly CelRule[] {
  const rules: CelRule[] = [];
  if (Array.isArray(oneOf)) {
    const keys = oneOf.map((choice) => requiredOf(choice).join());
    const set = keys.map((key) => `has(self.${key})`).join(', ');
    rules.push({ rule: `[${set}].filter(set, set).size() == 1`, message: `takes one of ${keys.join(', ')}` });
  }
  const [one, other] = requiredOf(not);
  if (one !== undefined && other !== undefined) {
    rules.push({ rule: `!(has(self.${one}) && has(self.${other}))`, message: `takes ${one} or ${other}, not both` });
  }
  return rules;
}

function requiredOf(value: unknown): readonly string[] {
  return isRecord(value) && Array.isArray(value['required']) ? (value['required'] as string[]) : [];
}

/** How far integers of the platform reach says nothing of the field. */
function dropMachineBounds(schema: Json): void {
  if (schema['type'] === 'integer') schema['format'] = 'int64';
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  if (schema['format'] === 'base64') delete schema['format'];
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
