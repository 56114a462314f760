import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, parseCertificate } from './certificate.ts';
import { verifyChain } from './chain.ts';
import type { KeyAlgorithm } from './key.ts';
import type { Signer } from './signer.ts';
import {
  type Authority,
  dayMs,
  makeIntermediate,
  makeLeaf,
  makeRoot,
  newSigner,
  nowMs,
  p256,
  p384,
  rsa2048,
} from './testing/authority.ts';
import { corpusKey, make } from './testing/corpus/draft.ts';
import { extendedKeyUsage, purposes } from './testing/corpus/extensions.ts';
import { having, leafBelow, rootDraft } from './testing/corpus/plan.ts';
import { opensslVerify } from './testing/openssl.ts';

const algorithms: readonly [string, KeyAlgorithm][] = [
  ['RSA', rsa2048],
  ['P-256', p256],
  ['P-384', p384],
];
const combinations = algorithms.flatMap(([root, rootKey]) =>
  algorithms.flatMap(([middle, middleKey]) =>
    algorithms.map(([leaf, leafKey]) => ({
      name: `${root} root, ${middle} intermediate, ${leaf} leaf`,
      rootKey,
      middleKey,
      leafKey,
    })),
  ),
);

let keys: Map<KeyAlgorithm, readonly [Signer, Signer, Signer]>;
let key: Signer;
let root: Authority;
let intermediate: Authority;

beforeAll(async () => {
  const made = algorithms.map(async ([, algorithm]) => {
    const [a, b, c] = [newSigner(algorithm), newSigner(algorithm), newSigner(algorithm)];
    return [algorithm, [await a, await b, await c]] as const;
  });
  keys = new Map(await Promise.all(made));
  key = await newSigner(p256);
  root = await makeRoot('root', await newSigner(p256));
  intermediate = await makeIntermediate(root, await newSigner(p256));
});

/** Ours and openssl's verdict on the same chain; only ours names a reason. */
async function verdicts(...question: [chain: readonly Certificate[], roots: readonly Certificate[], atMs: number]) {
  const ours = verifyChain(...question);
  const theirs = await opensslVerify(...question);
  return { ours: ours.ok ? 'ok' : ours.reason, theirs: theirs.ok, opensslSays: theirs.output };
}

describe('verifyChain agrees with openssl', () => {
  it.each(combinations)('that a chain holds: $name', async ({ rootKey, middleKey, leafKey }) => {
    const above = await makeRoot('root', keys.get(rootKey)![0]);
    const middle = await makeIntermediate(above, keys.get(middleKey)![1]);
    const leaf = await makeLeaf(middle, keys.get(leafKey)![2]);
    const verdict = await verdicts([leaf, middle.certificate], [above.certificate], nowMs);
    expect(verdict).toMatchObject({ ours: 'ok', theirs: true });
  });

  it('that an intermediate alone holds under its root', async () => {
    expect(await verdicts([intermediate.certificate], [root.certificate], nowMs)).toMatchObject({ ours: 'ok', theirs: true });
  });

  it('that a chain may repeat the root at its end', async () => {
    const chain = [await makeLeaf(intermediate, key), intermediate.certificate, root.certificate];
    expect(await verdicts(chain, [root.certificate], nowMs)).toMatchObject({ ours: 'ok', theirs: true });
  });

  it('that a root of another name is no issuer', async () => {
    const other = await makeRoot('other', key);
    expect(await verdicts([intermediate.certificate], [other.certificate], nowMs)).toMatchObject({
      ours: 'NoIssuer',
      theirs: false,
    });
  });

  it('that a root of the same name with another key is no issuer, by its key identifier', async () => {
    const other = await makeRoot('root', key);
    expect(await verdicts([intermediate.certificate], [other.certificate], nowMs)).toMatchObject({
      ours: 'KeyIdMismatch',
      theirs: false,
    });
  });

  it('that a missing intermediate breaks the chain', async () => {
    const leaf = await makeLeaf(intermediate, key);
    expect(await verdicts([leaf], [root.certificate], nowMs)).toMatchObject({ ours: 'NoIssuer', theirs: false });
  });

  it('that a changed signature is bad', async () => {
    const der = Uint8Array.from(intermediate.certificate.der);
    der[der.length - 1]! ^= 1;
    const forged = parseCertificate(der);
    expect(await verdicts([forged], [root.certificate], nowMs)).toMatchObject({ ours: 'BadSignature', theirs: false });
  });

  it('that a leaf issues nothing', async () => {
    const leaf = await makeLeaf(intermediate, key);
    const below = await issuedByForce({ certificate: leaf, key });
    const chain = [below, leaf, intermediate.certificate];
    expect(await verdicts(chain, [root.certificate], nowMs)).toMatchObject({ ours: 'NotCa', theirs: false });
  });

  it('that an intermediate issues no further intermediate', async () => {
    const second = await issuedByForce(intermediate, 'intermediate');
    const leaf = await makeLeaf({ certificate: second, key }, key);
    const chain = [leaf, second, intermediate.certificate];
    expect(await verdicts(chain, [root.certificate], nowMs)).toMatchObject({ ours: 'PathTooLong', theirs: false });
  });

  it.each([
    ['Expired', 10],
    ['NotYetValid', -2],
  ])('that a chain is %s outside of its validity', async (reason, days) => {
    const verdict = await verdicts([intermediate.certificate], [root.certificate], nowMs + days * dayMs);
    expect(verdict).toMatchObject({ ours: reason, theirs: false });
  });

  it('that an expired root makes a valid intermediate worthless', async () => {
    const young = await makeRoot('short', key, { notAfterMs: nowMs + dayMs });
    const made = await makeIntermediate(young, await newSigner(p256));
    const [verdict, before] = [nowMs + 2 * dayMs, nowMs].map((atMs) => verdicts([made.certificate], [young.certificate], atMs));
    expect(await verdict).toMatchObject({ ours: 'Expired', theirs: false });
    expect(await before).toMatchObject({ ours: 'ok', theirs: true });
  });
});

describe('verifyChain', () => {
  it('picks the root that signed among several of one name, in any order', async () => {
    const twins = [await makeRoot('root', await newSigner(p256)), await makeRoot('root', await newSigner(p256))];
    const roots = [twins[0]!.certificate, root.certificate, twins[1]!.certificate];
    for (const trusted of [roots, roots.toReversed()]) {
      const result = verifyChain([intermediate.certificate], trusted, nowMs);
      expect(result).toEqual({ ok: true, root: root.certificate });
    }
  });

  it('takes the valid one of two roots with one name and key', async () => {
    const old = await makeRoot('renewed', key, { notAfterMs: nowMs - 1000 });
    const renewed = await makeRoot('renewed', key);
    const made = await makeIntermediate(renewed, await newSigner(p256));
    const result = verifyChain([made.certificate], [old.certificate, renewed.certificate], nowMs);
    expect(result).toEqual({ ok: true, root: renewed.certificate });
  });

  it('says that nothing verifies when the chain is empty', () => {
    expect(verifyChain([], [root.certificate], nowMs)).toMatchObject({ ok: false, reason: 'NoIssuer' });
  });

  it('counts the last second of a certificate as valid, as RFC 5280 does', () => {
    const { certificate } = intermediate;
    expect(verifyChain([certificate], [root.certificate], certificate.notAfterMs).ok).toBe(true);
    expect(verifyChain([certificate], [root.certificate], certificate.notAfterMs + 1).ok).toBe(false);
  });

  it('allows for clocks that differ, as much as it is told to', () => {
    const { certificate } = intermediate;
    const skewMs = 30_000;
    for (const [edgeMs, outwards] of [
      [certificate.notBeforeMs, -1],
      [certificate.notAfterMs, 1],
    ] as const) {
      const at = (offMs: number, options?: { skewMs: number }): boolean =>
        verifyChain([certificate], [root.certificate], edgeMs + outwards * offMs, options).ok;
      expect(at(1)).toBe(false);
      expect(at(skewMs, { skewMs })).toBe(true);
      expect(at(skewMs + 1, { skewMs })).toBe(false);
    }
  });

  it('asks for the purpose that it is told to', () => {
    const aKey = corpusKey('P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }));
    const rootOfClients = having(extendedKeyUsage(purposes.clientAuth))(rootDraft(aKey));
    const [leaf, top] = [leafBelow(rootOfClients, aKey), rootOfClients].map((draft) => parseCertificate(make(draft)));
    const verify = (purpose?: 'serverAuth' | 'clientAuth' | 'any') =>
      verifyChain([leaf!], [top!], nowMs, purpose === undefined ? {} : { purpose });
    expect(verify()).toMatchObject({ reason: 'ExtendedKeyUsage', message: expect.stringContaining('without serverAuth') });
    expect(verify('serverAuth')).toMatchObject({ reason: 'ExtendedKeyUsage' });
    expect(verify('clientAuth')).toMatchObject({ ok: true });
    expect(verify('any')).toMatchObject({ ok: true });
  });

  it('says what is wrong with the right root rather than that others are not it', async () => {
    const expired = await makeRoot('root', root.key, { notAfterMs: nowMs - 1000 });
    const other = await makeRoot('root', key);
    for (const roots of [
      [expired, other],
      [other, expired],
    ]) {
      const trusted = roots.map(({ certificate }) => certificate);
      expect(verifyChain([intermediate.certificate], trusted, nowMs)).toMatchObject({ reason: 'Expired' });
    }
  });

  it('calls a leaf by its SPIFFE URI', async () => {
    const leaf = await makeLeaf(intermediate, key, { notAfterMs: nowMs - 1000 });
    expect(verifyChain([leaf, intermediate.certificate], [root.certificate], nowMs)).toMatchObject({
      message: expect.stringMatching(/^spiffe:\/\/cluster\.local\/ns\/default\/sa\/web expired at/),
    });
  });
});

/** A certificate that our own code refuses to issue, under an issuer that may not. */
async function issuedByForce(above: Authority, what: 'leaf' | 'intermediate' = 'leaf') {
  const { certificate } = above;
  const unlimited = { ...certificate, isCa: true, pathLength: undefined };
  const forced = { ...above, certificate: unlimited };
  return what === 'leaf'
    ? makeLeaf(forced, await newSigner(p256))
    : (await makeIntermediate(forced, key, { commonName: 'second' })).certificate;
}
