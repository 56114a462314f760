import type { Certificate } from './certificate.ts';
import { type Broken, broken, type ChainProblem, inline } from './chain-problem.ts';
import { issuerProblem, sameName } from './issuer-problem.ts';
import { type ChainPurpose, certificateProblem, type PathRules, signatureProblem } from './path-rules.ts';

/** Whether a chain verifies, and under which root. */
export type ChainResult = { readonly ok: true; readonly root: Certificate } | Broken;

/** What a caller may ask for besides. */
export interface ChainOptions {
  /** Milliseconds by which clocks may differ: validity begins so much earlier and ends so much later. 0 when it is left out. */
  readonly skewMs?: number;
  /**
   * What every certificate with an extendedKeyUsage, the root's too, must be good for. `serverAuth` when it is left out: Go's
   * default, by which istiod loads a CA.
   */
  readonly purpose?: ChainPurpose;
}

/**
 * Verifies a chain by RFC 5280 §6.1, without policies and revocation. It is followed from the subject up to the first
 * certificate that a trusted root issued, or that is one; what stands above that is not looked at.
 * @param chain the subject first, each followed by its issuer; the root may stand at the end
 * @param roots the certificates that are trusted, in any order, several of one name or key among them
 * @param atMs the moment to verify for
 */
export function verifyChain(
  chain: readonly Certificate[],
  roots: readonly Certificate[],
  atMs: number,
  options: ChainOptions = {},
): ChainResult {
  const rules: PathRules = { atMs, skewMs: options.skewMs ?? 0, purpose: options.purpose ?? 'serverAuth' };
  let nearest = broken('NoIssuer', 'the chain is empty');
  for (const [index, certificate] of chain.entries()) {
    const problem = issuerProblem(certificate, chain.slice(0, index)) ?? certificateProblem(certificate, rules);
    if (problem !== undefined) return further(nearest, problem);
    if (roots.some(({ fingerprint }) => fingerprint === certificate.fingerprint)) return { ok: true, root: certificate };
    const weak = signatureProblem(certificate);
    if (weak !== undefined) return further(nearest, weak);
    const above = findRoot(chain.slice(0, index + 1), roots, rules);
    if (above.ok) return above;
    nearest = further(nearest, above);
  }
  return nearest;
}

/** Several roots may have the issuer's name, or even its key: the first without a problem is taken. */
function findRoot(path: readonly Certificate[], roots: readonly Certificate[], rules: PathRules): ChainResult {
  const top = path.at(-1);
  if (top === undefined) return broken('NoIssuer', 'the chain is empty');
  let nearest = broken('NoIssuer', `no trusted root is named ${inline(top.issuer)}`);
  for (const root of roots) {
    if (!sameName(root.subjectDer, top.issuerDer)) continue;
    const problem = issuerProblem(root, path) ?? certificateProblem(root, rules);
    if (problem === undefined) return { ok: true, root };
    nearest = further(nearest, problem);
  }
  return nearest;
}

/** How near to a verified chain a problem was found; what is wrong with the right issuer says more than that others are wrong. */
const nearness: Partial<Record<ChainProblem, number>> = { NoIssuer: 0, KeyIdMismatch: 1, BadSignature: 2 };

function further(known: Broken, found: Broken): Broken {
  return (nearness[found.reason] ?? 3) >= (nearness[known.reason] ?? 3) ? found : known;
}
