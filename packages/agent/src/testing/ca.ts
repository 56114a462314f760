import { randomUUID } from 'node:crypto';
import {
  type Certificate,
  type Crl,
  composeBundle,
  createCrl,
  createCsr,
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  importPrivateKey,
  issueIntermediate,
  parseCertificate,
  parseCsr,
  type Signer,
  signerFromKey,
} from '@reroot/shared/pki';
import type { AcceptedTrust, CaFiles, CaSecret, CaSecretContent } from '../cluster/cluster.ts';
import { acceptedOf } from '../trust/accepted.ts';

/** A root with its key, quick to make. */
export interface Ca {
  readonly certificate: Certificate;
  /** Issues an intermediate for a request in DER. */
  issue(csr: Uint8Array, validity?: Validity): Promise<Certificate>;
  /** The files of an istiod that has made itself this root: it signs leaves without anything in between. */
  selfMade(): CaFiles;
  /** Signs a list that revokes nothing; valid for a year where it is left out. */
  signCrl(validity?: Validity): Promise<Crl>;
}

/** From when to when, relative to `nowMs` of the CA. */
export interface Validity {
  readonly fromMs: number;
  readonly untilMs: number;
}

const curve = { kind: 'ecdsa', curve: 'P-256' } as const;
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
const yearLong: Validity = { fromMs: -hourMs, untilMs: 365 * dayMs };

/** Makes a root that is valid from a year before to ten years after `nowMs`. */
export async function createCa(commonName: string, nowMs: number): Promise<Ca> {
  const privateKey = await generateKey(curve);
  const key = signerFromKey(privateKey);
  const span = { notBeforeMs: nowMs - 365 * dayMs, notAfterMs: nowMs + 3_650 * dayMs };
  const certificate = await createRootCertificate({ key, commonName, organization: 'test', ...span });
  return {
    certificate,
    issue: async (csr, { fromMs, untilMs } = yearLong) =>
      issueIntermediate({
        csr: parseCsr(csr),
        issuer: certificate,
        issuerKey: key,
        commonName: `intermediate of ${commonName}`,
        organization: 'test',
        notBeforeMs: nowMs + fromMs,
        notAfterMs: nowMs + untilMs,
      }),
    selfMade: () => {
      const { pem } = certificate;
      return { caCert: pem, caKey: exportPrivateKey(privateKey), certChain: '', rootCert: pem };
    },
    signCrl: async (validity) => signCrl(certificate, key, nowMs, validity),
  };
}

async function signCrl(
  issuer: Certificate,
  issuerKey: Signer,
  nowMs: number,
  { fromMs, untilMs }: Validity = yearLong,
): Promise<Crl> {
  const span = { thisUpdateMs: nowMs + fromMs, nextUpdateMs: nowMs + untilMs };
  return createCrl({ issuer, issuerKey, revoked: [], number: 1, ...span });
}

/** Signs a list as the intermediate of a Secret. */
export async function signCrlOfSigner({ caCert, caKey }: Pick<CaFiles, 'caCert' | 'caKey'>, nowMs: number): Promise<Crl> {
  return signCrl(parseCertificate(caCert), signerFromKey(importPrivateKey(caKey)), nowMs);
}

/** An intermediate with its key, as the Secret holds it. */
export async function makeIntermediate(ca: Ca, validity?: Validity): Promise<Omit<CaFiles, 'rootCert' | 'crl'>> {
  const key = await generateKey(curve);
  const { pem } = await ca.issue(await createCsr({ key: signerFromKey(key), commonName: 'test' }), validity);
  return { caCert: pem, caKey: exportPrivateKey(key), certChain: pem };
}

/** The content of a Secret that holds `[roots | signer]`. */
export async function makeContent(
  roots: readonly Ca[],
  signer: Ca,
  pair: AcceptedTrust = { term: 1, generation: 1 },
): Promise<CaSecretContent> {
  const row = { roots: roots.map(({ certificate }) => certificate), signerRoot: signer.certificate };
  const annotations = { accepted: acceptedOf({ ...pair, ...row }), filesWrittenAtMs: 0, replicaRestart: 'never' } as const;
  return { ...(await makeIntermediate(signer)), rootCert: composeBundle(undefined, row.roots), annotations };
}

/** The content as a Secret that reroot wrote. */
export function asSecret(content: CaSecretContent): CaSecret {
  return { ...content, source: 'cacerts', version: randomUUID(), owner: 'reroot', editedBy: [], staleCopies: [] };
}
