import type { Certificate } from './certificate.ts';

/** Why a chain does not verify. */
export type ChainProblem =
  /** Nobody that is given or trusted has the issuer's name, or the chain is empty. */
  | 'NoIssuer'
  /** The names fit, but the authority key identifier is not the issuer's subject key identifier. */
  | 'KeyIdMismatch'
  | 'BadSignature'
  /** Signed with MD5, SHA-1 or something else that Go does not verify. */
  | 'SignatureAlgorithm'
  /** An RSA key of less than 1024 bits, or a key of a kind that Go does not know. */
  | 'KeyAlgorithm'
  | 'NotCa'
  /** A CA whose keyUsage lacks keyCertSign. */
  | 'KeyUsage'
  | 'PathTooLong'
  | 'Expired'
  | 'NotYetValid'
  /** A critical extension that is not processed here. */
  | 'UnknownCritical'
  /** A certificate of the path is not for the purpose that is asked for. */
  | 'ExtendedKeyUsage'
  /** Critical name constraints of a kind that Go does not know. */
  | 'UncheckedNames'
  /** A name lies outside of what a CA above it may vouch for, or that cannot be told. */
  | 'NameConstraints';

/** A problem, in words. */
export interface Broken {
  readonly ok: false;
  readonly reason: ChainProblem;
  readonly message: string;
}

export function broken(reason: ChainProblem, message: string): Broken {
  return { ok: false, reason, message };
}

/** What a certificate is called in messages; the leaves of a mesh have no subject, and are known by their SPIFFE URI. */
export function nameOf({ subject, uris }: Certificate): string {
  return subject === '' ? (uris[0] ?? '(no name)') : inline(subject);
}

/** A name as node:crypto prints it, on one line. */
export function inline(name: string): string {
  return name === '' ? '(no name)' : name.replaceAll('\n', ', ');
}
