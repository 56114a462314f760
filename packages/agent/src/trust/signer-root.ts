import { type Certificate, verifyChain } from '@reroot/shared/pki';

/**
 * Finds the root that a chain hangs from, by signatures. Time plays no part: which root signed stays true after expiry.
 * @param chain the lowest certificate first, without the root
 * @returns undefined when the chain is empty or hangs from none of `roots`
 */
export function findSignerRoot(chain: readonly Certificate[], roots: readonly Certificate[]): Certificate | undefined {
  if (chain.length === 0) return undefined;
  return roots.find((root) => {
    const whenAllHadBegunMs = Math.max(...[...chain, root].map(({ notBeforeMs }) => notBeforeMs));
    return verifyChain(chain, [root], whenAllHadBegunMs).ok;
  });
}

/** Whether two sets of certificates are the same; order and repetition do not matter. */
export function sameCertificates(a: readonly Certificate[], b: readonly Certificate[]): boolean {
  return containsAll(a, b) && containsAll(b, a);
}

/** Whether each of `part` is in `whole`. */
export function containsAll(whole: readonly Certificate[], part: readonly Certificate[]): boolean {
  const fingerprints = new Set(whole.map(({ fingerprint }) => fingerprint));
  return part.every(({ fingerprint }) => fingerprints.has(fingerprint));
}
