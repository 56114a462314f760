import type { KeyObject } from 'node:crypto';
import {
  type Certificate,
  createCsr,
  createRootCertificate,
  generateKey,
  issueIntermediate,
  type KeyAlgorithm,
  parseCsr,
  signerFromKey,
} from '@reroot/shared/pki';

/** A root and an intermediate below it, valid from an hour ago for two days. */
export interface Authority {
  readonly root: Certificate;
  readonly intermediate: Certificate;
  readonly intermediateKey: KeyObject;
}

/** Makes an authority whose root and intermediate have keys of these kinds. */
export async function makeAuthority(rootKey: KeyAlgorithm, intermediateKey: KeyAlgorithm): Promise<Authority> {
  const rootSigner = signerFromKey(await generateKey(rootKey));
  const key = await generateKey(intermediateKey);
  const named = { organization: 'reroot', notBeforeMs: Date.now() - 3_600_000, notAfterMs: Date.now() + 2 * 86_400_000 };
  const root = await createRootCertificate({ key: rootSigner, commonName: 'bench root', ...named });
  const csr = parseCsr(await createCsr({ key: signerFromKey(key), commonName: 'bench intermediate' }));
  const intermediate = await issueIntermediate({
    csr,
    issuer: root,
    issuerKey: rootSigner,
    commonName: 'bench intermediate',
    ...named,
  });
  return { root, intermediate, intermediateKey: key };
}
