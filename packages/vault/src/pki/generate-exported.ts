import { createPublicKey } from 'node:crypto';
import { RerootError } from '@reroot/shared/errors';
import { csrToPem, exportPrivateKey, importPrivateKey, type KeyAlgorithm, parseCsr } from '@reroot/shared/pki';
import { z } from 'zod';
import { parseAnswer, readPem } from '../parse-answer.ts';
import type { Vault } from '../vault.ts';
import { keyParameters } from './key-parameters.ts';
import { type Subject, subjectParameters } from './subject-parameters.ts';

/** A key and a request for it, to be made by Vault. */
export interface ExportedRequestOptions extends Subject {
  readonly keyAlgorithm: KeyAlgorithm;
}

/** A key that Vault made and gave away. */
export interface ExportedRequest {
  /** PKCS#10. */
  readonly csrPem: string;
  /** PKCS#8, unencrypted. */
  readonly privateKeyPem: string;
  /** Since 1.11 the mount keeps the key too, under this ID, until `deleteKey`; undefined where it does not. */
  readonly keyId: string | undefined;
}

const answerSchema = z.object({ csr: z.string(), private_key: z.string(), key_id: z.string().min(1).optional() });

/**
 * Has Vault make a key and a certificate request, and gives both (POST MOUNT/intermediate/generate/exported). Sent once: Vault keeps
 * a key for each time.
 * @throws RR_VAULT_ANSWER_INVALID for a key that cannot be used or is not that of the request
 */
export async function generateExported(
  vault: Vault,
  path: string,
  options: ExportedRequestOptions,
  signal: AbortSignal,
): Promise<ExportedRequest> {
  const body = {
    ...subjectParameters(options),
    ...keyParameters(options.keyAlgorithm),
    format: 'pem',
    private_key_format: 'pkcs8',
  };
  const answer = parseAnswer(answerSchema, await vault.write(path, body, signal), path);
  const key = readPem(() => importPrivateKey(answer.private_key), 'private key', path);
  const csr = readPem(() => parseCsr(answer.csr), 'certificate request', path);
  if (!createPublicKey(key).equals(csr.publicKey)) {
    throw new RerootError('RR_VAULT_ANSWER_INVALID', `${path}: the request that Vault made is not for the key that came with it`);
  }
  return { csrPem: csrToPem(csr.der), privateKeyPem: exportPrivateKey(key), keyId: answer.key_id };
}
