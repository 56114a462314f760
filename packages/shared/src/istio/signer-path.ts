import {
  type Broken,
  type Certificate,
  type ChainProblem,
  certificateProblems,
  issuingProblems,
  repetitionProblem,
  signatureProblem,
} from '../pki/index.ts';

/** A way from a signing certificate up to a root: the signer first, the root last. One alone is signer and root. */
export type SignerPath = readonly [Certificate, ...Certificate[]];

/** What of a path Go's `x509.Verify` would refuse, as istiod calls it. */
export interface PathProblem {
  readonly reason: ChainProblem;
  readonly certificate: Certificate;
  /** With the certificate's name: lower case, no full stop. */
  readonly message: string;
}

/** Go gives up after as many signatures (`maxChainSignatureChecks` in crypto/x509). */
const maxSignatureChecks = 100;

/**
 * The way that istiod finds from its signer to a root. Like Go it goes by names and signatures; a key identifier that does
 * not match rules nothing out. Among several ways it gives the one with the fewest problems, for one without is enough.
 * @param between what is in `cert-chain.pem`, in any order
 * @returns undefined where there is no way at all
 */
export function findSignerPath(
  signer: Certificate,
  between: readonly Certificate[],
  roots: readonly Certificate[],
  atMs: number,
): SignerPath | undefined {
  const ranked = pathsFrom(signer, between, roots)
    .map((path) => ({ path, problems: pathProblems(path, atMs).length }))
    .toSorted((a, b) => a.problems - b.problems);
  return ranked[0]?.path;
}

/**
 * What Go's `x509.Verify` refuses along a path: validity, extended key usage, key and critical extensions of every certificate,
 * weak signatures, the right to issue, the path length and the name constraints of those above the first. A path length of the
 * root counts the certificates between root and signer; that the signer will issue leaves is not looked at. A key of the signer
 * that is too short is named too, though Go uses it only when a leaf is verified.
 */
export function pathProblems(path: SignerPath, atMs: number): readonly PathProblem[] {
  return path.flatMap((certificate, index) =>
    problemsAt(path, index, certificate, atMs).map(({ reason, message }) => ({
      reason,
      certificate,
      message: `${message} (${certificate.fingerprint.slice(0, 12)})`,
    })),
  );
}

function problemsAt(path: SignerPath, index: number, certificate: Certificate, atMs: number): readonly Broken[] {
  const isRoot = index === path.length - 1;
  // The root's own signature is never looked at.
  const weak = isRoot ? undefined : signatureProblem(certificate);
  const issuing = index === 0 ? [] : issuingProblems(certificate, path.slice(0, index));
  return [
    ...certificateProblems(certificate, { atMs, skewMs: 0, purpose: 'serverAuth' }),
    ...(weak === undefined ? [] : [weak]),
    // Go asks for basicConstraints of roots of version 3 alone (`CheckSignatureFrom`): earlier ones have no extensions.
    ...issuing.filter(({ reason }) => !(isRoot && certificate.version < 3 && reason === 'NotCa')),
  ];
}

/** Why a certificate does not hold at a moment; undefined where it does. */
export function validityProblem({ notBeforeMs, notAfterMs }: Certificate, atMs: number): string | undefined {
  if (atMs < notBeforeMs) return `is not valid before ${new Date(notBeforeMs).toISOString()}`;
  return atMs > notAfterMs ? `expired at ${new Date(notAfterMs).toISOString()}` : undefined;
}

function pathsFrom(signer: Certificate, between: readonly Certificate[], roots: readonly Certificate[]): SignerPath[] {
  const isRoot = (certificate: Certificate): boolean => roots.some(({ fingerprint }) => fingerprint === certificate.fingerprint);
  if (isRoot(signer)) return [[signer]];
  const found: SignerPath[] = [];
  let checks = 0;
  const issuedBy = (child: Certificate, issuer: Certificate): boolean => {
    if (Buffer.compare(child.issuerDer, issuer.subjectDer) !== 0 || checks >= maxSignatureChecks) return false;
    checks += 1;
    return child.x509.verify(issuer.publicKey);
  };
  const climb = (path: SignerPath): void => {
    const top = path.at(-1) ?? signer;
    for (const root of unique(roots)) {
      if (repetitionProblem(root, path) === undefined && issuedBy(top, root)) found.push([...path, root]);
    }
    for (const next of unique(between)) {
      if (repetitionProblem(next, path) === undefined && !isRoot(next) && issuedBy(top, next)) climb([...path, next]);
    }
  };
  climb([signer]);
  return found;
}

function unique(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((each) => [each.fingerprint, each])).values()];
}
