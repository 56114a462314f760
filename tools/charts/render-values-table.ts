import type { ValueSchema } from './value-schema.ts';

/**
 * The table of a chart's values, a row for each.
 * @param defaults what values.yaml holds
 * @throws when values.yaml lacks a value, or has one that is not among them
 */
export function renderValuesTable(values: ValueSchema, defaults: unknown): string {
  const rows = rowsOf(values, defaults, []);
  return `| value | default | meaning |\n|---|---|---|\n${rows.join('')}`;
}

function rowsOf(schema: ValueSchema, value: unknown, path: readonly string[]): readonly string[] {
  const name = path.join('.');
  const properties = schema['x-documented'] === undefined ? propertiesOf(schema) : undefined;
  if (properties === undefined) {
    if (value === undefined) throw new Error(`values.yaml says nothing of ${name}`);
    return [`| \`${name}\` | \`${JSON.stringify(value)}\` | ${wordsOf(schema)} |\n`];
  }
  const known = (value ?? {}) as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(known).filter((key) => properties[key] === undefined);
  if (unknown.length > 0) throw new Error(`values.yaml has ${unknown.join(', ')} in ${name}, which the schema does not`);
  return Object.entries(properties)
    .filter(([key]) => key !== 'global')
    .flatMap(([key, each]) => rowsOf(each, known[key], [...path, key]));
}

function propertiesOf(schema: ValueSchema): Readonly<Record<string, ValueSchema>> | undefined {
  return schema['properties'] as Readonly<Record<string, ValueSchema>> | undefined;
}

function wordsOf(schema: ValueSchema): string {
  const values = schema['enum'] as readonly string[] | undefined;
  const choice = values === undefined ? '' : `: ${values.map((each) => `\`${each}\``).join(', ')}`;
  const words = String(schema['description']);
  return values?.every((each) => words.includes(`\`${each}\``)) === true ? words : `${words}${choice}`;
}
