import { randomBytes } from 'node:crypto';

/** What tells one generation of roots of a mesh from every other. */
export interface RootName {
  readonly commonName: string;
  /** 16 bytes: 126 random bits, positive, and of full length so that no leading zero byte is cut off (RFC 5280 §4.1.2.2). */
  readonly serial: Uint8Array;
  /** What the root is called in Vault, where everything in a mount must have its own name. */
  readonly issuerName: string;
}

const serialBytes = 16;
/** Digits of the serial number that the name ends in. */
const idDigits = 16;

/** A name that no root has yet: verifiers look an issuer up by its name, and two generations must never share one. */
export function newRootName(mesh: string): RootName {
  const serial = randomBytes(serialBytes);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const id = serial.toString('hex').slice(0, idDigits);
  return { commonName: `${mesh} root ${id}`, serial, issuerName: `reroot-${mesh}-${id}` };
}
