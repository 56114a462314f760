import {
  type Certificate,
  createCsr,
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  issueIntermediate,
  issueLeaf,
  parseCsr,
  type Signer,
  signerFromKey,
} from '../../pki/index.ts';
import { type Credential, makeCredential } from '../credential.ts';

/** A root with one intermediate, for the ends of handshakes. */
export interface HandshakeAuthority {
  readonly root: Certificate;
  /** A fresh leaf with its chain, beside a bundle of these roots. */
  credential(trusted: readonly HandshakeAuthority[], options?: LeafChoice): Promise<Credential>;
}

/** What is unusual about a leaf. */
export interface LeafChoice {
  readonly uri?: string;
  /** Relative to now; from an hour ago to an hour ahead when they are left out. */
  readonly fromMs?: number;
  readonly untilMs?: number;
}

const curve = { kind: 'ecdsa', curve: 'P-256' } as const;
const hourMs = 3_600_000;
const usualUri = 'spiffe://cluster.local/ns/istio-system/sa/reroot-agent';

/** Makes one. */
export async function makeHandshakeAuthority(commonName: string, nowMs: number): Promise<HandshakeAuthority> {
  const span = { notBeforeMs: nowMs - 48 * hourMs, notAfterMs: nowMs + 48 * hourMs };
  const names = { commonName, organization: 'test' };
  const rootKey = signerFromKey(await generateKey(curve));
  const root = await createRootCertificate({ key: rootKey, ...names, ...span });
  const signer: Signer = signerFromKey(await generateKey(curve));
  const csr = parseCsr(await createCsr({ key: signer, commonName }));
  const intermediate = await issueIntermediate({ csr, issuer: root, issuerKey: rootKey, ...names, ...span });
  return {
    root,
    credential: async (trusted, { uri = usualUri, fromMs = -hourMs, untilMs = hourMs } = {}) => {
      const key = await generateKey(curve);
      const leaf = await issueLeaf({
        ...{ issuer: intermediate, issuerKey: signer, publicKeySpki: signerFromKey(key).publicKeySpki, uris: [uri] },
        ...{ notBeforeMs: nowMs + fromMs, notAfterMs: nowMs + untilMs },
      });
      return makeCredential({
        privateKeyPem: exportPrivateKey(key),
        chainPem: leaf.pem + intermediate.pem,
        bundlePem: trusted.map((each) => each.root.pem).join(''),
      });
    },
  };
}
