import { RerootError } from '@reroot/shared/errors';
import { type Certificate, type KeyAlgorithm, parseCertificate } from '@reroot/shared/pki';
import { z } from 'zod';
import { parseAnswer, readPem } from '../parse-answer.ts';
import type { Vault } from '../vault.ts';
import { below } from '../vault-path.ts';
import { deleteIssuer, deleteKey } from './delete-issuer.ts';
import { keyParameters } from './key-parameters.ts';
import { type Subject, secondsOf, subjectParameters } from './subject-parameters.ts';

/** A root to be made inside Vault. */
export interface RootRequest extends Subject {
  readonly ttlDays: number;
  readonly keyAlgorithm: KeyAlgorithm;
  /** Under which the mount lists it; unique in the mount. */
  readonly issuerName: string;
  /** How far its validity begins in the past, for clocks that differ. */
  readonly notBeforeDurationMs: number;
}

/** A root whose key is in Vault and stays there. */
export interface GeneratedRoot {
  readonly certificate: Certificate;
  readonly issuerId: string;
  readonly keyId: string;
}

const answerSchema = z.object({ certificate: z.string(), issuer_id: z.string().min(1), key_id: z.string().min(1) });

const dayMs = 86_400_000;
/** Vault reckons the end before it makes the key, and the beginning after that: RSA-4096 takes its time on a busy machine. */
const toleranceMs = 600_000;

/**
 * Has Vault make a key and a self-signed root of it: one issuer more in the mount, which does not become its default unless it is
 * the first (POST MOUNT/issuers/generate/root/internal, Vault 1.11 or later). Sent once: if the answer is lost an issuer may be left
 * behind, and a second call is refused for its name.
 * @param mount of the PKI engine
 * @throws RR_VAULT_TTL_CAPPED when the mount would give it less time; the issuer is taken away again then
 */
export async function generateRoot(
  vault: Vault,
  mount: string,
  request: RootRequest,
  signal: AbortSignal,
): Promise<GeneratedRoot> {
  const path = below(mount, 'issuers/generate/root/internal');
  const { ttlDays, notBeforeDurationMs, issuerName } = request;
  const body = {
    ...subjectParameters(request),
    ...keyParameters(request.keyAlgorithm),
    format: 'pem',
    issuer_name: issuerName,
    key_name: issuerName,
    ttl: secondsOf(ttlDays * dayMs),
    not_before_duration: secondsOf(notBeforeDurationMs),
  };
  const answer = parseAnswer(answerSchema, await vault.write(path, body, signal), path);
  const certificate = readPem(() => parseCertificate(answer.certificate), 'certificate', path);
  const root = { certificate, issuerId: answer.issuer_id, keyId: answer.key_id };
  const shortMs = ttlDays * dayMs + notBeforeDurationMs - (certificate.notAfterMs - certificate.notBeforeMs);
  if (shortMs > toleranceMs) {
    await removeRoot(vault, mount, root, signal);
    const until = new Date(certificate.notAfterMs).toISOString();
    const message = `${path}: Vault would let the root ${issuerName} end at ${until}, not after ${ttlDays} days`;
    throw new RerootError('RR_VAULT_TTL_CAPPED', message, {
      remedy: `raise it: \`vault secrets tune -max-lease-ttl=${ttlDays * 24}h ${mount}\``,
    });
  }
  if (certificate.isCa && certificate.subject === certificate.issuer) return root;
  throw new RerootError('RR_VAULT_ANSWER_INVALID', `${path}: the certificate that Vault made is no self-signed CA`);
}

/** Where the policy does not allow it the root stays: nobody uses it, and the error that follows says more than this one. */
async function removeRoot(vault: Vault, mount: string, { issuerId, keyId }: GeneratedRoot, signal: AbortSignal): Promise<void> {
  try {
    await deleteIssuer(vault, mount, issuerId, signal);
    await deleteKey(vault, mount, keyId, signal);
  } catch {
    signal.throwIfAborted();
  }
}
