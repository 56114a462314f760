import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readMesh } from './read-mesh.ts';
import { certificateRotationSchema } from './rotation-schema.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/configuration.md'), 'utf8');

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

/** `waves.soak`, `maintenanceWindows[].cron`, … */
function fieldsOf({ properties = {}, items }: JsonSchema, prefix = ''): string[] {
  if (items !== undefined) return fieldsOf(items, `${prefix}[]`);
  const fields = Object.entries(properties).flatMap(([key, schema]) =>
    fieldsOf(schema, prefix === '' ? key : `${prefix}.${key}`),
  );
  return fields.length > 0 ? fields : [prefix.replace(/\[\]$/, '')];
}

describe('the page on configuration', () => {
  it('shows meshes that can be applied', () => {
    const examples = [...page.matchAll(/```yaml\n(apiVersion: [\s\S]*?)```/g)].map(([, text = '']) => text);
    expect(examples.length).toBeGreaterThan(1);
    for (const text of examples) {
      const name = /^ {2}name: (.*)$/m.exec(text)?.[1] ?? '';
      expect(readMesh(text, name, 'docs/configuration.md').mesh).toBe(name);
    }
  });

  it('has a row for every field of the policy', () => {
    const schema = z.toJSONSchema(certificateRotationSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
    // The methods stand in the row of their choice.
    const fields = new Set(fieldsOf(schema).map((field) => field.replace(/\.(none|manual|wait)$/, '')));
    expect([...fields].filter((field) => !page.includes(`\n| \`${field}\` |`))).toEqual([]);
  });
});
