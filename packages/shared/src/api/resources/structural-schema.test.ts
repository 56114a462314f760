import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { crdNotes } from '../virtual-mesh/crd-notes.ts';
import { atMostOne, exactlyOne } from '../virtual-mesh/proto-json.ts';
import { buildCrds } from './build-crds.ts';
import { structuralSchemaOf } from './structural-schema.ts';

/** What the API server takes in no structural schema. */
const forbidden = ['$ref', '$defs', 'oneOf', 'anyOf', 'not', 'const', 'uniqueItems', 'examples', 'contentEncoding', '$schema'];

/** Each place of a schema, with its path. */
function placesOf(schema: object, path = ''): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  const { properties = {}, items } = schema as { properties?: Record<string, object>; items?: object };
  return [
    [path, schema as Record<string, unknown>],
    ...Object.entries(properties).flatMap(([key, inner]) => placesOf(inner, `${path}.${key}`)),
    ...(items === undefined ? [] : placesOf(items, `${path}[]`)),
  ];
}

describe('a structural schema', () => {
  it('has a type in each place, and no word that the API server does not know', () => {
    const places = buildCrds().flatMap(({ metadata, spec }) => {
      const { versions } = spec as { versions: { schema: { openAPIV3Schema: object } }[] };
      return placesOf(versions[0]!.schema.openAPIV3Schema, metadata.name);
    });
    expect(places.length).toBeGreaterThan(250);
    expect(places.filter(([, { type }]) => typeof type !== 'string').map(([path]) => path)).toEqual([]);
    expect(places.filter(([, place]) => forbidden.some((word) => word in place)).map(([path]) => path)).toEqual([]);
  });

  it('says a choice of one as a rule with a sentence', () => {
    const [one, most] = [exactlyOne('a', 'b'), atMostOne('c', 'd')];
    const text = z.string().optional();
    const schema = z.strictObject({
      one: z.strictObject({ a: text, b: text }).meta(one.schema),
      most: z.strictObject({ c: text, d: text }).meta(most.schema),
    });
    expect(structuralSchemaOf(schema)).toMatchObject({
      properties: {
        one: {
          'x-kubernetes-validations': [
            { rule: '[has(self.a), has(self.b)].filter(set, set).size() == 1', message: 'takes one of a, b' },
          ],
        },
        most: { 'x-kubernetes-validations': [{ rule: '!(has(self.c) && has(self.d))', message: 'takes c or d, not both' }] },
      },
    });
  });

  it('writes what counts by default, but where a rule asks who has written it', () => {
    const schema = z.strictObject({
      written: z.string().optional().meta({ default: 'x' }),
      unwritten: z.int().optional().meta({ default: 4_096 }).register(crdNotes, { default: 'unwritten' }),
    });
    expect(structuralSchemaOf(schema)['properties']).toEqual({
      written: { type: 'string', default: 'x' },
      unwritten: { type: 'integer', format: 'int64' },
    });
  });

  it('says numbers, bounds and choices in the words of OpenAPI 3.0', () => {
    const schema = z.strictObject({
      size: z.literal([0, 2048]),
      ratio: z.number().min(0).lt(1),
      names: z.array(z.string()).meta({ uniqueItems: true }),
      less: z.enum(['A', 'B']).meta({ not: { const: 'B' } }),
    });
    expect(structuralSchemaOf(schema)['properties']).toEqual({
      size: { type: 'integer', enum: [0, 2048], format: 'int64' },
      ratio: { type: 'number', minimum: 0, maximum: 1, exclusiveMaximum: true },
      names: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
      less: { type: 'string', enum: ['A'] },
    });
  });
});
