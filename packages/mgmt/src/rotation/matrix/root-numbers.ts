import type { RootSet } from './face.ts';

/** The numbers that roots and kinds of leaves are known by. */
export interface RootNumbers {
  /** Chains that verify under the same roots are of one kind; nearly always that is one root. Gives the number of a kind. */
  readonly kindOf: (anchors: RootSet) => number;
  /** The roots of a bundle by their numbers. */
  readonly bundleOf: (roots: RootSet) => readonly number[];
  /** How many kinds there are. */
  kinds(): number;
  /** How many numbers were given. */
  readonly given: () => number;
  /** Whether a bundle has one of the roots of a kind. */
  accepts(bundle: readonly number[], kind: number): boolean;
  /** The kinds of which a bundle has one of the roots, each at least once. */
  accepted(bundle: readonly number[]): readonly number[];
}

/** Gives numbers from 0 on, in the order in which they are asked for. */
export function createRootNumbers(): RootNumbers {
  const roots = new Map<string, number>();
  const kinds = new Map<string, number>();
  /** The roots of each kind, and the kinds of each root. */
  const anchorsOf: (readonly number[])[] = [];
  const kindsOf: number[][] = [];
  const rootOf = (root: string): number => {
    const known = roots.get(root);
    if (known !== undefined) return known;
    kindsOf.push([]);
    roots.set(root, roots.size);
    return roots.size - 1;
  };
  return {
    kindOf: (anchors) => {
      const name = anchors.length === 1 ? (anchors[0] ?? '') : anchors.join();
      const known = kinds.get(name);
      if (known !== undefined) return known;
      const kind = kinds.size;
      kinds.set(name, kind);
      const above = anchors.map(rootOf);
      anchorsOf.push(above);
      for (const root of above) kindsOf[root]?.push(kind);
      return kind;
    },
    bundleOf: (bundle) => bundle.map(rootOf),
    kinds: () => kinds.size,
    given: () => kinds.size + roots.size,
    accepts: (bundle, kind) => (anchorsOf[kind] ?? []).some((root) => bundle.includes(root)),
    accepted: (bundle) => bundle.flatMap((root) => kindsOf[root] ?? []),
  };
}

/** Whether a bit is set; those beyond the end are not. */
export function hasBit(bits: Uint32Array, bit: number): boolean {
  return (((bits[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
}

/** Sets a bit, in the same bits or in longer ones. */
export function withBit(bits: Uint32Array, bit: number): Uint32Array {
  const word = bit >>> 5;
  // Room for more than one word: each kind that comes would move all of them else.
  const roomy = word < bits.length ? bits : grown(bits, word + 1 + (word >>> 2));
  roomy[word] = (roomy[word] ?? 0) | (1 << (bit & 31));
  return roomy;
}

function grown(bits: Uint32Array, words: number): Uint32Array {
  const longer = new Uint32Array(words);
  longer.set(bits);
  return longer;
}
