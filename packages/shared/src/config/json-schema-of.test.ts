import { expect, it } from 'vitest';
import { z } from 'zod';
import { partialJsonSchemaOf } from './json-schema-of.ts';

it('lets what must be given be left out, at any depth, and goes on refusing unknown keys', () => {
  const schema = z.strictObject({ a: z.strictObject({ b: z.string(), c: z.int().default(1) }), list: z.array(z.string()) });
  expect(partialJsonSchemaOf(schema)).toEqual({
    type: 'object',
    properties: {
      a: {
        type: 'object',
        properties: { b: { type: 'string' }, c: expect.objectContaining({ type: 'integer' }) as unknown },
        additionalProperties: false,
      },
      list: { type: 'array', items: { type: 'string' } },
    },
    additionalProperties: false,
  });
});
