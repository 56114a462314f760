import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeptObjects } from './kept-objects.ts';

interface Thing {
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly value: number;
  readonly noise: number;
}

const name = fc.constantFrom('a', 'a-b', 'b');
const thing: fc.Arbitrary<Thing> = fc.record({
  metadata: fc.record({ namespace: name, name }),
  value: fc.integer({ min: 0, max: 2 }),
  noise: fc.nat(),
});
const step = fc.oneof(
  thing.map((each) => ({ kind: 'put' as const, things: [each] })),
  thing.map((each) => ({ kind: 'remove' as const, things: [each] })),
  fc.array(thing, { maxLength: 4 }).map((things) => ({ kind: 'replace' as const, things })),
);

/** Objects of value 0 are not kept; noise is not. */
function reduce(object: unknown): object | undefined {
  const { metadata, value } = object as Thing;
  return value === 0 ? undefined : { ...metadata, value };
}

const keyOf = ({ metadata }: Thing): string => `${metadata.namespace}/${metadata.name}`;

describe('kept objects', () => {
  it('are those of a plain map in their order, and have changed exactly when the list has', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const kept = createKeptObjects(reduce);
        const model = new Map<string, Thing>();
        for (const { kind, things } of steps) {
          const before = kept.list();
          let change = 'same';
          if (kind === 'replace') {
            model.clear();
            const replacement = kept.replace();
            for (const each of things) {
              replacement.add(each);
              model.set(keyOf(each), each);
            }
            expect(kept.list()).toBe(before);
            change = replacement.finish();
          } else {
            for (const each of things) {
              change = kind === 'put' ? kept.put(each) : kept.remove(each);
              if (kind === 'put') model.set(keyOf(each), each);
              else model.delete(keyOf(each));
            }
          }
          const expected = [...model.values()].map(reduce).filter((each) => each !== undefined);
          expect(new Set(kept.list())).toEqual(new Set(expected));
          expect(change === 'same').toBe(JSON.stringify(kept.list()) === JSON.stringify(before));
        }
      }),
    );
  });

  it('stand by namespace, then by name', () => {
    const kept = createKeptObjects((object) => object);
    const objects = [
      { metadata: { namespace: 'a-b', name: 'a' } },
      { metadata: { namespace: 'a', name: 'b' } },
      { metadata: { namespace: 'a', name: 'a' } },
      { metadata: { name: 'z' } },
    ];
    for (const object of objects) kept.put(object);
    expect(kept.list()).toEqual([objects[3], objects[2], objects[1], objects[0]]);
  });

  it('refuse what has no name', () => {
    const kept = createKeptObjects((object) => object);
    for (const object of [undefined, null, {}, { metadata: null }, { metadata: { name: 1 } }])
      expect(() => kept.put(object)).toThrow('an object without a name');
  });
});
