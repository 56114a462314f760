import type { JsonSchema, OpenApiDocument, OpenApiOperation } from '@reroot/shared/api-contract';
import fc from 'fast-check';
import { arbitraryOf, mutantOf, type Named } from './arbitrary-of.ts';

/** A request that was made from the document. */
export interface MadeRequest {
  readonly operation: string;
  readonly method: string;
  /** As the document has it. */
  readonly template: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Names that are there, so that some requests reach what they name. */
export type Known = Readonly<Record<string, readonly string[]>>;

/** One operation of the document. */
export interface Described {
  readonly template: string;
  readonly method: string;
  readonly operation: OpenApiOperation;
}

/** Every operation of a document. */
export function operationsOf({ paths }: OpenApiDocument): readonly Described[] {
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ template, method: method.toUpperCase(), operation })),
  );
}

/** Requests for an operation: valid ones, and such as are wrong in the path, the query, the head or the body. */
export function requestOf(
  { template, method, operation }: Described,
  document: OpenApiDocument,
  known: Known,
): fc.Arbitrary<MadeRequest> {
  const named = document.components.schemas;
  const parts = operation.parameters.filter((parameter) => parameter.in === 'path');
  const asked = operation.parameters.filter((parameter) => parameter.in === 'query');
  const path = fc
    .tuple(...parts.map(({ name, schema }) => partOf(schema, named, known[name] ?? [])))
    .map((values) =>
      parts.reduce((url, { name }, index) => url.replace(`{${name}}`, encodeURIComponent(values[index] ?? '')), template),
    );
  return fc
    .record({ path, query: queryOf(asked, named), headers: headersOf(operation, method), body: bodyOf(operation, named) })
    .map(({ path: url, query, headers, body }) => ({
      ...{ operation: operation.operationId, method, template, path: `${url}${query}` },
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': body.type }) },
      body: body?.text,
    }));
}

function partOf(schema: JsonSchema, named: Named, known: readonly string[]): fc.Arbitrary<string> {
  const odd = fc.constantFrom('..', '%2e', '\u0000', 'UPPER', 'x'.repeat(300), '-', 'a b', '/', '名');
  const existing = known.length === 0 ? odd : fc.constantFrom(...known);
  return fc.oneof(
    { weight: 6, arbitrary: existing },
    { weight: 1, arbitrary: arbitraryOf(schema, named).map(String) },
    { weight: 1, arbitrary: odd },
  );
}

function queryOf(parameters: OpenApiOperation['parameters'], named: Named): fc.Arbitrary<string> {
  const some = fc
    .record(Object.fromEntries(parameters.map(({ name, schema }) => [name, arbitraryOf(schema, named)])))
    .map((query) =>
      Object.entries(query as Record<string, unknown>).map(([name, value]): [string, string] => [name, String(value)]),
    )
    .chain((pairs) => fc.subarray(pairs));
  const odd = fc.array(
    fc.tuple(
      fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('limit', 'cursor', 'at', '__proto__')),
      fc.string({ maxLength: 30 }),
    ),
    { maxLength: 3 },
  );
  return fc
    .oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 4, arbitrary: some }, { weight: 1, arbitrary: odd })
    .map((pairs) => (pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`));
}

function headersOf(operation: OpenApiOperation, method: string): fc.Arbitrary<Record<string, string>> {
  const names = operation.parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
  if (names.length === 0) return fc.constant({});
  const value = fc.constantFrom('*', '"1"', '"1-abc"', 'W/"2"', '"', 'nonsense', '"999999999999999999999"', '"1", "2-x"');
  const some = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] }) as fc.Arbitrary<
    Record<string, string>
  >;
  return method === 'GET' ? some : fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: some });
}

interface MadeBody {
  readonly type: string;
  readonly text: string;
}

function bodyOf(operation: OpenApiOperation, named: Named): fc.Arbitrary<MadeBody | undefined> {
  const content = operation.requestBody?.content;
  if (content === undefined) return fc.constant(undefined);
  const types = fc.constantFrom(...Object.keys(content));
  const schema = Object.values(content)[0]?.schema ?? {};
  const odd = fc.constantFrom<MadeBody | undefined>(
    undefined,
    { type: 'text/plain', text: 'hello' },
    { type: 'application/json', text: '' },
    { type: 'application/json', text: '{"by":' },
    { type: 'application/json', text: '['.repeat(5_000) },
    { type: 'application/json', text: `{"why":"${'x'.repeat(1_100_000)}"}` },
    { type: 'nonsense', text: '{}' },
  );
  const written = (value: fc.Arbitrary<unknown>) =>
    fc.tuple(types, value).map(([type, made]) => ({ type, text: JSON.stringify(made) }));
  return fc.oneof(
    { weight: 6, arbitrary: written(arbitraryOf(schema, named)) },
    { weight: 4, arbitrary: written(mutantOf(schema, named)) },
    { weight: 1, arbitrary: odd },
  );
}
