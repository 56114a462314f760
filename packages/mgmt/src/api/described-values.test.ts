import { buildOpenApi } from '@reroot/shared/api-contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ajv, loadAjv } from '../testing/api-fuzz/load-ajv.ts';

const document = buildOpenApi();

let ajv: Ajv;
beforeAll(() => {
  ajv = loadAjv();
  ajv.addSchema(document, 'api');
});

interface Shown {
  /** JSON pointer to the schema. */
  readonly at: string;
  readonly value: unknown;
}

/** Every value that the document shows: defaults and examples, with the schema that they are of. */
function shownIn(value: unknown, at: string): readonly Shown[] {
  if (typeof value !== 'object' || value === null) return [];
  const { default: standard, examples } = value as { readonly default?: unknown; readonly examples?: unknown };
  const own = [...(standard === undefined ? [] : [standard]), ...(Array.isArray(examples) ? (examples as unknown[]) : [])];
  const below = Object.entries(value).filter(([key]) => key !== 'default' && key !== 'examples');
  return [
    ...own.map((each) => ({ at, value: each })),
    ...below.flatMap(([key, inner]) =>
      shownIn(inner, `${at}/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`),
    ),
  ];
}

describe('the document of the API', () => {
  it('shows no default and no example that its own schema refuses', () => {
    const shown = shownIn(document, '');
    expect(shown.length).toBeGreaterThan(60);
    expect(shown.filter(({ at, value }) => !ajv.compile({ $ref: `api#${at}` })(value))).toEqual([]);
  });

  it('shows how each act is asked for', () => {
    const silent = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).flatMap(({ operationId, requestBody }) => {
        const name = JSON.stringify(requestBody ?? '').match(/schemas\/(\w+)/)?.[1];
        return name === undefined || document.components.schemas[name]?.['examples'] !== undefined
          ? []
          : [`${operationId}: ${name}`];
      }),
    );
    expect(silent).toEqual([]);
  });
});
