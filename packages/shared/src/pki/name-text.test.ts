import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinguishedName } from './name.ts';
import { nameText } from './name-text.ts';
import { makeRoot, newSigner, p256 } from './testing/authority.ts';

describe('a distinguished name', () => {
  it('is shown as node:crypto shows that of a certificate', async () => {
    const { certificate } = await makeRoot('mesh root 1', await newSigner(p256));
    expect(nameText(certificate.subjectDer)).toBe(certificate.subject);
  });

  it('keeps text of any script', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }), (commonName) => {
        fc.pre(!/\p{Cc}/u.test(commonName) && commonName.isWellFormed() && [...commonName].length <= 64);
        expect(nameText(distinguishedName({ commonName }))).toBe(`CN=${commonName}`);
      }),
    );
  });

  it('may be empty', () => {
    expect(nameText(Uint8Array.of(0x30, 0))).toBe('');
  });
});
