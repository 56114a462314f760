import { RerootError, toRerootError } from '@reroot/shared/errors';
import { type Certificate, parseCertificates, rootsOf } from '@reroot/shared/pki';
import type { CaFiles } from '../cluster/cluster.ts';
import { uniqueByFingerprint } from '../trust/desired.ts';
import { findSignerRoot } from '../trust/signer-root.ts';
import type { TrustRow } from '../trust/trust-row.ts';
import { isKeyOf } from './is-key-of.ts';

/** What a cacerts Secret holds, read and found to hang together. */
export interface Held extends TrustRow {
  readonly signer: Certificate;
  /** The signer and what stands above it in `cert-chain.pem`, which may be the root too. */
  readonly chain: readonly Certificate[];
  /** Whether `ca-key.pem` is the key of the signer: if it is not, istiod refuses the whole Secret. */
  readonly keyFits: boolean;
}

/**
 * Reads a cacerts Secret.
 * @throws RR_SECRET_UNREADABLE when a certificate cannot be parsed, or the signer chains to none of the roots
 */
export function readHeld(secret: CaFiles): Held {
  const roots = uniqueByFingerprint(readPems('root-cert.pem', () => rootsOf(secret.rootCert)));
  const [signer] = readPems('ca-cert.pem', () => parseCertificates(secret.caCert, 'ca-cert.pem'));
  const above = readPems('cert-chain.pem', () => parseCertificates(secret.certChain, 'cert-chain.pem'));
  if (signer === undefined) throw unreadable('ca-cert.pem', 'it holds no certificate');
  const chain = uniqueByFingerprint([signer, ...above]);
  // A root may sign leaves itself, as that of a self-signed istiod does.
  const own = roots.find(({ fingerprint }) => fingerprint === signer.fingerprint);
  const signerRoot = own ?? findSignerRoot(withoutRoots(chain, roots), roots);
  if (signerRoot === undefined) throw unreadable('ca-cert.pem', `the signer ${signer.fingerprint} chains to none of the roots`);
  return { roots, signerRoot, signer, chain, keyFits: isKeyOf(secret.caKey, signer) };
}

/** The chain without what `roots` holds too. */
export function withoutRoots(chain: readonly Certificate[], roots: readonly Certificate[]): Certificate[] {
  const trusted = new Set(roots.map(({ fingerprint }) => fingerprint));
  return chain.filter(({ fingerprint }) => !trusted.has(fingerprint));
}

function readPems<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unreadable(place, toRerootError(error).message, error);
  }
}

function unreadable(place: string, why: string, cause?: unknown): RerootError {
  return new RerootError('RR_SECRET_UNREADABLE', `the cacerts Secret cannot be used: ${why}`, { place, cause });
}
