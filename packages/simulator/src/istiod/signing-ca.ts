import { createPublicKey } from 'node:crypto';
import { errorMessage } from '@reroot/shared/errors';
import {
  type Certificate,
  importPrivateKey,
  parseCertificates,
  rootsOf,
  type Signer,
  signerFromKey,
  verifyChain,
} from '@reroot/shared/pki';

/** The files in istiod's `/etc/cacerts`. */
export interface CaFiles {
  readonly caCert: string;
  readonly caKey: string;
  readonly certChain: string;
  readonly rootCert: string;
}

/** A CA as istiod holds it in memory. */
export interface SigningCa {
  readonly certificate: Certificate;
  readonly signer: Signer;
  /** The certificates of `cert-chain.pem`, sent after each leaf, PEM. */
  readonly chain: readonly string[];
  /** `root-cert.pem`, exact bytes. */
  readonly rootCert: string;
}

/** A CA that can be used, or why istiod does not take it. */
export type CaReading = { readonly kind: 'usable'; readonly ca: SigningCa } | { readonly kind: 'unusable'; readonly why: string };

/**
 * Reads and checks the files as `KeyCertBundle.Verify` of istiod does (security/pkg/pki/util/keycertbundle.go): the key
 * fits the first certificate of ca-cert.pem, and that verifies under root-cert.pem by way of cert-chain.pem.
 */
export function readSigningCa(files: CaFiles, atMs: number): CaReading {
  try {
    const [certificate] = parseCertificates(files.caCert, 'ca-cert.pem');
    if (certificate === undefined) return unusable('ca-cert.pem holds no certificate');
    const key = importPrivateKey(files.caKey);
    if (!createPublicKey(key).equals(certificate.publicKey)) return unusable('ca-key.pem is not the key of ca-cert.pem');
    if (!certificate.isCa) return unusable('ca-cert.pem is not a CA certificate');
    const chain = parseCertificates(files.certChain, 'cert-chain.pem');
    const broken = whyNotUnder(certificate, chain, rootsOf(files.rootCert), atMs);
    if (broken !== undefined) return unusable(broken);
    const ca = { certificate, signer: signerFromKey(key), chain: chain.map(({ pem }) => pem), rootCert: files.rootCert };
    return { kind: 'usable', ca };
  } catch (error) {
    return unusable(errorMessage(error));
  }
}

function unusable(why: string): CaReading {
  return { kind: 'unusable', why };
}

/** What keeps the signing certificate from verifying; undefined when nothing does. */
function whyNotUnder(
  certificate: Certificate,
  intermediates: readonly Certificate[],
  roots: readonly Certificate[],
  atMs: number,
): string | undefined {
  const path = [certificate];
  for (let top: Certificate | undefined = certificate; top !== undefined; ) {
    const isRoot = roots.some(({ fingerprint }) => fingerprint === top?.fingerprint);
    if (isRoot && path.length > 1) path.pop();
    if (isRoot || path.length > intermediates.length + 1) break;
    top = intermediates.find((each) => !path.includes(each) && isIssuer(each, top));
    if (top !== undefined) path.push(top);
  }
  const result = verifyChain(path, roots, atMs);
  return result.ok ? undefined : result.message;
}

function isIssuer(issuer: Certificate, issued: Certificate | undefined): boolean {
  return issued !== undefined && issued.fingerprint !== issuer.fingerprint && issued.x509.checkIssued(issuer.x509);
}
