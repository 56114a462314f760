import type { Certificate } from '../../pki/index.ts';
import { inline } from '../../pki/index.ts';
import type { CaCase, Occurrence, Rule } from '../rule.ts';
import { pathProblems } from '../signer-path.ts';
import { sources } from '../sources.ts';
import { momentText, nameOf } from '../wording.ts';
import { pathKeyRules, problemsOf } from './path-key-rules.ts';

/** The way from the signing certificate to a root: what istiod checks of it, and what only a verifier of leaves does. */
export const pathRules: readonly Rule[] = [
  {
    id: 'signer-without-root',
    verdict: 'refuses',
    versions: {},
    title: 'the signing certificate does not chain to a root of the bundle',
    why: 'istiod verifies ca-cert.pem under root-cert.pem, with what is in cert-chain.pem between them, before it takes the files',
    remedy: 'add the root that issued it to the bundle, and every CA between them to cert-chain.pem',
    source: sources.keyCertBundle,
    check: ({ signer, chain, path, roots, set }) => {
      if (signer === undefined || path !== undefined || roots.length === 0) return [];
      const where = set.signer === undefined ? {} : { where: set.signer.name };
      const way = `${nameOf(signer)} was issued by ${inline(signer.issuer)}, and no way leads from there to a root`;
      return [{ message: `${way}${namesakeText([signer, ...chain], roots)}`, ...where }];
    },
  },
  {
    id: 'path-not-valid',
    verdict: 'refuses',
    versions: {},
    title: 'the signing certificate, its root or one between them has expired or is not valid yet',
    why: 'istiod verifies them for the present moment, at its start and on each reload',
    remedy: 'renew it; check the clock where it is only not valid yet',
    source: sources.keyCertBundle,
    check: (known) => problemsOf(known, 'Expired', 'NotYetValid'),
  },
  {
    id: 'ca-extended-key-usage',
    verdict: 'refuses',
    versions: {},
    title: 'a CA has an extended key usage without serverAuth',
    why: "Go's verification asks for serverAuth by default, along the whole path, and istiod leaves it at that",
    remedy: 'issue the CA without extended key usage, or with serverAuth and clientAuth',
    source: sources.keyCertBundle,
    check: (known) => problemsOf(known, 'ExtendedKeyUsage'),
  },
  {
    id: 'weak-signature',
    verdict: 'refuses',
    versions: {},
    title: 'the signing certificate or a CA between it and its root is signed with SHA-1 or MD5',
    why: "Go's verification takes no such signature; that of the root itself is not looked at",
    remedy: 'issue it again with SHA-256 or better',
    source: sources.keyCertBundle,
    check: (known) => problemsOf(known, 'SignatureAlgorithm'),
  },
  {
    id: 'unknown-critical-extension',
    verdict: 'refuses',
    versions: {},
    title: 'a certificate has a critical extension that is not known',
    why: "Go's verification refuses what it must not pass over",
    remedy: 'issue the certificate without it, or not as critical',
    source: sources.keyCertBundle,
    check: (known) => problemsOf(known, 'UnknownCritical'),
  },
  ...pathKeyRules,
  {
    id: 'path-not-allowed-to-issue',
    verdict: 'refuses',
    versions: {},
    title: 'a certificate above the signer may not issue',
    why: "Go's verification refuses an issuer that is not a CA or whose keyUsage lacks keyCertSign; of a root without extensions, of version 1, it asks neither",
    remedy: 'issue it with basicConstraints CA and keyUsage keyCertSign',
    source: sources.keyCertBundle,
    check: (known) => problemsOf(known, 'NotCa', 'KeyUsage'),
  },
  {
    id: 'path-too-long',
    verdict: 'refuses',
    versions: {},
    title: 'there are more CAs below a certificate than its path length allows',
    why: 'istiod verifies the path length from its signer up',
    remedy: 'issue the upper CA with a larger path length, or leave out a level',
    source: sources.keyCertBundle,
    check: (known) => problemsOf(known, 'PathTooLong'),
  },
  {
    id: 'path-too-long-for-leaves',
    verdict: 'breaks',
    versions: {},
    title: 'a path length has room for the signer as a leaf, and not as a CA',
    why: 'istiod counts up from its signer as if that were the leaf; Envoy and ztunnel count from the real leaf, one more, and refuse it',
    remedy: 'issue the upper CA with a path length that is larger by one',
    source: sources.keyCertBundle,
    check: pathTooLongForLeaves,
  },
  {
    id: 'path-key-id-mismatch',
    verdict: 'breaks',
    versions: {},
    title: 'an authority key identifier is not the subject key identifier of the issuer',
    why: 'Go goes by name and signature and takes it; Envoy does not take such an issuer for the issuer',
    remedy: 'issue the lower certificate again, with the identifier that its issuer has',
    source: sources.envoy,
    check: ({ path }) =>
      (path ?? []).flatMap((child, index): Occurrence[] => {
        const issuer = path?.[index + 1];
        if (issuer?.subjectKeyId === undefined || child.authorityKeyId === undefined) return [];
        return child.authorityKeyId === issuer.subjectKeyId
          ? []
          : [
              {
                message: `${nameOf(child)} names the key ${child.authorityKeyId}, and ${nameOf(issuer)} has ${issuer.subjectKeyId}`,
              },
            ];
      }),
  },
  {
    id: 'missing-key-id',
    verdict: 'warns',
    versions: {},
    title: 'a CA has no subject key identifier, or the signer does not name that of its issuer',
    why: 'verifiers then go by the name alone, and pick the wrong one where two CAs share it',
    remedy: 'issue CAs with subject and authority key identifier (RFC 5280 §4.2.1.1, §4.2.1.2)',
    source: sources.envoy,
    check: ({ path, roots }) => [
      ...[...(path?.slice(0, -1) ?? []), ...roots]
        .filter(({ subjectKeyId }) => subjectKeyId === undefined)
        .map((each) => ({ message: `${nameOf(each)} has no subject key identifier` })),
      ...(path?.slice(0, -1) ?? [])
        .filter(({ authorityKeyId }) => authorityKeyId === undefined)
        .map((each) => ({ message: `${nameOf(each)} has no authority key identifier` })),
    ],
  },
  {
    id: 'outlives-issuer',
    verdict: 'warns',
    versions: {},
    title: 'a CA is valid for longer than its issuer',
    why: 'when the issuer ends, everything below it ends with it, earlier than the certificate says',
    remedy: 'watch the end of the issuer, and rotate before it',
    source: sources.keyCertBundle,
    check: ({ path }) =>
      (path ?? []).flatMap((child, index): Occurrence[] => {
        const issuer = path?.[index + 1];
        return issuer === undefined || child.notAfterMs <= issuer.notAfterMs
          ? []
          : [
              {
                message: `${nameOf(child)} ends at ${momentText(child.notAfterMs)}, its issuer at ${momentText(issuer.notAfterMs)}`,
              },
            ];
      }),
  },
  {
    id: 'signer-verified',
    verdict: 'ok',
    versions: {},
    title: 'the signing certificate verifies under a root of the bundle',
    why: 'istiod takes signer, chain and roots',
    remedy: 'nothing is to be done',
    source: sources.keyCertBundle,
    check: ({ path, atMs, set, scope }) => {
      const root = path?.at(-1);
      if (path === undefined || root === undefined || pathProblems(path, atMs).length > 0) return [];
      if (scope === 'whole' && set.missing.length > 0) return [];
      return [{ message: `${nameOf(path[0])} verifies under ${nameOf(root)}` }];
    },
  },
];

/** What a root with the name of a missing issuer has to do with it: a name alone says nothing. */
function namesakeText(below: readonly Certificate[], roots: readonly Certificate[]): string {
  for (const child of below) {
    const root = roots.find(({ subjectDer }) => Buffer.compare(subjectDer, child.issuerDer) === 0);
    if (root === undefined) continue;
    return root.publicKey.equals(child.publicKey)
      ? `; ${nameOf(root)} is another certificate of the same name and key, and Go lets none stand above itself`
      : `; ${nameOf(root)} has the name of its issuer and another key, and did not sign ${nameOf(child)}`;
  }
  return '';
}

/** From a leaf on, one that is self-issued does not count (RFC 5280 §6.1.4 (l)). */
function pathTooLongForLeaves({ path, atMs }: CaCase): readonly Occurrence[] {
  if (path === undefined || pathProblems(path, atMs).some(({ reason }) => reason === 'PathTooLong')) return [];
  return path.flatMap((issuer, index): Occurrence[] => {
    const below = path.slice(0, index).filter(({ subject, issuer: above }) => subject !== above).length;
    if (issuer.pathLength === undefined || below <= issuer.pathLength) return [];
    return [{ message: `${nameOf(issuer)} allows ${issuer.pathLength} CAs below it, and a leaf has ${below} there` }];
  });
}
