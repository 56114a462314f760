import type { z } from 'zod';
import { operations } from '../operations/index.ts';
import type { AnswerBody, Operation, Permission } from '../operations/operation.ts';
import { pathParameters } from '../operations/path-parameters.ts';
import type { Role } from '../role.ts';
import { commonHeaders, requestIdHeader } from './common-headers.ts';
import { createComponents, type JsonSchema } from './components.ts';
import { describeParameters } from './describe-parameters.ts';
import { describeCommonRefusals, describeRefusals } from './refusals.ts';
import { apiDescription, tags } from './words.ts';

/** A document of OpenAPI 3.1, as far as this API needs it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly headers: Readonly<Record<string, OpenApiHeader>>;
    readonly responses: Readonly<Record<string, OpenApiResponse>>;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
  };
}

/** One method of a path. */
export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly OpenApiParameter[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, OpenApiResponse | { readonly $ref: string }>>;
}

/** Something in the path, the query or the head of a request. */
export interface OpenApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

/** What is answered with one status. */
export interface OpenApiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, OpenApiHeader | { readonly $ref: string }>>;
  readonly content?: Content;
}

/** What stands in the head of an answer. */
export interface OpenApiHeader {
  readonly description?: string;
  readonly schema: JsonSchema;
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

/** Makes the document from the table of operations. The same each time: it is committed, and compared. */
export function buildOpenApi(): OpenApiDocument {
  const components = createComponents();
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const [id, operation] of Object.entries<Operation>(operations)) {
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = describeOperation(id, operation, components.refer);
  }
  const document = {
    openapi: '3.1.1',
    info: {
      title: 'reroot mgmt',
      version: 'v1',
      description: apiDescription,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags,
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token: docs/api-access.md says of which kinds.' },
        certificate: { type: 'mutualTLS', description: 'A client certificate.' },
      },
      headers: commonHeaders,
      responses: describeCommonRefusals(components.refer),
      schemas: components.schemas(),
    },
  };
  return document;
}

type Refer = (schema: z.ZodType) => JsonSchema;

function describeOperation(id: string, operation: Operation, refer: Refer): OpenApiOperation {
  const { summary, description, tag, permission, request } = operation;
  return {
    operationId: id,
    ...{ tags: [tag], summary: `${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}` },
    ...(description === undefined ? {} : { description }),
    'x-permission': permission,
    security: permission === 'open' ? [] : [{ bearer: [roleOf[permission]] }, { certificate: [roleOf[permission]] }, {}],
    parameters: describeParameters(operation, pathParameters, refer),
    ...(request === undefined ? {} : { requestBody: describeBody(request.types ?? ['application/json'], refer(request.schema)) }),
    responses: { ...answersOf(operation, refer), ...describeRefusals(operation, refer) },
  } as OpenApiOperation;
}

/** The least of the roles that have a permission; whoever needs no credentials, on this machine, has each. */
const roleOf = {
  read: 'viewer',
  operate: 'operator',
  approve: 'approver',
  administer: 'admin',
} as const satisfies Record<Permission, Role>;

function describeBody(types: readonly string[], schema: JsonSchema): NonNullable<OpenApiOperation['requestBody']> {
  return { required: true, content: Object.fromEntries(types.map((type) => [type, { schema }])) };
}

function answersOf(operation: Operation, refer: Refer): Record<string, OpenApiResponse> {
  const { method, answers, tagged } = operation;
  const headers = headersOf(operation);
  const unchanged = tagged === true && method === 'GET' ? { 304: { description: 'As it was.', headers } } : {};
  const told = Object.fromEntries(
    Object.entries<AnswerBody>(answers).map(([status, { description, schema, type = 'application/json' }]) => [
      status,
      { description, headers, content: { [type]: { schema: refer(schema) } } },
    ]),
  );
  return { ...told, ...unchanged };
}

function headersOf({ method, tagged, repeated, query }: Operation): NonNullable<OpenApiResponse['headers']> {
  const replayed = { schema: { type: 'string', const: 'true' }, description: 'Stands on an answer that is given again.' };
  const link = { schema: { type: 'string' }, description: 'With `rel="next"` where another page follows (RFC 8288).' };
  return {
    ...requestIdHeader,
    ...(tagged === true ? { ETag: { schema: { type: 'string' } } } : {}),
    ...(query?.shape['cursor'] === undefined ? {} : { Link: link }),
    ...(method === 'POST' && repeated === undefined ? { 'Idempotency-Replayed': replayed } : {}),
  };
}
