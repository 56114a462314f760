import { createPrivateKey, type KeyObject } from 'node:crypto';
import { RerootError } from '@reroot/shared/errors';
import { type Certificate, parseCertificates } from '@reroot/shared/pki';
import { requireServerChain } from './server-chain.ts';
import type { TlsTexts } from './tls-files.ts';

/** What TLS is spoken with; it has been checked. */
export interface TlsMaterial {
  /** The server's own certificate first, each followed by its issuer. */
  readonly chain: readonly Certificate[];
  readonly key: KeyObject;
  /** Whose clients' certificates count; empty when none are asked for. */
  readonly clientCas: readonly Certificate[];
}

/**
 * Makes sure that certificate, key and CAs can be used, so that no client is the first to find out.
 * @throws RR_API_TLS_INVALID, RR_API_TLS_EXPIRED; none of them quotes the key
 */
export function readTlsMaterial({ cert, key, clientCa }: TlsTexts, nowMs: number): TlsMaterial {
  const chain = readCertificates(cert.text, cert.file);
  requireServerChain(chain, cert.file, nowMs);
  const privateKey = readKey(key.text, key.file);
  if (chain[0]?.x509.checkPrivateKey(privateKey) !== true) {
    throw invalid(`the key is not that of the first certificate in ${cert.file}`, key.file);
  }
  return { chain, key: privateKey, clientCas: clientCa === undefined ? [] : readClientCas(clientCa.text, clientCa.file) };
}

function readClientCas(text: string, file: string): readonly Certificate[] {
  const clientCas = readCertificates(text, file);
  const other = clientCas.find(({ isCa }) => !isCa);
  if (other !== undefined) throw invalid(`the certificate ${other.fingerprint} is not that of a CA`, file);
  return clientCas;
}

function readCertificates(text: string, file: string): readonly Certificate[] {
  try {
    const certificates = parseCertificates(text, file);
    if (certificates.length > 0) return certificates;
  } catch (cause) {
    throw invalid(cause instanceof RerootError ? cause.message : 'it cannot be read as certificates', file, cause);
  }
  throw invalid('it holds no certificate in PEM', file);
}

/** The message of the library is left out: nobody promises that it never quotes its input. */
function readKey(text: string, file: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch {
    throw invalid('it holds no unencrypted private key in PEM', file);
  }
}

function invalid(why: string, place: string, cause?: unknown): RerootError {
  return new RerootError('RR_API_TLS_INVALID', why, { place, cause });
}
