import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesRelated, composeBundle, countNudges, nudgeBundle, rootsOf } from './bundle.ts';
import type { Certificate } from './certificate.ts';
import { makeRoot, newSigner, p256 } from './testing/authority.ts';

let a: Certificate;
let b: Certificate;
let c: Certificate;

beforeAll(async () => {
  const [first, second, third] = ['A', 'B', 'C'].map(async (name) => makeRoot(name, await newSigner(p256)));
  [a, b, c] = [(await first!).certificate, (await second!).certificate, (await third!).certificate];
});

describe('a bundle that others wrote', () => {
  it('keeps its line ends, comments and missing last newline when it grows', () => {
    const foreign = `# old\r\n${a.pem.replaceAll('\n', '\r\n')}${a.pem.trimEnd()}`;
    expect(composeBundle(foreign, [a, b])).toBe(`${foreign}\n${b.pem}`);
  });

  it('is not emptied, for a mesh without roots trusts nobody', () => {
    for (const current of [undefined, '', a.pem]) {
      expect(() => composeBundle(current, [])).toThrow(expect.objectContaining({ code: 'RR_BUNDLE_EMPTY' }));
    }
  });

  it('gets each new root once, however often it is asked for', () => {
    expect(composeBundle(undefined, [a, a, b])).toBe(a.pem + b.pem);
    expect(composeBundle(a.pem, [b, a, b])).toBe(a.pem + b.pem);
  });

  it('grows from no certificate at all', () => {
    expect(composeBundle('# nothing yet\n', [a])).toBe(`# nothing yet\n${a.pem}`);
  });
});

describe('the bytes through rotations', () => {
  it('stay related at every write of two rotations, with nudges, and of a rollback between them', () => {
    let bundle = composeBundle(undefined, [a]);
    const write = (next: string) => {
      expect(bytesRelated(bundle, next)).toBe(true);
      expect(next).not.toBe(bundle);
      bundle = next;
    };
    write(composeBundle(bundle, [a, b]));
    write(nudgeBundle(bundle, 2));
    write(composeBundle(bundle, [a]));
    write(nudgeBundle(bundle, 3));
    write(composeBundle(bundle, [a, b]));
    write(nudgeBundle(bundle, 5));
    write(composeBundle(bundle, [b]));
    write(nudgeBundle(bundle, 6));
    write(composeBundle(bundle, [b, c]));
    write(nudgeBundle(bundle, 8));
    write(composeBundle(bundle, [c]));
    expect(rootsOf(bundle)).toEqual([c]);
  });

  it('go back to the former ones, which contain the present ones, when a root that went comes back', () => {
    const former = nudgeBundle(composeBundle(undefined, [a, b]), 2);
    const shrunk = composeBundle(former, [b]);
    expect(composeBundle(shrunk, [a, b], former)).toBe(former);
    expect(composeBundle(shrunk, [b, c], former)).toBe(shrunk + c.pem);
    expect(composeBundle(shrunk, [a, b, c], former)).toBe(former + c.pem);
    const nudged = nudgeBundle(shrunk, 3);
    expect(composeBundle(nudged, [a, b], shrunk)).toBe(nudged + a.pem);
  });

  it('grow from the former ones when their nudges were cut, for late replicas hold the nudges', () => {
    let former = a.pem;
    for (let n = 0; n < 8; n += 1) former = nudgeBundle(former, 1);
    const cut = nudgeBundle(former, 1);
    expect(composeBundle(cut, [a], former)).toBe(cut);
    expect(composeBundle(cut, [a, b], former)).toBe(former + b.pem);
  });

  it('are those that are there, when the former ones cannot be read', () => {
    const former = `${a.pem}-----BEGIN PRIVATE KEY-----\n`;
    expect(composeBundle(a.pem, [a, b], former)).toBe(a.pem + b.pem);
  });

  it('shrink without the nudges at the end, for a late replica may not hold the last one', () => {
    const both = composeBundle(undefined, [a, b]);
    expect(composeBundle(nudgeBundle(both, 2), [b])).toBe(b.pem);
  });

  it('stay related at every write of any rotations in a row, to what is written and to what a late replica still holds', () => {
    const walk = fc.array(fc.constantFrom('forward', 'forward', 'back', 'nudge', 'again'), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(walk, (moves) => {
        const all = [a, b, c];
        let [old, target, step] = [0, 1, 0];
        let [bundle, former, last] = [composeBundle(undefined, [a]), undefined as string | undefined, 'back'];
        const row = (): Certificate[] =>
          [[all[old]!], [all[old]!, all[target]!], [all[old]!, all[target]!], [all[target]!]][step]!;
        for (const [index, move] of moves.entries()) {
          if (move === 'forward') step += 1;
          if (move === 'back') step = Math.max(0, step - 1);
          // The last row is the first of the next rotation; after a rollback the next one is to another root.
          if (step === 4) [old, target, step] = [target, (target + 1) % 3, 1];
          if (step === 0 && move === 'back') target = 3 - old - target;
          const next = move === 'nudge' ? nudgeBundle(bundle, index) : composeBundle(bundle, row(), former);
          // Only what is taken back at once is written before every replica is proven to have loaded what was there.
          const late = move === 'back' && last !== 'back' ? (former ?? bundle) : bundle;
          for (const held of [bundle, late]) expect(bytesRelated(held, next)).toBe(true);
          expect(new Set(rootsOf(next))).toEqual(new Set(row()));
          if (next !== bundle) [bundle, former] = [next, bundle];
          if (move !== 'again') last = move;
        }
      }),
    );
  });

  it('keep the longest unbroken part when a root stands in it more than once', () => {
    const bundle = [b, a, b, b].map(({ pem }) => pem).join('');
    expect(composeBundle(bundle, [b])).toBe(b.pem + b.pem);
  });

  it('are only cut at the end, when many nudges stand before a blank line and a root', () => {
    let nudged = a.pem;
    for (let n = 0; n < 8; n += 1) nudged = nudgeBundle(nudged, 1);
    const bundle = `${nudged}\n${b.pem}`;
    const next = nudgeBundle(bundle, 2);
    expect(rootsOf(next)).toEqual([a, b]);
    expect(bytesRelated(bundle, next)).toBe(true);
  });

  it('lose the nudges instead of getting a ninth, and the count begins anew', () => {
    let bundle = a.pem;
    for (let n = 0; n < 8; n += 1) bundle = nudgeBundle(bundle, 1);
    expect(countNudges(bundle, 1)).toBe(8);
    const cut = nudgeBundle(bundle, 1);
    expect([cut, countNudges(cut, 1)]).toEqual([a.pem, 0]);
  });
});
