import type { Certificate } from './certificate.ts';
import { type Crl, parseCrl } from './crl.ts';
import { type CrlReason, codeOfReason } from './crl-reason.ts';
import { bitString, type Der, integer, sequence, tagged, time } from './der.ts';
import { authorityKeyIdentifier, crlNumber, crlReason } from './extension.ts';
import { cannotIssue, requireSerial, requireValidity } from './issuance-limits.ts';
import { keyIdOfIssuer } from './issue.ts';
import { readPublicKey } from './key.ts';
import { signatureAlgorithm } from './signature-algorithm.ts';
import type { Signer } from './signer.ts';

/** A list to make. */
export interface CrlOptions {
  readonly issuer: Certificate;
  readonly issuerKey: Signer;
  /** May be empty: the list then says that nothing is revoked, which Envoy wants to be told of every CA of a chain. */
  readonly revoked: readonly Revocation[];
  readonly thisUpdateMs: number;
  /** By when the next list is there: after that verifiers refuse everything that the issuer signed. */
  readonly nextUpdateMs: number;
  /** Larger than that of every earlier list of the issuer; below 2^159. */
  readonly number: number | bigint;
}

/** A certificate to revoke. */
export interface Revocation {
  /** Hex, in either case. */
  readonly serial: string;
  readonly atMs: number;
  /** Left out of the list where it is `unspecified`, as RFC 5280 §5.3.1 asks. */
  readonly reason?: CrlReason;
}

/** RFC 5280 §5.2.3: at most 20 bytes, with the sign. */
const numberLimit = 2n ** 159n;

/**
 * Makes a complete certificate revocation list of version 2 (RFC 5280 §5), signed in the thread pool. It stands for all that
 * the issuer ever signed and has not expired, so every earlier revocation must be in it again.
 * @throws RR_PKI_CANNOT_ISSUE when the issuer may not sign lists, the key is not its own, or a number, serial or time does not
 *   fit into X.509
 */
export async function createCrl(options: CrlOptions): Promise<Crl> {
  const { issuer, issuerKey, thisUpdateMs, nextUpdateMs } = options;
  requireIssuerOfCrl(issuer, issuerKey);
  requireValidity(thisUpdateMs, nextUpdateMs);
  const algorithm = signatureAlgorithm(issuerKey.algorithm);
  const entries = entriesOf(options.revoked);
  const tbs = sequence(
    integer(Uint8Array.of(1)),
    algorithm,
    issuer.subjectDer,
    time(thisUpdateMs),
    time(nextUpdateMs),
    // A list that is there must not be empty (RFC 5280 §5.1.2.6).
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    tagged(0, sequence(authorityKeyIdentifier(keyIdOfIssuer(issuer)), crlNumber(bytesOfNumber(options.number)))),
  );
  const signature = await issuerKey.sign(tbs);
  return parseCrl(sequence(tbs, algorithm, bitString(signature)));
}

function requireIssuerOfCrl(issuer: Certificate, key: Signer): void {
  const name = `the issuer ${issuer.fingerprint}`;
  if (!issuer.claimsCa) throw cannotIssue(`${name} is not a CA`);
  if (issuer.keyUsage?.includes('cRLSign') === false) throw cannotIssue(`the keyUsage of ${name} lacks cRLSign`);
  if (!readPublicKey(key.publicKeySpki).equals(issuer.publicKey)) throw cannotIssue(`the signing key is not that of ${name}`);
}

function entriesOf(revoked: readonly Revocation[]): readonly Der[] {
  const seen = new Set<string>();
  return revoked.map(({ serial, atMs, reason = 'unspecified' }) => {
    if (!/^[0-9a-fA-F]+$/.test(serial)) throw cannotIssue(`the serial ${JSON.stringify(serial)} is not in hex`);
    const bytes = bytesOfHex(serial);
    requireSerial(bytes);
    const number = BigInt(`0x${serial}`).toString(16);
    if (seen.has(number)) throw cannotIssue(`the serial ${serial} is revoked twice`);
    seen.add(number);
    requireTime(atMs);
    const extensions = reason === 'unspecified' ? [] : [sequence(crlReason(codeOfReason(reason)))];
    return sequence(integer(bytes), time(atMs), ...extensions);
  });
}

function requireTime(atMs: number): void {
  requireValidity(atMs, Date.UTC(9999, 11, 31));
}

function bytesOfNumber(number: number | bigint): Uint8Array {
  const whole = typeof number === 'bigint' || Number.isSafeInteger(number);
  if (!whole || number < 0 || number >= numberLimit) throw cannotIssue(`the CRL number ${number} is not one of 0 to 2^159 - 1`);
  return bytesOfHex(number.toString(16));
}

function bytesOfHex(hex: string): Uint8Array {
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}
