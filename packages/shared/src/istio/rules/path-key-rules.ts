import type { CaCase, Occurrence, Rule } from '../rule.ts';
import { type PathProblem, pathProblems } from '../signer-path.ts';
import { sources } from '../sources.ts';

/** The keys of the signing certificate and of those above it, and the names that they may vouch for, as Go knows them. */
export const pathKeyRules: readonly Rule[] = [
  {
    id: 'key-not-supported',
    verdict: 'refuses',
    versions: {},
    title: 'the signing certificate, its root or one between them has a key of a kind or on a curve that Go does not know',
    why: 'Go cannot read such a certificate, or cannot verify with its key; it knows RSA, Ed25519, and ECDSA on P-224, P-256, P-384 and P-521',
    remedy: 'make the key RSA of 2048 bits or more, or ECDSA on P-256 or P-384',
    source: sources.x509,
    check: (known) => problemsOf(known, 'KeyAlgorithm').filter(({ certificate }) => certificate.keyFacts.kind !== 'rsa'),
  },
  {
    id: 'rsa-key-too-short',
    verdict: 'refuses',
    versions: { since: ['1.27.0'] },
    title: 'a CA above the signer has an RSA key of less than 1024 bits',
    why: 'Go from 1.24 on, by which istiod is built since 1.27 at the latest, verifies nothing with such a key: "512-bit keys are insecure"',
    remedy: 'make the key RSA of 2048 bits or more, or ECDSA on P-256 or P-384',
    source: sources.rsa,
    check: (known) => shortKeys(known).filter(({ position }) => position === 'above'),
  },
  {
    id: 'signer-key-too-short',
    verdict: 'breaks',
    versions: { since: ['1.27.0'] },
    title: 'the signer has an RSA key of less than 1024 bits',
    why: 'istiod checks what stands above its signer; Go from 1.24 on neither signs a leaf with such a key nor verifies one',
    remedy: 'make the key RSA of 2048 bits or more, or ECDSA on P-256 or P-384',
    source: sources.rsa,
    check: (known) => shortKeys(known).filter(({ position }) => position === 'signer'),
  },
  {
    id: 'rsa-key-breakable',
    verdict: 'warns',
    versions: { until: ['1.27.0'] },
    title: 'the signer or a CA above it has an RSA key of less than 1024 bits',
    why: 'others can find out the private key; Go from 1.24 on, by which istiod is built since 1.27 at the latest, refuses it',
    remedy: 'make the key RSA of 2048 bits or more, or ECDSA on P-256 or P-384',
    source: sources.rsa,
    check: shortKeys,
  },
  {
    id: 'name-constraints-unknown',
    verdict: 'refuses',
    versions: {},
    title: 'a certificate has critical name constraints of a kind that Go does not know, such as directory names',
    why: "Go's verification takes them for an unknown critical extension: it knows DNS names, addresses, e-mail addresses and URIs",
    remedy: 'issue the certificate without constraints of that kind',
    source: sources.x509,
    check: (known) => problemsOf(known, 'UncheckedNames'),
  },
  {
    id: 'name-constraints-violated',
    verdict: 'refuses',
    versions: {},
    title:
      'a name in the SAN of the signer or of a CA above it lies outside of what a CA above it permits, or cannot be compared',
    why: "Go's verification holds the names of every certificate to the constraints of all above it",
    remedy: 'issue the lower CA without a SAN, or the upper one with constraints that permit its names',
    source: sources.x509,
    check: (known) => problemsOf(known, 'NameConstraints'),
  },
];

/** What Go refuses of the path for one of some reasons. */
export function problemsOf({ path, atMs }: CaCase, ...reasons: readonly PathProblem['reason'][]): readonly PathProblem[] {
  return path === undefined ? [] : pathProblems(path, atMs).filter(({ reason }) => reasons.includes(reason));
}

/** Keys that are too short, and whether it is the signer's own, with which istiod signs and verifies nothing at its start. */
function shortKeys(known: CaCase): readonly (Occurrence & { readonly position: 'signer' | 'above' })[] {
  return problemsOf(known, 'KeyAlgorithm')
    .filter(({ certificate }) => certificate.keyFacts.kind === 'rsa')
    .map(({ certificate, message }) => ({ message, position: certificate === known.path?.[0] ? 'signer' : 'above' }));
}
