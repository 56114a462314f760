import { verify } from 'node:crypto';
import type { Certificate } from './certificate.ts';
import { nameOf } from './chain-problem.ts';
import type { Crl } from './crl.ts';
import { sameName } from './issuer-problem.ts';

/** Why a list does not count for an issuer. */
export type CrlProblem =
  /** It names another issuer. */
  | 'OtherIssuer'
  /** It was signed by another key of the same name. */
  | 'KeyIdMismatch'
  /** Not a CA, or one whose keyUsage lacks cRLSign. */
  | 'MayNotSign'
  | 'SignatureAlgorithm'
  | 'BadSignature'
  | 'NotYetValid'
  /** Its nextUpdate has passed. */
  | 'Expired';

/** Whether a list is the issuer's and in date. */
export type CrlResult = { readonly ok: true } | { readonly ok: false; readonly reason: CrlProblem; readonly message: string };

/** The hash of each signature that is accepted, as for certificates; PSS apart, which node:crypto takes with settings of its own. */
const hashes: ReadonlyMap<string, string> = new Map(
  ['RSA', 'ECDSA'].flatMap((kind) => [256, 384, 512].map((bits) => [`${kind}-SHA${bits}`, `sha${bits}`] as const)),
);

/**
 * Verifies a list as one of `issuer` (RFC 5280 §6.3.3 (a), (f), (g)): name by DER, authority key identifier, right and
 * signature, and that it is in date.
 * @param atMs the moment to verify for
 */
export function verifyCrl(crl: Crl, issuer: Certificate, atMs: number): CrlResult {
  const name = nameOf(issuer);
  if (!sameName(crl.issuerDer, issuer.subjectDer)) return no('OtherIssuer', `the CRL is not of ${name}, but of another issuer`);
  const [wanted, found] = [crl.authorityKeyId, issuer.subjectKeyId];
  if (wanted !== undefined && found !== undefined && wanted !== found) {
    return no('KeyIdMismatch', `the CRL is of the key ${wanted}, and ${name} has ${found}`);
  }
  if (!issuer.claimsCa) return no('MayNotSign', `${name} is not a CA`);
  if (issuer.keyUsage?.includes('cRLSign') === false) return no('MayNotSign', `the keyUsage of ${name} lacks cRLSign`);
  return signatureProblem(crl, issuer) ?? dateProblem(crl, name, atMs) ?? { ok: true };
}

/**
 * Whether a list revokes a certificate. It says nothing about certificates of other issuers, and whether the list is genuine
 * is for `verifyCrl`.
 */
export function isRevoked({ issuerDer, revoked }: Crl, certificate: Certificate): boolean {
  if (!sameName(issuerDer, certificate.issuerDer)) return false;
  const serial = BigInt(`0x${certificate.serial}`);
  return revoked.some((entry) => BigInt(`0x${entry.serial}`) === serial);
}

function signatureProblem(crl: Crl, issuer: Certificate): CrlResult | undefined {
  const hash = hashes.get(crl.signatureAlgorithm);
  if (hash === undefined) {
    return no(
      'SignatureAlgorithm',
      `the CRL of ${nameOf(issuer)} is signed with ${crl.signatureAlgorithm}, which is not accepted`,
    );
  }
  const isRsa = issuer.publicKey.asymmetricKeyType === 'rsa';
  const fits = isRsa === crl.signatureAlgorithm.startsWith('RSA') && verify(hash, crl.tbs, issuer.publicKey, crl.signature);
  return fits ? undefined : no('BadSignature', `the CRL in the name of ${nameOf(issuer)} is not signed by its key`);
}

function dateProblem({ thisUpdateMs, nextUpdateMs }: Crl, name: string, atMs: number): CrlResult | undefined {
  if (atMs < thisUpdateMs) {
    return no('NotYetValid', `the CRL of ${name} is not valid before ${new Date(thisUpdateMs).toISOString()}`);
  }
  if (nextUpdateMs === undefined || atMs <= nextUpdateMs) return undefined;
  return no('Expired', `the CRL of ${name} was to be followed by another one at ${new Date(nextUpdateMs).toISOString()}`);
}

function no(reason: CrlProblem, message: string): CrlResult {
  return { ok: false, reason, message };
}
