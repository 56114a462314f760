import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergePatchOf } from './merge-patch.ts';

/** RFC 7386, section 2. */
function applied(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const base = typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  const result = new Map<string, unknown>(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, applied(result.get(key), value));
  }
  return Object.fromEntries(result);
}

const leaf = fc.oneof(fc.integer(), fc.constantFrom('a', 'b'), fc.array(fc.integer()));
const inner = fc.dictionary(fc.constantFrom('x', 'y', 'z'), leaf);
const document = fc.dictionary(
  fc.constantFrom('p', 'q', 'r'),
  fc.oneof(
    leaf,
    inner.filter((value) => Object.keys(value).length > 0),
  ),
);

it('makes the one of the other, and is nothing where they are the same', () => {
  fc.assert(
    fc.property(document, document, (before, after) => {
      const patch = mergePatchOf(before, after);
      expect(patch === undefined ? before : applied(before, patch)).toEqual(after);
      expect(mergePatchOf(after, after)).toBeUndefined();
    }),
  );
});

it('says what is no longer there by null, and leaves out what stays', () => {
  expect(mergePatchOf({ a: 1, b: { c: 1, d: 2 } }, { b: { d: 3 } })).toEqual({ a: null, b: { c: null, d: 3 } });
});
