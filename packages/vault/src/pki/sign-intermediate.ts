import { RerootError } from '@reroot/shared/errors';
import { type Certificate, type CertificateRequest, parseCertificate, parseCsr } from '@reroot/shared/pki';
import { z } from 'zod';
import { parseAnswer, readPem } from '../parse-answer.ts';
import type { Vault } from '../vault.ts';
import { type Subject, secondsOf, subjectParameters } from './subject-parameters.ts';

/** An intermediate to be signed; it may issue leaves only, and its subject is taken from here, not from the request. */
export interface IntermediateRequest extends Subject {
  /** PKCS#10, PEM. */
  readonly csrPem: string;
  /** When it ends; earlier where its issuer ends earlier. */
  readonly notAfterMs: number;
  /** How far its validity begins in the past, for clocks that differ. */
  readonly notBeforeDurationMs: number;
}

const answerSchema = z.object({
  certificate: z.string(),
  issuing_ca: z.string(),
  ca_chain: z
    .array(z.string())
    .nullish()
    .transform((chain) => chain ?? []),
});

/**
 * Has Vault sign an intermediate CA (POST MOUNT/issuer/ID/sign-intermediate). Sent again when an answer is lost: it is one
 * certificate more for the same key then, of which the first is used by nobody.
 * @param path as `signingPath` gives it
 * @returns the intermediate first, each followed by its issuer, without the self-signed root
 * @throws RR_PKI_BAD_CSR; RR_VAULT_ANSWER_INVALID for a certificate that is not as asked
 */
export async function signIntermediate(
  vault: Vault,
  path: string,
  request: IntermediateRequest,
  signal: AbortSignal,
): Promise<readonly Certificate[]> {
  const csr = parseCsr(request.csrPem);
  const signed = await sign(vault, path, request, request.notAfterMs, signal);
  // Vault lets an intermediate outlive its issuer, and verifiers would refuse it on a day nobody expects.
  const endMs = signed.issuer.notAfterMs;
  const { chain } = signed.intermediate.notAfterMs <= endMs ? signed : await sign(vault, path, request, endMs, signal);
  requireAsked(chain, csr, path, Math.min(endMs, request.notAfterMs));
  return chain;
}

interface Signed {
  readonly intermediate: Certificate;
  readonly issuer: Certificate;
  readonly chain: readonly Certificate[];
}

async function sign(
  vault: Vault,
  path: string,
  request: IntermediateRequest,
  notAfterMs: number,
  signal: AbortSignal,
): Promise<Signed> {
  const body = {
    ...subjectParameters(request),
    csr: request.csrPem,
    use_csr_values: false,
    max_path_length: 0,
    format: 'pem',
    // Exact, where a `ttl` would be counted on another clock.
    not_after: new Date(notAfterMs).toISOString().replace(/\.\d+/, ''),
    not_before_duration: secondsOf(request.notBeforeDurationMs),
  };
  const answer = parseAnswer(answerSchema, await vault.write(path, body, signal, 'repeatable'), path);
  return readPem(
    () => {
      const intermediate = parseCertificate(answer.certificate);
      const issuer = parseCertificate(answer.issuing_ca);
      return { intermediate, issuer, chain: chainOf([intermediate, ...answer.ca_chain.map(parseCertificate), issuer]) };
    },
    'certificate',
    path,
  );
}

/** Before Vault 1.11 the chain begins with the issuer, later with the certificate itself. */
function chainOf(certificates: readonly Certificate[]): readonly Certificate[] {
  const byFingerprint = new Map(certificates.map((certificate) => [certificate.fingerprint, certificate]));
  return [...byFingerprint.values()].filter(({ subject, issuer }) => subject !== issuer);
}

function requireAsked(chain: readonly Certificate[], csr: CertificateRequest, path: string, notAfterMs: number): void {
  const [intermediate] = chain;
  const problem =
    intermediate === undefined || !intermediate.publicKey.equals(csr.publicKey)
      ? 'is not for the key of the request'
      : !intermediate.isCa || intermediate.pathLength !== 0
        ? 'is no CA with path length 0'
        : intermediate.notAfterMs > notAfterMs
          ? 'is valid for longer than was asked'
          : chain.some((each, index) => index > 0 && chain[index - 1]?.x509.checkIssued(each.x509) !== true)
            ? 'comes with a chain that does not belong to it'
            : undefined;
  if (problem !== undefined)
    throw new RerootError('RR_VAULT_ANSWER_INVALID', `${path}: the certificate that Vault signed ${problem}`);
}
