import { z } from 'zod';
import { idempotencyKeySchema } from '../idempotency-key.ts';
import type { Operation } from '../operations/operation.ts';
import type { OpenApiParameter } from './build-openapi.ts';
import type { JsonSchema } from './components.ts';

/** What an operation takes besides its body. @param known what may stand in paths, by name */
export function describeParameters(
  operation: Operation,
  known: Readonly<Record<string, z.ZodType>>,
  refer: (schema: z.ZodType) => JsonSchema,
): readonly OpenApiParameter[] {
  const { path, query } = operation;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']): OpenApiParameter => {
    const { description, ...schema } = refer(known[name] ?? z.never());
    return { name, in: 'path', required: true, ...descriptionOf(description), schema };
  });
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, given]): OpenApiParameter => {
    const { description, ...schema } = refer(given as z.ZodType);
    const isList = schema['type'] === 'array';
    return {
      ...{ name, in: 'query', required: false, ...descriptionOf(description) },
      // Names with commas between them.
      ...(isList ? { style: 'form', explode: false } : {}),
      schema,
    };
  });
  return [...inPath, ...inQuery, ...headersOf(operation, refer)];
}

function headersOf(operation: Operation, refer: (schema: z.ZodType) => JsonSchema): readonly OpenApiParameter[] {
  const { method, repeated } = operation;
  if (method !== 'POST') return conditionsOf(operation);
  const { description, ...schema } = refer(idempotencyKeySchema);
  const about = repeated === 'anew' ? 'Counts for nothing here: the request changes nothing, and is answered anew.' : description;
  return [
    ...conditionsOf(operation),
    { name: 'Idempotency-Key', in: 'header', required: false, ...descriptionOf(about), schema },
  ];
}

function conditionsOf({ method, tagged }: Operation): readonly OpenApiParameter[] {
  if (tagged !== true) return [];
  const [name, description] =
    method === 'GET'
      ? (['If-None-Match', 'ETags that are known: 304 where one of them is that of now.'] as const)
      : (['If-Match', 'ETags of what the act rests on: refused where the mesh is at another revision.'] as const);
  const header: OpenApiParameter = { name, in: 'header', required: false, description, schema: { type: 'string' } };
  const create = 'With * a mesh is created, and one that is there is left as it is.';
  return method === 'PUT' ? [header, { ...header, name: 'If-None-Match', description: create }] : [header];
}

function descriptionOf(description: unknown): { description?: string } {
  return typeof description === 'string' ? { description } : {};
}
