import { errorMessage, RerootError } from '../errors/index.ts';
import { pemOf } from './certificate.ts';
import { type CriticalExtensions, type CrlFields, readCrlFields } from './crl-fields.ts';
import { pemBlocks } from './pem-blocks.ts';

/** Larger lists are refused unread: a Secret or ConfigMap of Kubernetes holds no more. */
const maxInputBytes = 2 ** 20;

/** A certificate revocation list (RFC 5280 §5), read once. Who signed it is not known before `verifyCrl`. */
export interface Crl extends CrlFields {
  readonly der: Uint8Array;
  /** PEM with 64 columns and a final newline. */
  readonly pem: string;
}

/**
 * Reads one list from DER, or from PEM that holds exactly one. Of what it may hold, critical extensions are refused: nothing
 * here knows partial or indirect lists, and to take one for a complete list would leave revoked certificates trusted.
 * @throws RR_PKI_BAD_CRL
 */
export function parseCrl(source: Uint8Array | string): Crl {
  if (typeof source !== 'string') return fromDer(source, 'the CRL', 'refused');
  const [first, ...others] = parseCrls(source);
  if (first !== undefined && others.length === 0) return first;
  throw new RerootError('RR_PKI_BAD_CRL', `the PEM holds ${others.length + (first === undefined ? 0 : 1)} CRLs, not one`);
}

/**
 * Reads a list as Go does, which passes over critical extensions: it tells what istiod makes of it. What such a list revokes is
 * not known: it may be partial or indirect.
 * @throws RR_PKI_BAD_CRL
 */
export function parseCrlLikeGo(der: Uint8Array): Crl {
  return fromDer(der, 'the CRL', 'passed over');
}

/**
 * Reads every list of a PEM text such as `ca-crl.pem`, in order; text between the blocks is passed over.
 * @param place where the text stands, for the error
 * @throws RR_PKI_BAD_CRL names the block
 */
export function parseCrls(pem: string, place?: string): readonly Crl[] {
  if (pem.length > maxInputBytes) throw badCrl(`the PEM has ${pem.length} characters; ${maxInputBytes} are allowed`, place);
  return pemBlocks(pem).map((block, index) => {
    const what = `block ${index + 1}`;
    if (block.kind === 'damaged') throw badCrl(`${what} is damaged: ${block.problem}`, place);
    if (block.label !== 'X509 CRL') throw badCrl(`${what} is a ${block.label}, not an X509 CRL`, place);
    return fromDer(block.der, what, 'refused', place);
  });
}

function fromDer(source: Uint8Array, what: string, critical: CriticalExtensions, place?: string): Crl {
  if (source.length > maxInputBytes) throw badCrl(`${what} has ${source.length} bytes; ${maxInputBytes} are allowed`, place);
  const der = new Uint8Array(source);
  try {
    return Object.freeze({ der, pem: pemOf('X509 CRL', der), ...readCrlFields(der, critical) });
  } catch (error) {
    throw badCrl(`${what} is not a CRL: ${errorMessage(error)}`, place, error);
  }
}

function badCrl(why: string, place?: string, cause?: unknown): RerootError {
  return new RerootError('RR_PKI_BAD_CRL', why, { ...(place === undefined ? {} : { place }), ...(cause ? { cause } : {}) });
}
