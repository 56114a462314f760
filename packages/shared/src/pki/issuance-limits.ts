import type { KeyObject } from 'node:crypto';
import { RerootError } from '../errors/index.ts';
import type { Certificate } from './certificate.ts';
import { readPublicKey } from './key.ts';
import type { Signer } from './signer.ts';

/** RFC 5280 §4.1.2.2. */
const maxSerialBytes = 20;

/** Refuses an issuer that is no CA: verifiers would refuse what it signs. */
export function requireIssuer(issuer: Certificate): void {
  if (!issuer.isCa) throw cannotIssue(`the issuer ${issuer.fingerprint} is not a CA`);
}

/** Refuses a CA that may issue no further CA, or whose key is another: a cluster would get an intermediate of no use. */
export function requireIssuerOfCa(issuer: Certificate, key: Signer): void {
  requireIssuer(issuer);
  const name = `the issuer ${issuer.fingerprint}`;
  if (issuer.pathLength === 0) throw cannotIssue(`${name} may issue no further CA, its path length is 0`);
  if (!publicKeyOf(key).equals(issuer.publicKey)) throw cannotIssue(`the signing key is not that of ${name}`);
}

/** A signer is kept for many certificates, and reading its key each time would take longer than the rest of the check. */
const publicKeys = new WeakMap<Signer, KeyObject>();

function publicKeyOf(signer: Signer): KeyObject {
  const known = publicKeys.get(signer) ?? readPublicKey(signer.publicKeySpki);
  publicKeys.set(signer, known);
  return known;
}

/** Refuses a time that is empty in whole seconds, or that X.509 has no digits for (RFC 5280 §4.1.2.5). */
export function requireValidity(notBeforeMs: number, notAfterMs: number): void {
  for (const ms of [notBeforeMs, notAfterMs]) {
    if (!(ms >= Date.UTC(1950) && ms < Date.UTC(10_000))) {
      throw cannotIssue(`the time ${String(ms)} (ms) does not lie in the years 1950 to 9999`);
    }
  }
  if (Math.floor(notBeforeMs / 1000) >= Math.floor(notAfterMs / 1000)) {
    throw cannotIssue(`it would be valid from ${new Date(notBeforeMs).toISOString()} to ${new Date(notAfterMs).toISOString()}`);
  }
}

/** Refuses zero, and more bytes than 20 with the sign. */
export function requireSerial(serial: Uint8Array): void {
  const first = serial.findIndex((byte) => byte !== 0);
  if (first === -1) throw cannotIssue('the serial is zero');
  const bytes = serial.length - first + ((serial[first] ?? 0) < 0x80 ? 0 : 1);
  if (bytes > maxSerialBytes) throw cannotIssue(`the serial has ${bytes} bytes; ${maxSerialBytes} are allowed`);
}

/**
 * The SPIFFE ID of a trust domain (SPIFFE-ID §2.1).
 * @throws RR_PKI_CANNOT_ISSUE for a name that is none
 */
export function trustDomainId(trustDomain: string): string {
  if (/^[a-z0-9._-]{1,255}$/.test(trustDomain)) return `spiffe://${trustDomain}`;
  throw cannotIssue(`${JSON.stringify(trustDomain)} is not a SPIFFE trust domain`);
}

/** Refuses a leaf that nobody is named by, and URIs that an IA5String cannot hold (RFC 5280 §4.2.1.6). */
export function requireUris(uris: readonly string[]): void {
  if (uris.length === 0) throw cannotIssue('a leaf needs a URI, for its subject is empty');
  const odd = uris.find((uri) => !/^[\x21-\x7e]+$/.test(uri) || !URL.canParse(uri));
  if (odd !== undefined) throw cannotIssue(`${JSON.stringify(odd)} is not a URI in ASCII`);
}

/** The error about what X.509 cannot say, or an issuer must not. */
export function cannotIssue(why: string): RerootError {
  return new RerootError('RR_PKI_CANNOT_ISSUE', why);
}
