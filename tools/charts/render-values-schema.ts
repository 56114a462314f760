import type { ValueSchema } from './value-schema.ts';

/** The file that helm judges values by. Keys that begin with `x-` are for the table alone. */
export function renderValuesSchema(values: ValueSchema): string {
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', ...(withoutNotes(values) as object) };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function withoutNotes(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutNotes);
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([key]) => !key.startsWith('x-'));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutNotes(value)]));
}
