import { type Certificate, parseCertificates, rootsOf, sha256Hex } from '../pki/index.ts';
import type { PresentedTrust } from '../protocol/index.ts';

/** What one end of a handshake presents and trusts. */
export interface Credential {
  /** PKCS#8, PEM. */
  readonly privateKeyPem: string;
  /** PEM: the leaf, then what stands above it. */
  readonly chainPem: string;
  /** PEM: exactly what is trusted. */
  readonly bundlePem: string;
  /** The same by fingerprint. */
  readonly presented: PresentedTrust;
}

/** @throws RR_PKI_BAD_CERTIFICATE */
export function makeCredential(parts: Omit<Credential, 'presented'>): Credential {
  const { chainPem, bundlePem } = parts;
  const presented = {
    chain: parseCertificates(chainPem).map(nameOf),
    bundleSha256: sha256Hex(bundlePem),
    roots: rootsOf(bundlePem).map(nameOf),
  };
  return { ...parts, presented };
}

function nameOf({ fingerprint }: Certificate): string {
  return fingerprint;
}
