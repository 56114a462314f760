import { errorMessage, RerootError } from '@reroot/shared/errors';
import { type Certificate, parseCertificate, verifyChain } from '@reroot/shared/pki';
import { isRenewalDue } from '@reroot/shared/protocol';

/** What was asked for, and when. */
export interface Expectation {
  /** SPKI of the key that the request was signed with. */
  readonly publicKeySpki: Uint8Array;
  readonly signerRoot: Certificate;
  /** Of the desired options: tells when it would have to be renewed. */
  readonly graceRatio: number;
  readonly nowMs: number;
}

/**
 * Checks the chain that mgmt sent, or Vault, before anything is written.
 * @param chain DER, the intermediate first, without the root
 * @returns the chain, parsed
 * @throws RR_ISSUE_ANSWER_INVALID when it is not for our key, does not verify under the asked root now, may issue further
 *   CAs, outlives one above it, or is so near its end that it would have to be renewed at once
 */
export function checkAnswer(
  chain: readonly Uint8Array[],
  { publicKeySpki, signerRoot, graceRatio, nowMs }: Expectation,
): readonly Certificate[] {
  const certificates = parseAll(chain);
  const [intermediate] = certificates;
  if (intermediate === undefined) throw invalid('the answer holds no certificate');
  if (!intermediate.publicKey.export({ type: 'spki', format: 'der' }).equals(publicKeySpki)) {
    throw invalid(`the intermediate ${intermediate.fingerprint} is for another key`);
  }
  if (!intermediate.isCa) throw invalid(`the certificate ${intermediate.fingerprint} is not that of a CA`);
  if (intermediate.pathLength !== 0) throw invalid(`the intermediate ${intermediate.fingerprint} may issue further CAs`);
  const verified = verifyChain(certificates, [signerRoot], nowMs);
  if (!verified.ok) throw invalid(`the chain does not verify under root ${signerRoot.fingerprint}: ${verified.message}`);
  // It would fail on the day its issuer ends, and renewal goes by its own end.
  const above = [...certificates.slice(1), signerRoot];
  const outlived = above.find(({ notAfterMs }) => notAfterMs < intermediate.notAfterMs);
  if (outlived !== undefined)
    throw invalid(`the intermediate ${intermediate.fingerprint} outlives ${outlived.fingerprint} above it`);
  if (isRenewalDue(intermediate, graceRatio, nowMs))
    throw invalid(`the intermediate ends at ${new Date(intermediate.notAfterMs).toISOString()}`);
  return certificates;
}

function parseAll(chain: readonly Uint8Array[]): Certificate[] {
  try {
    return chain.map((der) => parseCertificate(der));
  } catch (error) {
    throw invalid(errorMessage(error), error);
  }
}

function invalid(message: string, cause?: unknown): RerootError {
  return new RerootError('RR_ISSUE_ANSWER_INVALID', message, { cause });
}
