import { type Document, isScalar, type Pair, visit } from 'yaml';

/**
 * Looks for a key that a map has twice, in time linear in the document: the library's own `uniqueKeys` compares each key
 * with each. Keys that become the same name of an object are the same, `1` and `"1"` too; keys that are collections or
 * aliases are not looked at.
 * @returns the offset in the text of the first key that was there before; undefined where there is none
 */
export function findDuplicateKey(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Map: (_, { items }) => {
      found = duplicateIn(items);
      return found === undefined ? undefined : visit.BREAK;
    },
  });
  return found;
}

function duplicateIn(pairs: readonly Pair[]): number | undefined {
  const known = new Set<string>();
  for (const { key } of pairs) {
    if (!isScalar(key)) continue;
    const value: unknown = key.value;
    const name = typeof value === 'string' ? value : JSON.stringify(value ?? '');
    if (known.has(name)) return key.range?.[0] ?? 0;
    known.add(name);
  }
  return undefined;
}
