import { expect, it } from 'vitest';
import { isSignedByKeyOf } from './signed-by.ts';
import { makeIntermediate, makeRoot, newSigner, p256 } from './testing/authority.ts';

it('whether a certificate is signed by the key of another is told for each pair, the first time as every other', async () => {
  // Of one name, so that the signature alone tells them apart.
  const [a, b] = [await makeRoot('A', await newSigner(p256)), await makeRoot('A', await newSigner(p256))];
  const { certificate: ofA } = await makeIntermediate(a, await newSigner(p256));
  const tell = (): boolean[] => [
    isSignedByKeyOf(ofA, a.certificate),
    isSignedByKeyOf(ofA, b.certificate),
    isSignedByKeyOf(a.certificate, a.certificate),
    isSignedByKeyOf(a.certificate, ofA),
  ];
  expect(tell()).toEqual([true, false, true, false]);
  expect(tell()).toEqual([true, false, true, false]);
});
