import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, parseCertificate } from './certificate.ts';
import { verifyChain } from './chain.ts';
import { makeRoot, newSigner, p256 } from './testing/authority.ts';
import { makeCorpus } from './testing/corpus/corpus.ts';

/** A case of the corpus, read. */
interface Read {
  readonly name: string;
  readonly sound: boolean;
  readonly ders: readonly Buffer[];
  readonly chain: readonly Certificate[];
  readonly roots: readonly Certificate[];
  readonly atMs: number;
  readonly ok: boolean;
}

let cases: readonly Read[];
let unrelated: Certificate;

beforeAll(async () => {
  const corpus = (await makeCorpus()).filter(({ expected }) => expected !== 'Unreadable');
  cases = corpus.map(({ name, mutation, chain: ders, roots: rootDers, atMs, expected }) => {
    const [chain, roots] = [ders, rootDers].map((each) => each.map((der) => parseCertificate(der))) as [
      Certificate[],
      Certificate[],
    ];
    return { name, sound: mutation === 'nothing is changed', ders, chain, roots, atMs, ok: expected === 'ok' };
  });
  unrelated = (await makeRoot('related to nobody', await newSigner(p256))).certificate;
});

const anyCase = fc.nat().map(
  (pick) =>
    (among: readonly Read[]): Read =>
      among[pick % among.length]!,
);

describe('whether a chain verifies', () => {
  it('does not depend on the order of the roots', () => {
    fc.assert(
      fc.property(anyCase, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (pick, keys) => {
        const { chain, roots, atMs, ok } = pick(cases.filter((each) => each.roots.length > 1));
        const shuffled = roots.map((root, index) => ({ root, key: keys[index] ?? 0 })).toSorted((a, b) => a.key - b.key);
        const result = verifyChain(
          chain,
          shuffled.map(({ root }) => root),
          atMs,
        );
        expect(result.ok).toBe(ok);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on roots that have nothing to do with it', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), (pick, place) => {
        const { chain, roots, atMs, ok } = pick(cases);
        const more = roots.toSpliced(place % (roots.length + 1), 0, unrelated);
        expect(verifyChain(chain, more, atMs).ok).toBe(ok);
      }),
      { numRuns: 500 },
    );
  });

  it('hangs on every byte of the chain', () => {
    const flip = fc.record({ certificate: fc.nat(), byte: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) });
    fc.assert(
      fc.property(anyCase, flip, (pick, { certificate, byte, bits }) => {
        const { ders, roots, atMs } = pick(cases.filter(({ sound }) => sound));
        const index = certificate % ders.length;
        const tampered = ders.map((der, at) => (at === index ? flipBits(der, byte % der.length, bits) : der));
        const chain = readAll(tampered);
        fc.pre(chain !== undefined);
        expect(verifyChain(chain, roots, atMs).ok).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

function flipBits(der: Buffer, at: number, bits: number): Buffer {
  const flipped = Buffer.from(der);
  flipped.writeUInt8(flipped.readUInt8(at) ^ bits, at);
  return flipped;
}

/** Undefined where the bytes are no certificates any more. */
function readAll(ders: readonly Buffer[]): Certificate[] | undefined {
  try {
    return ders.map((der) => parseCertificate(der));
  } catch {
    return undefined;
  }
}
