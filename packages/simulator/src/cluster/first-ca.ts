import {
  type Certificate,
  createCsr,
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  issueIntermediate,
  parseCsr,
  type Signer,
  signerFromKey,
} from '@reroot/shared/pki';
import type { ClusterPlan } from '../fleet/fleet-config.ts';
import type { CaFiles } from '../istiod/signing-ca.ts';

/** The CA that a cluster has before reroot comes. */
export interface FirstCa {
  readonly source: 'cacerts' | 'istio-ca-secret';
  readonly files: CaFiles;
  /** `reroot`: that of another mgmt, which has marked the Secret as its own. */
  readonly by: 'somebody' | 'reroot';
}

/** Gives each cluster its CA; those that name one root have it in common. */
export type MakeFirstCa = (plan: ClusterPlan) => Promise<FirstCa | undefined>;

const curve = { kind: 'ecdsa', curve: 'P-256' } as const;
const dayMs = 24 * 3_600_000;

interface Root {
  readonly certificate: Certificate;
  readonly signer: Signer;
  readonly keyPem: string;
}

/** @param trustDomain names every root that istiod makes, so that those of all clusters have one subject */
export function createFirstCas(trustDomain: string, nowMs: number): MakeFirstCa {
  const shared = new Map<string, Promise<Root>>();
  const validity = { notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + 3_650 * dayMs };
  const makeRoot = async (commonName: string, organization: string): Promise<Root> => {
    const key = await generateKey(curve);
    const signer = signerFromKey(key);
    const certificate = await createRootCertificate({ key: signer, commonName, organization, ...validity });
    return { certificate, signer, keyPem: exportPrivateKey(key) };
  };
  const rootNamed = (name: string): Promise<Root> => {
    const root = shared.get(name) ?? makeRoot(name, 'somebody else');
    shared.set(name, root);
    return root;
  };
  return async ({ name, ca }) => {
    switch (ca.kind) {
      case 'none':
        return undefined;
      case 'self-made': {
        const { certificate, keyPem } = await makeRoot(trustDomain, trustDomain);
        const files = { caCert: certificate.pem, caKey: keyPem, certChain: '', rootCert: certificate.pem };
        return { source: 'istio-ca-secret', files, by: 'somebody' };
      }
      case 'plugged-in':
        return { source: 'cacerts', files: await issueUnder(await rootNamed(ca.root), name, validity), by: ca.by };
    }
  };
}

async function issueUnder(
  { certificate, signer }: Root,
  cluster: string,
  validity: { readonly notBeforeMs: number; readonly notAfterMs: number },
): Promise<CaFiles> {
  const key = await generateKey(curve);
  const csr = parseCsr(await createCsr({ key: signerFromKey(key), commonName: cluster }));
  const names = { commonName: `intermediate of ${cluster}`, organization: 'somebody else' };
  const intermediate = await issueIntermediate({ csr, issuer: certificate, issuerKey: signer, ...names, ...validity });
  return { caCert: intermediate.pem, caKey: exportPrivateKey(key), certChain: intermediate.pem, rootCert: certificate.pem };
}
