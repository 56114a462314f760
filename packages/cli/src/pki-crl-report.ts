import { errorMessage } from '@reroot/shared/errors';
import { type Crl, parseCrl, parseCrlLikeGo } from '@reroot/shared/pki';
import { crlSignerOf, type KnownCertificates } from './known-certificates.ts';
import { shownName } from './pki-wording.ts';

export interface InspectedCrl {
  readonly issuer: string;
  /** Decimal. */
  readonly number?: string;
  readonly authorityKeyId?: string;
  readonly thisUpdate: string;
  /** When everything of the issuer is refused unless a newer list is there. */
  readonly nextUpdate?: string;
  /** How many certificates it revokes. */
  readonly revoked: number;
  readonly signatureAlgorithm: string;
  /** The place of the CA that signed it, or `unknown`: none of those that were given. */
  readonly signedBy: string;
  /** Why reroot does not take it for a complete list. */
  readonly problem?: string;
}

/** Describes a list, and finds who signed it. One with critical extensions is shown as Go reads it, with the problem. */
export function describeCrl(
  der: Uint8Array,
  known: KnownCertificates,
): ({ readonly kind: 'crl' } & InspectedCrl) | { readonly kind: 'unreadable'; readonly problem: string } {
  try {
    return { kind: 'crl', ...factsOf(parseCrl(der), known) };
  } catch (error) {
    const problem = reasonOf(error);
    try {
      return { kind: 'crl', ...factsOf(parseCrlLikeGo(der), known), problem };
    } catch {
      return { kind: 'unreadable', problem };
    }
  }
}

function factsOf(crl: Crl, known: KnownCertificates): InspectedCrl {
  const { number, authorityKeyId, thisUpdateMs, nextUpdateMs } = crl;
  return {
    issuer: shownName(crl.issuerDer),
    ...(number === undefined ? {} : { number: String(number) }),
    ...(authorityKeyId === undefined ? {} : { authorityKeyId }),
    thisUpdate: new Date(thisUpdateMs).toISOString(),
    ...(nextUpdateMs === undefined ? {} : { nextUpdate: new Date(nextUpdateMs).toISOString() }),
    revoked: crl.revoked.length,
    signatureAlgorithm: crl.signatureAlgorithm,
    signedBy: crlSignerOf(crl, known),
  };
}

/** What is wrong with it, without the words that name the place, which the report has. */
function reasonOf(error: unknown): string {
  return errorMessage(error instanceof Error && error.cause instanceof Error ? error.cause : error);
}
