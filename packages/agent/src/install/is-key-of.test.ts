import { type Certificate, exportPrivateKey, generateKey, parseCertificate } from '@reroot/shared/pki';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCa, makeContent } from '../testing/ca.ts';
import { isKeyOf } from './is-key-of.ts';

let signer: Certificate;
let key: string;
let another: string;

beforeAll(async () => {
  const a = await createCa('root A', Date.now());
  const { caCert, caKey } = await makeContent([a], a);
  [signer, key] = [parseCertificate(caCert), caKey];
  another = exportPrivateKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
});

describe('a private key', () => {
  it('is that of the certificate that was made for it, and of no other', () => {
    expect(isKeyOf(key, signer)).toBe(true);
    expect(isKeyOf(another, signer)).toBe(false);
  });

  it('is looked at anew where the text has changed, in either direction', () => {
    for (const [text, fits] of [
      [key, true],
      [another, false],
      [key, true],
      ['no key', false],
      [key, true],
    ] as const)
      expect(isKeyOf(text, signer)).toBe(fits);
  });
});
