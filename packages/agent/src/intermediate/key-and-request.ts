import { createCsr, exportPrivateKey, type generateKey, signerFromKey } from '@reroot/shared/pki';
import type { Desired } from '../trust/desired.ts';

/** A key, and the request for a certificate of it. */
export interface KeyAndRequest {
  /** PKCS#8 in PEM. */
  readonly caKey: string;
  readonly publicKeySpki: Uint8Array;
  /** PKCS#10, DER. */
  readonly csr: Uint8Array;
}

/** What the certificate is called, whoever issues it. */
export function commonNameOf(cluster: string): string {
  return `${cluster} intermediate`;
}

/** Makes a key that never leaves the cluster. */
export async function makeRequest(
  cluster: string,
  { intermediate }: Desired,
  makeKey: typeof generateKey,
): Promise<KeyAndRequest> {
  const key = await makeKey(intermediate.keyAlgorithm);
  const signer = signerFromKey(key);
  const { organization } = intermediate;
  const csr = await createCsr({ key: signer, commonName: commonNameOf(cluster), organization });
  return { caKey: exportPrivateKey(key), publicKeySpki: signer.publicKeySpki, csr };
}
