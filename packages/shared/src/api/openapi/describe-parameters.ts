import { z } from 'zod';
import type { Operation } from '../operations/operation.ts';
import type { OpenApiParameter } from './build-openapi.ts';
import type { JsonSchema } from './components.ts';

/** What an operation takes besides its body. @param known what may stand in paths, by name */
export function describeParameters(
  { path, query }: Operation,
  known: Readonly<Record<string, z.ZodType>>,
  refer: (schema: z.ZodType) => JsonSchema,
): readonly OpenApiParameter[] {
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
  return [...inPath, ...inQuery];
}

function descriptionOf(description: unknown): { description?: string } {
  return typeof description === 'string' ? { description } : {};
}
