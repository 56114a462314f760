import { type Certificate, verifyChain } from '@reroot/shared/pki';
import { isRenewalDue } from '@reroot/shared/protocol';
import type { IntermediateRequest } from './root-authority.ts';

/**
 * What is wrong with a chain that was issued for a request; undefined when it may leave mgmt. An authority that signs with what it
 * was given is believed no more than the agent believes it: a chain of no use is an error here, and not in every cluster.
 * @param chain the intermediate first, without the root
 */
export function issuedProblem(
  chain: readonly Certificate[],
  root: Certificate,
  { csr, notAfterMs }: Pick<IntermediateRequest, 'csr' | 'notAfterMs'>,
  nowMs: number,
): string | undefined {
  const [intermediate, ...above] = chain;
  if (intermediate === undefined) return 'there is no certificate';
  if (!intermediate.publicKey.equals(csr.publicKey)) return 'it is not for the key of the request';
  if (!intermediate.isCa || intermediate.pathLength !== 0) return 'it is no CA that issues leaves only';
  // Go and OpenSSL tell CAs of one name apart by these.
  if (intermediate.subjectKeyId === undefined || intermediate.authorityKeyId === undefined) return 'it lacks a key identifier';
  if (intermediate.notAfterMs > notAfterMs) return 'it is valid for longer than was asked';
  const verified = verifyChain(chain, [root], nowMs);
  if (!verified.ok) return `it does not verify under the root ${root.fingerprint}: ${verified.message}`;
  // It would fail on the day its issuer ends, and renewal goes by its own end.
  const outlived = [...above, root].find((each) => each.notAfterMs < intermediate.notAfterMs);
  if (outlived !== undefined) return `it outlives ${outlived.fingerprint} above it`;
  // An agent turns down what it would have to renew at once, and asks again.
  return isRenewalDue(intermediate, 0, nowMs) ? `it ends at ${new Date(intermediate.notAfterMs).toISOString()}` : undefined;
}
