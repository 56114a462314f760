import type { Certificate } from '../pki/index.ts';

/** A way from a signing certificate up to a root: the signer first, the root last. One alone is signer and root. */
export type SignerPath = readonly [Certificate, ...Certificate[]];

/** What of a path Go's `x509.Verify` would refuse, as istiod calls it. */
export interface PathProblem {
  readonly kind:
    | 'validity'
    | 'extended-key-usage'
    | 'not-allowed-to-issue'
    | 'path-length'
    | 'weak-signature'
    | 'critical-extension';
  readonly certificate: Certificate;
  /** Lower case, no full stop, without the certificate's name. */
  readonly problem: string;
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
 * What Go's `x509.Verify` refuses along a path: validity, extended key usage and unknown critical extensions of every
 * certificate, weak signatures, the right to issue and the path length of those above the first. A path length of the root counts the certificates between root and signer; that
 * the signer will issue leaves is not looked at.
 */
export function pathProblems(path: SignerPath, atMs: number): readonly PathProblem[] {
  return path.flatMap((certificate, index) => problemsAt(path, index, certificate, atMs));
}

function problemsAt(path: SignerPath, index: number, certificate: Certificate, atMs: number): readonly PathProblem[] {
  const found: PathProblem[] = [];
  const validity = validityProblem(certificate, atMs);
  if (validity !== undefined) found.push({ kind: 'validity', certificate, problem: validity });
  const { extendedKeyUsage: purposes = [], pathLength, signatureAlgorithm, unknownCritical } = certificate;
  if (purposes.length > 0 && !purposes.includes('serverAuth') && !purposes.includes('anyExtendedKeyUsage')) {
    found.push({ kind: 'extended-key-usage', certificate, problem: `is only for ${purposes.join(', ')}` });
  }
  // The root's own signature is never looked at.
  if (index < path.length - 1 && /MD5|SHA1$/.test(signatureAlgorithm)) {
    found.push({ kind: 'weak-signature', certificate, problem: `is signed with ${signatureAlgorithm}` });
  }
  if (unknownCritical.length > 0) {
    found.push({ kind: 'critical-extension', certificate, problem: `has the critical extension ${unknownCritical.join(', ')}` });
  }
  if (index > 0 && !certificate.isCa) {
    found.push({ kind: 'not-allowed-to-issue', certificate, problem: 'is not a CA, or its keyUsage lacks keyCertSign' });
  }
  if (index > 0 && pathLength !== undefined && index - 1 > pathLength) {
    const problem = `allows ${pathLength} CAs below it and has ${index - 1} above the signer, and the signer`;
    found.push({ kind: 'path-length', certificate, problem });
  }
  return found;
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
    for (const root of unique(roots)) if (issuedBy(top, root)) found.push([...path, root]);
    for (const next of unique(between)) {
      const isInPath = path.some(({ fingerprint }) => fingerprint === next.fingerprint);
      if (!isInPath && !isRoot(next) && issuedBy(top, next)) climb([...path, next]);
    }
  };
  climb([signer]);
  return found;
}

function unique(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((each) => [each.fingerprint, each])).values()];
}
