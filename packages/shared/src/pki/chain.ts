import type { Certificate } from './certificate.ts';

/** Whether a chain verifies, and under which root. */
export type ChainResult =
  | { readonly ok: true; readonly root: Certificate }
  | { readonly ok: false; readonly reason: ChainProblem; readonly message: string };

/** Why a chain does not verify. */
export type ChainProblem = 'NoIssuer' | 'BadSignature' | 'NotCa' | 'Expired' | 'NotYetValid' | 'PathTooLong';

/**
 * Verifies a chain by RFC 5280 §6.1 as far as it bears on ours: names, signatures, CA flags, path lengths, validity.
 * @param chain the subject first, each followed by its issuer, without the root
 * @param roots the roots that are trusted, in any order
 * @param atMs the moment to verify for
 */
export function verifyChain(chain: readonly Certificate[], roots: readonly Certificate[], atMs: number): ChainResult {
  const top = chain.at(-1);
  if (top === undefined) return broken('NoIssuer', 'the chain is empty');
  const above = findRoot(top, roots, atMs);
  if (!('fingerprint' in above)) return above;
  const path = [...chain, above];
  for (const [index, certificate] of path.entries()) {
    const problem = validityProblem(certificate, atMs) ?? issuerProblem(certificate, index, path);
    if (problem !== undefined) return problem;
  }
  return { ok: true, root: above };
}

type Broken = Extract<ChainResult, { ok: false }>;

/** Several roots may have the top's issuer for a name, or even its key; the signature decides, then who is valid. */
function findRoot(top: Certificate, roots: readonly Certificate[], atMs: number): Certificate | Broken {
  const named = roots.filter((root) => top.x509.checkIssued(root.x509));
  const signed = named.filter((root) => top.x509.verify(root.publicKey));
  const chosen = signed.find((root) => validityProblem(root, atMs) === undefined) ?? signed[0];
  if (chosen !== undefined) return chosen;
  return named.length === 0
    ? broken('NoIssuer', `no trusted root is named ${inline(top.issuer)}`)
    : broken('BadSignature', `${inline(top.subject)} is not signed by the trusted root of its issuer's name`);
}

function validityProblem({ subject, notBeforeMs, notAfterMs }: Certificate, atMs: number): Broken | undefined {
  if (atMs < notBeforeMs)
    return broken('NotYetValid', `${inline(subject)} is not valid before ${new Date(notBeforeMs).toISOString()}`);
  if (atMs > notAfterMs) return broken('Expired', `${inline(subject)} expired at ${new Date(notAfterMs).toISOString()}`);
  return undefined;
}

/** Checks a certificate as the issuer of the one below it; the first of the path issues nothing. */
function issuerProblem(issuer: Certificate, index: number, path: readonly Certificate[]): Broken | undefined {
  const issued = path[index - 1];
  if (issued === undefined) return undefined;
  const name = inline(issuer.subject);
  if (!issuer.isCa) return broken('NotCa', `${name} is not a CA`);
  // The subject at the start does not count, and neither does a certificate that a CA issued to itself (RFC 5280 §6.1.4 (l)).
  const below = path.slice(1, index).filter((each) => each.subject !== each.issuer).length;
  if (issuer.pathLength !== undefined && below > issuer.pathLength) {
    return broken('PathTooLong', `${name} allows ${issuer.pathLength} intermediates below it and has ${below}`);
  }
  if (!issued.x509.checkIssued(issuer.x509)) return broken('NoIssuer', `${inline(issued.subject)} was not issued by ${name}`);
  return issued.x509.verify(issuer.publicKey)
    ? undefined
    : broken('BadSignature', `${inline(issued.subject)} is not signed by ${name}`);
}

function broken(reason: ChainProblem, message: string): Broken {
  return { ok: false, reason, message };
}

function inline(name: string | undefined): string {
  return name === undefined || name === '' ? '(no name)' : name.replaceAll('\n', ', ');
}
