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
import { readableRoots } from './readable-roots.ts';

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

/** A start is stricter than a reload: it looks at the CA flag, and every block of the bundle must be readable. */
export type ReadingMoment = 'start' | 'reload';

/**
 * Reads and checks the files as `KeyCertBundle.Verify` of istiod does (security/pkg/pki/util/keycertbundle.go): the key
 * fits the first certificate of ca-cert.pem, and that verifies under root-cert.pem by way of cert-chain.pem.
 */
export function readSigningCa(files: CaFiles, moment: ReadingMoment, atMs: number): CaReading {
  try {
    const [certificate] = parseCertificates(files.caCert, 'ca-cert.pem');
    if (certificate === undefined) return unusable('ca-cert.pem holds no certificate');
    if (moment === 'start' && !certificate.isCa) return unusable('ca-cert.pem is not a CA certificate');
    const key = importPrivateKey(files.caKey);
    if (!createPublicKey(key).equals(certificate.publicKey)) return unusable('ca-key.pem is not the key of ca-cert.pem');
    const chain = parseCertificates(files.certChain, 'cert-chain.pem');
    const roots = moment === 'start' ? rootsOf(files.rootCert) : readableRoots(files.rootCert);
    const result = verifyChain(pathAbove(certificate, chain, roots), roots, atMs);
    if (!result.ok) return unusable(result.message);
    const ca = { certificate, signer: signerFromKey(key), chain: chain.map(({ pem }) => pem), rootCert: files.rootCert };
    return { kind: 'usable', ca };
  } catch (error) {
    return unusable(errorMessage(error));
  }
}

function unusable(why: string): CaReading {
  return { kind: 'unusable', why };
}

/** The signing certificate and those of cert-chain.pem that stand above it, in any order there, without roots. */
function pathAbove(
  certificate: Certificate,
  chain: readonly Certificate[],
  roots: readonly Certificate[],
): readonly Certificate[] {
  const known = new Set([certificate, ...roots].map(({ fingerprint }) => fingerprint));
  const left = chain.filter(({ fingerprint }) => !known.has(fingerprint));
  const path = [certificate];
  for (let top: Certificate | undefined = certificate; top !== undefined; ) {
    const issued: Certificate = top;
    const index = left.findIndex(({ x509 }) => issued.x509.checkIssued(x509));
    top = index < 0 ? undefined : left.splice(index, 1)[0];
    if (top !== undefined) path.push(top);
  }
  return path;
}
