import { createHash } from 'node:crypto';

/** Chance that comes out the same for the same seed. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A number in [min, max). */
  between(min: number, max: number): number;
  /** One of `items`; undefined when there is none. */
  pick<T>(items: readonly T[]): T | undefined;
  /**
   * An independent source for one part: what it gives depends on the seed and the name alone, not on how often or in
   * which order the other parts draw.
   */
  fork(name: string): Random;
}

/** Chance from a seed. */
export function createRandom(seed: number | string): Random {
  const next = mulberry32(createHash('sha256').update(String(seed)).digest().readUInt32LE());
  return {
    next,
    between: (min, max) => min + next() * (max - min),
    pick: (items) => items[Math.floor(next() * items.length)],
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

/** Tommy Ettinger's generator: 32 bits of state, enough for delays and choices. */
function mulberry32(state: number): () => number {
  let current = state;
  return () => {
    current = (current + 0x6d2b79f5) | 0;
    let mixed = Math.imul(current ^ (current >>> 15), 1 | current);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
