import { type Certificate, createRootCertificate } from '@reroot/shared/pki';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeIntermediate, makeRoot, type TestRoot } from '../testing/certificates.ts';
import { createAnchorFinder, foreignRootsOf } from './find-anchors.ts';

let a: TestRoot;
let b: TestRoot;
let foreign: TestRoot;
let underA: Certificate;
let underForeign: Certificate;
beforeAll(async () => {
  [a, b, foreign] = await Promise.all([makeRoot('a'), makeRoot('b'), makeRoot('foreign')]);
  [underA, underForeign] = await Promise.all([makeIntermediate(a), makeIntermediate(foreign, 5_000)]);
});

const known = () => [a.certificate, b.certificate];
const find = (
  chain: readonly Certificate[],
  carried: readonly Certificate[],
  bundle: readonly Certificate[],
  atMs = Date.now(),
) =>
  createAnchorFinder()(
    chain,
    { known: known(), foreign: foreignRootsOf(carried, known()), bundle: bundle.map(({ fingerprint }) => fingerprint) },
    atMs,
  );

/** The same CA for another span: its name and its key are those of the first. */
async function renew({ certificate, signer }: TestRoot): Promise<Certificate> {
  const nowMs = Date.now();
  const span = { notBeforeMs: nowMs - 1_000, notAfterMs: nowMs + 86_400_000 };
  return createRootCertificate({
    key: signer,
    commonName: certificate.subject.replace(/.*CN=/s, ''),
    organization: 'test',
    ...span,
  });
}

describe('what a chain hangs from', () => {
  it('is the known root above it, and nothing else', () => {
    expect(find([underA], [a.certificate, b.certificate, underA], [])).toMatchObject({
      root: a.certificate.fingerprint,
      foreignRoot: undefined,
      anchors: [a.certificate.fingerprint],
    });
  });

  it('is a self-signed CA of the report where no known root is above it', () => {
    const found = find([underForeign], [a.certificate, foreign.certificate, underForeign], []);
    const { fingerprint } = foreign.certificate;
    expect(found).toMatchObject({ root: undefined, foreignRoot: fingerprint, anchors: [fingerprint] });
  });

  it('is nothing when the CA is not carried, is no CA, or merely bears the name', async () => {
    const impostor = await makeRoot('foreign');
    for (const carried of [[], [underForeign], [impostor.certificate]]) {
      expect(find([underForeign], carried, [])).toEqual({ root: undefined, foreignRoot: undefined, anchors: [] });
    }
  });

  it('is a foreign root that another report has carried, though its own cluster does not trust it', () => {
    const finder = createAnchorFinder();
    const carried = { known: known(), foreign: [foreign.certificate], bundle: [] };
    const alone = { ...carried, foreign: [] };
    expect(finder([underForeign], alone, Date.now()).foreignRoot).toBeUndefined();
    finder([underA], carried, Date.now());
    expect(finder([underForeign], alone, Date.now()).foreignRoot).toBe(foreign.certificate.fingerprint);
  });

  it('is nothing once a certificate of the chain has expired, however often it was verified before', () => {
    const finder = createAnchorFinder();
    const candidates = { known: known(), foreign: [foreign.certificate], bundle: [] };
    expect(finder([underForeign], candidates, Date.now()).foreignRoot).toBe(foreign.certificate.fingerprint);
    expect(finder([underForeign], candidates, Date.now() + 10_000).foreignRoot).toBeUndefined();
  });

  it('is remembered for each of five thousand clusters, in whichever order they report', () => {
    const finder = createAnchorFinder();
    const lookUp = () =>
      Array.from({ length: 5_000 }, (_, index) =>
        finder([{ ...underA, fingerprint: String(index) }], { known: [a.certificate], foreign: [], bundle: [] }, Date.now()),
      );
    const [first, again] = [lookUp(), lookUp()];
    expect(again.filter((found, index) => found !== first[index])).toEqual([]);
    expect(first[0]?.root).toBe(a.certificate.fingerprint);
  }, 60_000);

  it('is each of two roots that share name and key', async () => {
    const renewed = await renew(a);
    const [first, second] = [a.certificate.fingerprint, renewed.fingerprint];
    expect(find([underA], [renewed], [])).toMatchObject({ root: first, foreignRoot: undefined, anchors: [first, second] });
  });

  it('is the one foreign root of the bundle where that root signs by itself, for then agents report no chain', () => {
    const { fingerprint } = foreign.certificate;
    const carried = [foreign.certificate, a.certificate];
    expect(find([], carried, [foreign.certificate])).toMatchObject({ root: undefined, foreignRoot: fingerprint });
    expect(find([], carried, [foreign.certificate, a.certificate]).anchors).toEqual([]);
    expect(find([], carried, [a.certificate]).anchors).toEqual([]);
    expect(find([], carried, []).anchors).toEqual([]);
  });

  it('is looked for under the first foreign roots of a report alone, so that a report with hundreds holds nobody up', async () => {
    const others = await Promise.all(Array.from({ length: 8 }, (_, index) => makeRoot(`other-${index}`)));
    const carried = [...others.map(({ certificate }) => certificate), foreign.certificate];
    expect(foreignRootsOf(carried, known())).toHaveLength(8);
    expect(find([underForeign], carried, []).anchors).toEqual([]);
  });
});
