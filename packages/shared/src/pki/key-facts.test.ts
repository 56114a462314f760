import { type createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { elementOf } from './der-reader.ts';
import { readKeyFacts } from './key-facts.ts';

const spkiOf = (key: ReturnType<typeof createPublicKey>) => key.export({ type: 'spki', format: 'der' });

describe('what kind of key it is', () => {
  it.each([1024, 1032, 2048, 2050, 3072, 4096])('agrees with node:crypto for RSA of %i bits', (modulusLength) => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength });
    expect(publicKey.asymmetricKeyDetails?.modulusLength).toBe(modulusLength);
    expect(readKeyFacts(elementOf(spkiOf(publicKey)))).toEqual({ kind: 'rsa', bits: modulusLength, exponent: 65_537 });
  });

  it.each([
    [3, 3],
    [2 ** 32 - 1, Number.NaN],
  ])('tells the public exponent %i as %s', (publicExponent, exponent) => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent });
    expect(readKeyFacts(elementOf(spkiOf(publicKey)))).toEqual({ kind: 'rsa', bits: 2048, exponent });
  });

  it.each([
    ['secp224r1', 'P-224'],
    ['prime256v1', 'P-256'],
    ['secp384r1', 'P-384'],
    ['secp521r1', 'P-521'],
    ['secp256k1', '1.3.132.0.10'],
  ])('names the curve %s as %s', (namedCurve, curve) => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve });
    expect(readKeyFacts(elementOf(spkiOf(publicKey)))).toEqual({ kind: 'ec', curve });
  });

  it('names other kinds', () => {
    expect(readKeyFacts(elementOf(spkiOf(generateKeyPairSync('ed25519').publicKey)))).toEqual({ kind: 'other', name: 'Ed25519' });
    expect(readKeyFacts(elementOf(spkiOf(generateKeyPairSync('x25519').publicKey)))).toEqual({
      kind: 'other',
      name: '1.3.101.110',
    });
  });
});
