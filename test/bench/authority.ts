import {
  type Certificate,
  createCsr,
  createRootCertificate,
  generateKey,
  issueIntermediate,
  type KeyAlgorithm,
  parseCsr,
  type Signer,
  signerFromKey,
} from '@reroot/shared/pki';

/** A root and an intermediate below it, valid for a day around now. */
export interface Authority {
  readonly root: Certificate;
  readonly intermediate: Certificate;
  readonly intermediateKey: Signer;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** Makes an authority whose root and intermediate have keys of these kinds. */
export async function makeAuthority(rootKey: KeyAlgorithm, intermediateKey: KeyAlgorithm): Promise<Authority> {
  const [rootSigner, signer] = await Promise.all(
    [rootKey, intermediateKey].map(async (kind) => signerFromKey(await generateKey(kind))),
  );
  if (rootSigner === undefined || signer === undefined) throw new Error('two keys were asked for');
  const validity = { notBeforeMs: Date.now() - 3_600_000, notAfterMs: Date.now() + 86_400_000 };
  const named = { organization: 'reroot', ...validity };
  const root = await createRootCertificate({ key: rootSigner, commonName: 'bench root', ...named });
  const csr = parseCsr(await createCsr({ key: signer, commonName: 'bench intermediate' }));
  const intermediate = await issueIntermediate({
    csr,
    issuer: root,
    issuerKey: rootSigner,
    commonName: 'bench intermediate',
    ...named,
  });
  return { root, intermediate, intermediateKey: signer, ...validity };
}
