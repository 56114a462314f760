import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesRelated, composeBundle, countNudges, nudgeBundle, rootsOf } from './bundle.ts';
import type { Certificate } from './certificate.ts';
import { makeRoot, newSigner, p256 } from './testing/authority.ts';

let roots: readonly Certificate[];
let a: Certificate;
let b: Certificate;
let c: Certificate;

beforeAll(async () => {
  const made = await Promise.all(['A', 'B', 'C', 'D'].map(async (name) => makeRoot(name, await newSigner(p256))));
  roots = made.map(({ certificate }) => certificate);
  [a, b, c] = [roots[0]!, roots[1]!, roots[2]!];
});

function fingerprints(bundle: string): string[] {
  return [...new Set(rootsOf(bundle).map(({ fingerprint }) => fingerprint))].sort();
}

function namesOf(bundle: string): string[] {
  return rootsOf(bundle).map(({ subject }) => subject.at(-1) ?? '');
}

/** Which of the four roots, in which order, duplicates allowed. */
const someRoots = fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }).map((picks) => () => picks.map((pick) => roots[pick]!));
const betweenBlocks = fc.constantFrom('', '\n', '# kept by ops\n', '\r\n', '# reroot nudge 1.1\n');

describe('a trust bundle', () => {
  it('grows by appending to the exact bytes, whatever stands between the blocks', () => {
    fc.assert(
      fc.property(someRoots, betweenBlocks, fc.boolean(), (pick, between, cut) => {
        const joined = pick()
          .map(({ pem }) => pem)
          .join(between);
        const current = cut ? joined.trimEnd() : joined;
        const grown = composeBundle(current, roots);
        expect(grown.startsWith(current)).toBe(true);
        expect(fingerprints(grown)).toEqual(roots.map(({ fingerprint }) => fingerprint).toSorted());
        expect(composeBundle(grown, roots)).toBe(grown);
      }),
    );
  });

  it('shrinks to exactly the roots to keep, and to one unbroken part of its bytes where they stand together', () => {
    fc.assert(
      fc.property(someRoots, betweenBlocks, fc.nat(3), (pick, between, keep) => {
        const current = pick()
          .map(({ pem }) => pem)
          .join(between);
        fc.pre(pick().includes(roots[keep]!));
        const shrunk = composeBundle(current, [roots[keep]!]);
        expect(fingerprints(shrunk)).toEqual([roots[keep]!.fingerprint]);
        expect(current.includes(shrunk)).toBe(true);
      }),
    );
  });

  it('holds the same roots in whatever order they are asked for, and however often', () => {
    fc.assert(
      fc.property(someRoots, betweenBlocks, someRoots, fc.boolean(), (pick, between, more, removes) => {
        const current = pick()
          .map(({ pem }) => pem)
          .join(between);
        const desired = removes ? pick().slice(-1) : [...pick(), ...more()];
        const one = composeBundle(current, desired);
        const other = composeBundle(current, [...desired, ...desired].toReversed());
        expect(fingerprints(other)).toEqual(fingerprints(one));
        expect(fingerprints(one)).toEqual([...new Set(desired.map(({ fingerprint }) => fingerprint))].toSorted());
        if (removes) expect(other).toBe(one);
      }),
    );
  });

  it('holds the same roots whether they come and go together or one after the other, in any order', () => {
    fc.assert(
      fc.property(someRoots, fc.shuffledSubarray([0, 1, 2, 3]), (pick, order) => {
        const current = pick()
          .map(({ pem }) => pem)
          .join('');
        let grown = current;
        for (const index of order) {
          const next = composeBundle(grown, [...rootsOf(grown), roots[index]!]);
          expect(next.startsWith(grown)).toBe(true);
          grown = next;
        }
        const together = composeBundle(current, [...pick(), ...order.map((index) => roots[index]!)]);
        expect(fingerprints(grown)).toEqual(fingerprints(together));
        expect(fingerprints(composeBundle(grown, pick()))).toEqual(fingerprints(current));
        expect(fingerprints(composeBundle(together, pick()))).toEqual(fingerprints(current));
      }),
    );
  });

  it('is the same after the same was asked for twice, byte for byte', () => {
    fc.assert(
      fc.property(someRoots, betweenBlocks, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 }), (pick, between, keep) => {
        const current = pick()
          .map(({ pem }) => pem)
          .join(between);
        const desired = keep.map((index) => roots[index]!);
        const held = new Set(fingerprints(current));
        const comes = desired.some(({ fingerprint }) => !held.has(fingerprint));
        const goes = [...held].some((each) => desired.every(({ fingerprint }) => fingerprint !== each));
        fc.pre(!(comes && goes));
        const once = composeBundle(current, desired);
        expect(composeBundle(once, desired)).toBe(once);
      }),
    );
  });

  it('leaves every byte alone when the set does not change', () => {
    const odd = `# by hand\r\n${b.pem}${a.pem}${b.pem}\n\n`;
    expect(composeBundle(odd, [a, b])).toBe(odd);
  });

  it('drops the first root as well as the last', () => {
    const both = composeBundle(undefined, [a, b]);
    expect(composeBundle(both, [b])).toBe(b.pem);
    expect(bytesRelated(both, composeBundle(both, [a]))).toBe(true);
  });

  it('joins what is left when the root to go stands in the middle, for no unbroken part exists', () => {
    const three = composeBundle(undefined, [a, b, c]);
    expect(namesOf(composeBundle(three, [a, c]))).toEqual(['A', 'C']);
  });

  it('is not changed into one that a running istiod would refuse', () => {
    expect(() => composeBundle(a.pem, [b])).toThrow(expect.objectContaining({ code: 'RR_BUNDLE_NOT_RELATED' }));
  });

  it('refuses what is not a certificate, and names the block', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMAo=\n-----END PRIVATE KEY-----\n';
    expect(() => rootsOf(a.pem + key)).toThrow(/block 2 is a PRIVATE KEY/);
    expect(() => rootsOf(`${a.pem}-----BEGIN CERTIFICATE-----\nMAo=\n`)).toThrow(/block 2 has no/);
    expect(() => rootsOf('-----BEGIN CERTIFICATE-----\nMAo=\n-----END CERTIFICATE-----\n')).toThrow(
      expect.objectContaining({ code: 'RR_PKI_BAD_CERTIFICATE' }),
    );
  });
});

describe('a nudge', () => {
  it('changes the bytes and never the roots, and stays related to what was there, however often it is given', () => {
    fc.assert(
      fc.property(someRoots, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 1_000 }), (pick, times, generation) => {
        let bundle = pick()
          .map(({ pem }) => pem)
          .join('');
        const before = fingerprints(bundle);
        for (let n = 0; n < times; n += 1) {
          const nudged = nudgeBundle(bundle, generation);
          expect(nudged).not.toBe(bundle);
          expect(bytesRelated(bundle, nudged)).toBe(true);
          expect(fingerprints(nudged)).toEqual(before);
          bundle = nudged;
        }
        expect(bundle.length).toBeLessThan(10_000);
      }),
      { numRuns: 20 },
    );
  });

  it('is counted under its own generation alone, out of the bytes', () => {
    const once = nudgeBundle(nudgeBundle(a.pem, 7), 8);
    expect([countNudges(once, 7), countNudges(once, 8), countNudges(once, 9), countNudges(once, 78)]).toEqual([1, 1, 0, 0]);
  });
});
