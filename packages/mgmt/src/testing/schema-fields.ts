import { z } from 'zod';

interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  /** Of a union that is told by one of its fields. */
  readonly oneOf?: readonly JsonSchema[];
}

/** Every value that a schema takes, by its path: `waves.soak`, `maintenanceWindows[].cron`, `clusters.<name>.publicKey`. */
export function fieldsOf(schema: z.ZodType): readonly string[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return fieldsBelow(root, '', root.$defs ?? {});
}

function fieldsBelow(schema: JsonSchema, prefix: string, named: Readonly<Record<string, JsonSchema>>): readonly string[] {
  const { $ref, properties = {}, additionalProperties, items, oneOf } = schema;
  if ($ref !== undefined) return fieldsBelow(named[$ref.split('/').at(-1) ?? ''] ?? {}, prefix, named);
  if (oneOf?.every((part) => part.properties !== undefined)) {
    return [...new Set(oneOf.flatMap((part) => fieldsBelow(part, prefix, named)))];
  }
  if (items !== undefined) return fieldsBelow(items, `${prefix}[]`, named);
  const parts = typeof additionalProperties === 'object' ? { ...properties, '<name>': additionalProperties } : properties;
  const fields = Object.entries(parts).flatMap(([key, part]) =>
    fieldsBelow(part, prefix === '' ? key : `${prefix}.${key}`, named),
  );
  return fields.length > 0 ? fields : [prefix.replace(/\[\]$/, '')];
}
