import type { CaSecretContent } from '@reroot/agent';
import type { ProveOptions } from '@reroot/mgmt/handshakes';
import {
  type Certificate,
  composeBundle,
  createCsr,
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  issueIntermediate,
  parseCsr,
  type Signer,
  signerFromKey,
} from '@reroot/shared/pki';

/** A root with its key. */
export interface MeshRoot {
  readonly certificate: Certificate;
  readonly key: Signer;
}

const curve = { kind: 'ecdsa', curve: 'P-256' } as const;
const dayMs = 86_400_000;

function spanOf(): { readonly notBeforeMs: number; readonly notAfterMs: number } {
  return { notBeforeMs: Date.now() - dayMs, notAfterMs: Date.now() + 30 * dayMs };
}

/** Makes a root. */
export async function makeMeshRoot(commonName: string): Promise<MeshRoot> {
  const key = signerFromKey(await generateKey(curve));
  return { key, certificate: await createRootCertificate({ key, commonName, organization: 'test', ...spanOf() }) };
}

/** The files of a Secret that holds `[roots | signer]`, by a fresh intermediate. */
export async function makeSecret(roots: readonly MeshRoot[], signer: MeshRoot): Promise<CaSecretContent> {
  const key = await generateKey(curve);
  const csr = parseCsr(await createCsr({ key: signerFromKey(key), commonName: 'test' }));
  const named = { commonName: 'intermediate', organization: 'test', ...spanOf() };
  const { pem } = await issueIntermediate({ csr, issuer: signer.certificate, issuerKey: signer.key, ...named });
  const rootCert = composeBundle(
    undefined,
    roots.map(({ certificate }) => certificate),
  );
  const accepted = { term: 1, generation: 1, rowDigest: 'of the test' };
  const annotations = { accepted, filesWrittenAtMs: Date.now(), replicaRestart: 'never' } as const;
  return { caCert: pem, caKey: exportPrivateKey(key), certChain: pem, rootCert, annotations };
}

/** Signs under any of these roots, as mgmt does with the keys that it has. */
export function authorityOf(roots: readonly MeshRoot[]): ProveOptions['authority'] {
  return {
    issue: async ({ certificate }, request) => {
      const root = roots.find((each) => each.certificate.fingerprint === certificate.fingerprint);
      if (root === undefined) throw new Error('there is no such root');
      return [await issueIntermediate({ ...request, issuer: root.certificate, issuerKey: root.key })];
    },
  };
}
