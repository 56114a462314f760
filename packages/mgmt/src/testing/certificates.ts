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

const p256: KeyAlgorithm = { kind: 'ecdsa', curve: 'P-256' };
const dayMs = 86_400_000;

/** A root with its key. */
export interface TestRoot {
  readonly certificate: Certificate;
  readonly signer: Signer;
}

/** A root that is valid from a day ago. */
export async function makeRoot(commonName: string, lifetimeMs = 10 * dayMs): Promise<TestRoot> {
  const signer = signerFromKey(await generateKey(p256));
  const nowMs = Date.now();
  const certificate = await createRootCertificate({
    key: signer,
    commonName,
    organization: 'test',
    notBeforeMs: nowMs - dayMs,
    notAfterMs: nowMs + lifetimeMs,
  });
  return { certificate, signer };
}

/** A certificate request of a fresh key. */
export async function makeCsr(algorithm: KeyAlgorithm = p256): Promise<Uint8Array> {
  return createCsr({ key: signerFromKey(await generateKey(algorithm)), commonName: 'asked', organization: 'asked' });
}

/** An intermediate under a root. */
export async function makeIntermediate(root: TestRoot, lifetimeMs = dayMs): Promise<Certificate> {
  const nowMs = Date.now();
  return issueIntermediate({
    csr: parseCsr(await makeCsr()),
    issuer: root.certificate,
    issuerKey: root.signer,
    commonName: 'intermediate',
    organization: 'test',
    notBeforeMs: nowMs - 60_000,
    notAfterMs: nowMs + lifetimeMs,
  });
}
