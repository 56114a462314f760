import { type Certificate, importPrivateKey, sha256Hex } from '@reroot/shared/pki';

/** The text of the key that was looked at last for a certificate, as a digest, and what was found. */
const judged = new WeakMap<Certificate, { readonly keySha256: string; readonly fits: boolean }>();

/**
 * Whether a private key, PEM, is that of a certificate. A key that cannot even be read is not; why is not told, for the text is secret.
 * The same text beside the same certificate is looked at once: it is asked several times in each pass.
 */
export function isKeyOf(keyPem: string, certificate: Certificate): boolean {
  const keySha256 = sha256Hex(keyPem);
  const known = judged.get(certificate);
  if (known?.keySha256 === keySha256) return known.fits;
  const fits = compare(keyPem, certificate);
  judged.set(certificate, { keySha256, fits });
  return fits;
}

function compare(keyPem: string, { x509 }: Certificate): boolean {
  try {
    return x509.checkPrivateKey(importPrivateKey(keyPem));
  } catch {
    return false;
  }
}
