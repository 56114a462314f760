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
