import {
  type Certificate,
  createCsr,
  createRootCertificate,
  csrToPem,
  exportPrivateKey,
  generateKey,
  issueIntermediate,
  issueLeaf,
  parseCsr,
  type Signer,
  signerFromKey,
} from '@reroot/shared/pki';
import type { CaFiles } from '../istiod/signing-ca.ts';
import type { Material } from '../workload/sidecar.ts';

const curve = { kind: 'ecdsa', curve: 'P-256' } as const;
const hourMs = 3_600_000;

/** A root with one intermediate below it. */
export interface Authority {
  readonly root: Certificate;
  /** The files of istiod that sign by this intermediate and hand out that bundle. */
  files(rootCert: string): CaFiles;
  /** What a workload would hold that trusts that bundle and has a leaf from here. */
  material(spiffeId: string, rootCert: string): Promise<Material>;
}

/** Makes an authority that is valid from an hour before to a year after `nowMs`. */
export async function createAuthority(name: string, nowMs: number): Promise<Authority> {
  const validity = { notBeforeMs: nowMs - hourMs, notAfterMs: nowMs + 365 * 24 * hourMs };
  const named = { commonName: name, organization: 'test' };
  const rootKey = signerFromKey(await generateKey(curve));
  const root = await createRootCertificate({ ...named, ...validity, key: rootKey });
  const privateKey = await generateKey(curve);
  const key = signerFromKey(privateKey);
  const csr = parseCsr(await createCsr({ key, commonName: name }));
  const issuing = { ...named, commonName: `intermediate of ${name}`, ...validity };
  const intermediate = await issueIntermediate({ ...issuing, csr, issuer: root, issuerKey: rootKey });
  const caKey = exportPrivateKey(privateKey);
  return {
    root,
    files: (rootCert) => ({ caCert: intermediate.pem, caKey, certChain: intermediate.pem, rootCert }),
    material: (spiffeId, rootCert) => makeMaterial({ issuer: intermediate, issuerKey: key, ...validity }, spiffeId, rootCert),
  };
}

interface Issuing {
  readonly issuer: Certificate;
  readonly issuerKey: Signer;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

async function makeMaterial(issuing: Issuing, spiffeId: string, rootCert: string): Promise<Material> {
  const key = await generateKey(curve);
  const { publicKeySpki } = signerFromKey(key);
  const leaf = await issueLeaf({ ...issuing, publicKeySpki, uris: [spiffeId] });
  return { key, certChain: leaf.pem + issuing.issuer.pem, rootCert };
}

/** A request for a new key, PEM. */
export async function makeCsr(uris: readonly string[] = []): Promise<string> {
  const key = signerFromKey(await generateKey(curve));
  return csrToPem(await createCsr({ key, commonName: 'test', uris: [...uris] }));
}
