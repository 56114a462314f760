import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificateRotationSchema } from '@reroot/shared/virtual-mesh';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../testing/schema-fields.ts';
import { readMesh } from './read-mesh.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/configuration.md'), 'utf8');

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
    // The methods stand in the row of their choice.
    const fields = new Set(fieldsOf(certificateRotationSchema).map((field) => field.replace(/\.(none|manual|wait)$/, '')));
    expect([...fields].filter((field) => !page.includes(`\n| \`${field}\` |`))).toEqual([]);
  });
});
