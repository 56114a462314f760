import type { Random } from '@reroot/simulator/random';

/** What stands for any value: other types, and numbers and texts at the edge of what readers foresee. */
const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, '', ' ', '\u0000', '\ud800', 'é'.repeat(300), '1', [], {}, [[]], [null]],
];
const oddKeys = ['', '__proto__', 'constructor', 'toString', 'by', '0', 'x'.repeat(300)] as const;
const deepLevels = 2_000;

/**
 * A JSON document with one to four of its values, keys or levels changed: it stays JSON, so that what reads the document is
 * reached, and not the parser alone.
 */
export function mutateJson(seed: Uint8Array, random: Random): Uint8Array {
  let document: unknown = JSON.parse(Buffer.from(seed).toString());
  const count = 1 + Math.floor(random.next() * 4);
  for (let done = 0; done < count; done += 1) document = changeOne(document, random);
  return Buffer.from(JSON.stringify(document));
}

/** Goes down to a value by chance, and changes that. */
function changeOne(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.next() < 0.1) return changeValue(value, random);
  if (Array.isArray(value)) return changeItem(value, random);
  const entries = Object.entries(value);
  const at = Math.floor(random.next() * entries.length);
  const [key, inner] = entries[at] ?? ['x', 1];
  const chance = random.next();
  // `fromEntries` makes `__proto__` a key like any other, as JSON.parse does.
  if (chance < 0.1) return Object.fromEntries(entries.toSpliced(at, 1));
  if (chance < 0.2) return Object.fromEntries([...entries, [random.pick(oddKeys) ?? '', random.pick(oddValues)]]);
  if (chance < 0.25) return Object.fromEntries(entries.with(at, [`${key}x`, inner]));
  return Object.fromEntries([...entries.slice(0, at), [key, changeOne(inner, random)], ...entries.slice(at + 1)]);
}

function changeItem(items: readonly unknown[], random: Random): unknown {
  const at = Math.floor(random.next() * items.length);
  const chance = random.next();
  if (chance < 0.2) return items.toSpliced(at, 1);
  if (chance < 0.4) return [...items, ...items, random.pick(oddValues)];
  return items.length === 0 ? [random.pick(oddValues)] : items.with(at, changeOne(items[at], random));
}

function changeValue(value: unknown, random: Random): unknown {
  const chance = random.next();
  if (chance < 0.02) return deep(value);
  if (chance < 0.1) return [value];
  if (chance < 0.15) return { value };
  if (chance < 0.5 && typeof value === 'string') return `${value}${random.pick(['x', '-2', ' ', '\n', '\u202e', value]) ?? ''}`;
  if (chance < 0.5 && typeof value === 'number') return value + (random.pick([1, -1, 0.5, 1e9]) ?? 0);
  return random.pick(oddValues);
}

function deep(value: unknown): unknown {
  let whole = value;
  for (let level = 0; level < deepLevels; level += 1) whole = [whole];
  return whole;
}
