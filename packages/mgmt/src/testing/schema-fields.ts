import { z } from 'zod';

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
}

/** Every value that a schema takes, by its path: `waves.soak`, `maintenanceWindows[].cron`, `clusters.<name>.publicKey`. */
export function fieldsOf(schema: z.ZodType): readonly string[] {
  return fieldsBelow(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, '');
}

function fieldsBelow({ properties = {}, additionalProperties, items }: JsonSchema, prefix: string): readonly string[] {
  if (items !== undefined) return fieldsBelow(items, `${prefix}[]`);
  const named = typeof additionalProperties === 'object' ? { ...properties, '<name>': additionalProperties } : properties;
  const fields = Object.entries(named).flatMap(([key, schema]) => fieldsBelow(schema, prefix === '' ? key : `${prefix}.${key}`));
  return fields.length > 0 ? fields : [prefix.replace(/\[\]$/, '')];
}
