import { RerootError } from '../errors/index.ts';
import { type Der, objectIdentifier, sequence, setOf, utf8String } from './der.ts';
import { sha256Hex } from './sha256.ts';

/** The parts of a distinguished name that reroot sets. */
export interface SubjectName {
  readonly commonName: string;
  readonly organization?: string;
}

/** ub-common-name and ub-organization-name (RFC 5280, appendix A.1), in characters. */
const maxCharacters = 64;

/**
 * O, then CN, each in UTF-8 (RFC 5280 §4.1.2.4). Names of meshes and clusters may be 63 characters long before anything is
 * added to them: what is too long is cut, and ends in a hash of the whole so that different names stay different.
 * An empty organization is left out.
 * @throws RR_PKI_CANNOT_ISSUE when the common name is empty, or a part has a control character
 */
export function distinguishedName({ commonName, organization }: SubjectName): Der {
  const organizations = organization === undefined || organization === '' ? [] : [attribute('2.5.4.10', organization)];
  return sequence(...organizations, attribute('2.5.4.3', commonName));
}

function attribute(oid: string, value: string): Der {
  if (value === '' || /\p{Cc}/u.test(value)) {
    throw new RerootError('RR_PKI_CANNOT_ISSUE', `${JSON.stringify(value)} cannot be part of a name`);
  }
  return setOf(sequence(objectIdentifier(oid), utf8String(fitName(value))));
}

/** A part of a name as it goes into certificates: what is too long is cut, and ends in a hash of the whole. */
export function fitName(value: string): string {
  const characters = [...value];
  if (characters.length <= maxCharacters) return value;
  const hash = sha256Hex(value).slice(0, 16);
  return `${characters.slice(0, maxCharacters - hash.length - 1).join('')}-${hash}`;
}
