import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Certificate,
  createCsr,
  createRootCertificate,
  csrToPem,
  exportPrivateKey,
  issueIntermediate,
  issueLeaf,
  parseCsr,
  signerFromKey,
} from '@reroot/shared/pki';

const dayMs = 86_400_000;

/** Two roots, a CA below the first and a leaf below that. */
export interface PkiFiles {
  readonly rootA: Certificate;
  readonly rootB: Certificate;
  readonly ca: Certificate;
  readonly leaf: Certificate;
  readonly caKey: string;
  readonly csr: string;
  /** The Secret `cacerts` as YAML. */
  readonly secret: string;
}

/** Makes them; valid for ten days from now on. */
export async function makePkiFiles(): Promise<PkiFiles> {
  const keys = Array.from({ length: 4 }, () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
  const [keyA, keyB, caKey, leafKey] = keys.map((key) => signerFromKey(key));
  const caPrivate = keys[2];
  if (!keyA || !keyB || !caKey || !leafKey || !caPrivate) throw new Error('four keys are needed');
  const startMs = Math.floor(Date.now() / 1000) * 1000 - 60_000;
  const life = { notBeforeMs: startMs, notAfterMs: startMs + 10 * dayMs };
  const rootA = await createRootCertificate({ key: keyA, commonName: 'root A', organization: 'acme', ...life });
  const rootB = await createRootCertificate({ key: keyB, commonName: 'root B', organization: 'acme', ...life });
  const csr = await createCsr({ key: caKey, commonName: 'cluster 1', uris: ['spiffe://cluster.local/ns/a/sa/b'] });
  const names = { commonName: 'cluster 1', organization: 'acme' };
  const ca = await issueIntermediate({ csr: parseCsr(csr), issuer: rootA, issuerKey: keyA, ...names, ...life });
  const uris = ['spiffe://cluster.local/ns/default/sa/web'];
  const leaf = await issueLeaf({ publicKeySpki: leafKey.publicKeySpki, issuer: ca, issuerKey: caKey, uris, ...life });
  const caKeyPem = exportPrivateKey(caPrivate);
  const data = { 'ca-cert.pem': ca.pem, 'ca-key.pem': caKeyPem, 'cert-chain.pem': ca.pem, 'root-cert.pem': rootA.pem };
  return { rootA, rootB, ca, leaf, caKey: caKeyPem, csr: csrToPem(csr), secret: secretOf(data) };
}

/** A Secret `cacerts` as YAML. */
export function secretOf(files: Readonly<Record<string, string>>): string {
  const data = Object.entries(files).map(([name, text]) => `  ${name}: ${Buffer.from(text).toString('base64')}`);
  return ['apiVersion: v1', 'kind: Secret', 'metadata: {name: cacerts, namespace: istio-system}', 'data:', ...data, ''].join(
    '\n',
  );
}

/** Writes texts into a folder. @returns the path of each */
export async function writeFiles<Name extends string>(
  folder: string,
  files: Readonly<Record<Name, string | Uint8Array>>,
): Promise<Record<Name, string>> {
  const paths = {} as Record<Name, string>;
  for (const name of Object.keys(files) as Name[]) {
    paths[name] = join(folder, name);
    await writeFile(paths[name], files[name]);
  }
  return paths;
}
