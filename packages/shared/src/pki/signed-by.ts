import type { Certificate } from './certificate.ts';

/** What was found of pairs of certificates, for as long as both are there. */
const found = new WeakMap<Certificate, WeakMap<Certificate, boolean>>();

/**
 * Whether the key of one certificate has signed another. Both are read from bytes that do not change, so neither does the answer: it
 * is worked out once.
 */
export function isSignedByKeyOf(issued: Certificate, issuer: Certificate): boolean {
  const ofIssued = found.get(issued) ?? new WeakMap<Certificate, boolean>();
  found.set(issued, ofIssued);
  const isSigned = ofIssued.get(issuer) ?? issued.x509.verify(issuer.publicKey);
  ofIssued.set(issuer, isSigned);
  return isSigned;
}
