import { type Certificate, certificateProblems, inline } from '../../pki/index.ts';
import type { CaCase, Occurrence, Rule } from '../rule.ts';
import { validityProblem } from '../signer-path.ts';
import { sources } from '../sources.ts';
import { nameOf } from '../wording.ts';

/** The roots of a trust bundle, each by itself and beside its namesakes. */
export const rootRules: readonly Rule[] = [
  {
    id: 'root-without-extensions',
    verdict: 'warns',
    versions: {},
    title: 'a root of the bundle is of version 1, without extensions',
    why: 'Go takes it as a trust anchor; but it does not say that it is a CA, so that istiod with ISTIO_MULTIROOT_MESH does not start where it stands first, and reroot does not take it',
    remedy: 'replace it by a root of version 3 whose basicConstraints say CA',
    source: sources.x509,
    check: ({ roots }) =>
      unique(roots)
        .filter(({ version }) => version < 3)
        .map((root) => ({ message: `${nameOf(root)} is of version ${root.version}` })),
  },
  {
    id: 'no-usable-root',
    verdict: 'breaks',
    versions: {},
    title: 'no root of the bundle can be used: each has expired, is not valid yet or is refused by Go for itself',
    why: 'nothing at all verifies under the bundle',
    remedy: 'give a bundle with a root that is valid; check the clock where one is only not valid yet',
    source: sources.x509,
    // Where a path was found, its rules say what stands against its root.
    check: ({ roots, path, atMs, set }) => {
      const problems = unique(roots).map((root) => certificateProblems(root, { atMs, skewMs: 0, purpose: 'serverAuth' })[0]);
      if (path !== undefined || roots.length === 0 || problems.includes(undefined)) return [];
      return [{ message: problems.map((problem) => problem?.message).join('; '), where: set.roots?.name ?? '' }];
    },
  },
  {
    id: 'root-key-not-supported',
    verdict: 'warns',
    versions: {},
    title:
      'a root of the bundle has a key of a kind that Go does not know, or one that is too short, and the signer does not need it',
    why: 'istiod looks only at the root that its signer chains to; Go verifies nothing under this one',
    remedy: 'take it out',
    source: sources.x509,
    check: ({ roots, path, atMs }) =>
      unique(roots)
        .filter((root) => root.fingerprint !== path?.at(-1)?.fingerprint && !isUnknownCurve(root))
        .flatMap((root) => certificateProblems(root, { atMs, skewMs: 0, purpose: 'any' }))
        .filter(({ reason }) => reason === 'KeyAlgorithm'),
  },
  {
    id: 'root-not-valid',
    verdict: 'warns',
    versions: {},
    title: 'a root of the bundle has expired or is not valid yet, and the signer does not need it',
    why: 'istiod looks only at the root that its signer chains to; nothing verifies under this one',
    remedy: 'take it out',
    source: sources.keyCertBundle,
    check: (known) => notValidRoots(known).map((root) => ({ message: `${nameOf(root)} ${validityProblem(root, known.atMs)}` })),
  },
  {
    id: 'root-expired-same-name',
    verdict: 'breaks',
    versions: {},
    title: 'a root that is not valid shares its name with one that is',
    why: 'Envoy may pick the expired one of two roots of the same subject, and fails although the other is there (envoyproxy/envoy issue 38302)',
    remedy: 'take the expired one out, and give each root a name of its own',
    source: sources.envoy,
    check: (known) =>
      invalid(known).flatMap((root) => {
        const other = known.roots.find(
          (each) => each.subject === root.subject && validityProblem(each, known.atMs) === undefined,
        );
        return other === undefined
          ? []
          : [{ message: `${nameOf(root)} ${validityProblem(root, known.atMs)}, and ${nameOf(other)} is valid` }];
      }),
  },
  {
    id: 'same-name-no-key-id',
    verdict: 'breaks',
    versions: {},
    title: 'several roots share a name, and key identifiers to tell them apart are missing',
    why: 'a verifier picks by the name, tries the wrong key and reports a bad signature (Istio issues 31987 and 37096)',
    remedy: 'give each root a name of its own, and CAs their key identifiers',
    source: sources.envoy,
    check: (known) => namesakes(known).filter(({ keyIds }) => keyIds === 'missing'),
  },
  {
    id: 'same-name',
    verdict: 'warns',
    versions: {},
    title: 'several roots share a name',
    why: 'only their key identifiers tell them apart, and not every verifier looks at those',
    remedy: 'give each root a name of its own',
    source: sources.envoy,
    check: (known) => namesakes(known).filter(({ keyIds }) => keyIds === 'there'),
  },
];

/** Go reads no certificate with such a key (`parsePublicKey`), where it reads one with a key of another kind that it does not know. */
export function isUnknownCurve(certificate: Certificate): boolean {
  const problems = certificateProblems(certificate, { atMs: certificate.notBeforeMs, skewMs: 0, purpose: 'any' });
  return certificate.keyFacts.kind === 'ec' && problems.some(({ reason }) => reason === 'KeyAlgorithm');
}

function invalid({ roots, atMs }: CaCase): readonly Certificate[] {
  return unique(roots).filter((root) => validityProblem(root, atMs) !== undefined);
}

/** The invalid ones that no other rule speaks of. */
function notValidRoots(known: CaCase): readonly Certificate[] {
  const used = known.path?.at(-1)?.fingerprint;
  return invalid(known).filter(
    (root) =>
      root.fingerprint !== used &&
      !known.roots.some((each) => each.subject === root.subject && validityProblem(each, known.atMs) === undefined),
  );
}

/** The names that several different roots have. */
function namesakes({ roots, path, atMs }: CaCase): readonly (Occurrence & { readonly keyIds: 'there' | 'missing' })[] {
  const valid = unique(roots).filter((root) => validityProblem(root, atMs) === undefined);
  const byName = Map.groupBy(valid, ({ subject }) => subject);
  return [...byName].flatMap(([subject, sharing]) => {
    if (sharing.length < 2) return [];
    const below = (path ?? []).filter((each) => each.issuer === subject && each.subject !== subject);
    const missing =
      sharing.some(({ subjectKeyId }) => subjectKeyId === undefined) ||
      below.some(({ authorityKeyId }) => authorityKeyId === undefined);
    const fingerprints = sharing.map(({ fingerprint }) => fingerprint.slice(0, 12)).join(', ');
    return [{ message: `${fingerprints} are all called ${inline(subject)}`, keyIds: missing ? 'missing' : 'there' }];
  });
}

function unique(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((each) => [each.fingerprint, each])).values()];
}
