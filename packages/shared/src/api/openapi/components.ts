import { z } from 'zod';

/** JSON Schema 2020-12. */
export interface JsonSchema {
  readonly [key: string]: unknown;
}

/** The schemas of a document, gathered while it is made. */
export interface Components {
  /** What stands where a schema is used: a reference where it has a name, else itself. */
  readonly refer: (schema: z.ZodType) => JsonSchema;
  /** All that were referred to, by name. */
  readonly schemas: () => Readonly<Record<string, JsonSchema>>;
}

/** Named schemas stand once. Answers leave other keys open, for a later mgmt may say more; requests do not. */
export function createComponents(): Components {
  const named = new Map<string, JsonSchema>();
  const referred = new Map<z.ZodType, JsonSchema>();
  return {
    refer: (schema) => {
      const before = referred.get(schema);
      if (before !== undefined) return before;
      const made = describe(schema, named);
      referred.set(schema, made);
      return made;
    },
    schemas: () => Object.fromEntries([...named].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Under which name a schema stands in the document; undefined for one that stands where it is used. */
export function nameOfSchema(schema: z.ZodType): string | undefined {
  return z.globalRegistry.get(schema)?.id;
}

function describe(schema: z.ZodType, named: Map<string, JsonSchema>): JsonSchema {
  const { $defs = {}, ...root } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, saidOfText(zodSchema));
      dropMachineBounds(jsonSchema);
      dropOwnFormats(jsonSchema);
    },
  });
  for (const [name, found] of Object.entries($defs)) named.set(name, pointToComponents(found) as JsonSchema);
  const id = nameOfSchema(schema);
  if (id === undefined) return pointToComponents(root) as JsonSchema;
  // A schema with a name refers to itself among the others, or stands here.
  if (!named.has(id)) named.set(id, pointToComponents(root) as JsonSchema);
  return { $ref: `#/components/schemas/${id}` };
}

/** How far integers of the platform reach says nothing of the API. */
function dropMachineBounds(schema: { minimum?: unknown; maximum?: unknown }): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

/** Where a text is read into another form, zod drops the default and the examples, for they might be of that form. Ours are of the text. */
function saidOfText(schema: z.core.$ZodType): object {
  const { default: standard, examples } = z.globalRegistry.get(schema) ?? {};
  return { ...(standard === undefined ? {} : { default: standard }), ...(examples === undefined ? {} : { examples }) };
}

/** `contentEncoding` says what this format does, and is the one that JSON Schema knows. */
function dropOwnFormats(schema: { format?: unknown }): void {
  if (schema.format === 'base64') delete schema.format;
}

/** Says of no schema what it is besides: the document does so once. */
const ofFiles = ['$schema', 'id'];

function pointToComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointToComponents);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(ofFiles.includes(key) && typeof inner === 'string'))
      .map(([key, inner]) => [
        key,
        key === '$ref' && typeof inner === 'string'
          ? inner.replace('#/$defs/', '#/components/schemas/')
          : pointToComponents(inner),
      ]),
  );
}
