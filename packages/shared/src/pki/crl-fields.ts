import { type CrlReason, reasonOfCode } from './crl-reason.ts';
import { childrenOf, dottedOf, type Element, elementOf, tags } from './der-reader.ts';
import { readTime } from './der-time.ts';
import { oids } from './extension-oids.ts';
import { signatureNameOf } from './signature-name.ts';

/** One entry of a list. */
export interface RevokedCertificate {
  /** Upper-case hex, as `Certificate` has it. */
  readonly serial: string;
  /** Since when, milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** `unspecified` where the list says nothing. */
  readonly reason: CrlReason;
}

/** What a certificate revocation list says. */
export interface CrlFields {
  /** The very bytes of the issuer's name. */
  readonly issuerDer: Uint8Array;
  /** As `RSA-SHA256`; dotted where reroot knows no name. */
  readonly signatureAlgorithm: string;
  readonly thisUpdateMs: number;
  /** When a newer one is there at the latest; verifiers refuse everything of the issuer after that. Undefined: never said. */
  readonly nextUpdateMs: number | undefined;
  /** Undefined where the list has none; newer lists of one issuer have larger ones. */
  readonly number: bigint | undefined;
  /** Lower-case hex. */
  readonly authorityKeyId: string | undefined;
  readonly revoked: readonly RevokedCertificate[];
  /** What was signed, and the signature. */
  readonly tbs: Uint8Array;
  readonly signature: Uint8Array;
}

const extensionsTag = 0xa0;
const enumeratedTag = 0x0a;
const bitStringTag = 0x03;
const keyIdTag = 0x80;
const timeTags: readonly number[] = [0x17, 0x18];

/** What becomes of critical extensions that are not read here. */
export type CriticalExtensions = 'refused' | 'passed over';

/**
 * Reads a CertificateList (RFC 5280 §5.1), of version 2 alone as Go does.
 * @throws Error on what is none, is not in DER, or has a critical extension where those are refused
 */
export function readCrlFields(der: Uint8Array, critical: CriticalExtensions): CrlFields {
  const [tbs, algorithm, signature, ...rest] = childrenOf(expected(elementOf(der), tags.sequence, 'CertificateList'));
  if (tbs === undefined || algorithm === undefined || signature === undefined || rest.length > 0) {
    throw new Error('it does not have three parts');
  }
  expected(tbs, tags.sequence, 'TBSCertList');
  expected(signature, bitStringTag, 'signature');
  if (signature.content[0] !== 0) throw new Error('its signature has unused bits');
  const fields = readTbs(tbs, algorithm, critical);
  const bytes = signature.content.subarray(1);
  return { ...fields, signatureAlgorithm: signatureNameOf(algorithm), tbs: tbs.whole, signature: bytes };
}

type TbsFields = Omit<CrlFields, 'signatureAlgorithm' | 'tbs' | 'signature'>;

function readTbs(tbs: Element, algorithm: Element, critical: CriticalExtensions): TbsFields {
  const [version, inner, issuer, thisUpdate, ...optional] = childrenOf(tbs);
  if (version?.tag !== tags.integer || version.content.length !== 1 || version.content[0] !== 1) {
    throw new Error('it is not of version 2');
  }
  if (inner === undefined || Buffer.compare(inner.whole, algorithm.whole) !== 0) {
    throw new Error('the signature algorithm inside of it is another one than outside');
  }
  const issuerDer = expected(issuer, tags.sequence, 'issuer').whole;
  if (thisUpdate === undefined) throw new Error('it has no thisUpdate');
  const take = (wanted: (tag: number) => boolean): Element | undefined =>
    wanted(optional[0]?.tag ?? 0) ? optional.shift() : undefined;
  const nextUpdate = take((tag) => timeTags.includes(tag));
  const revoked = take((tag) => tag === tags.sequence);
  const extensions = take((tag) => tag === extensionsTag);
  if (optional.length > 0) throw new Error('something follows the end of what it may hold');
  return {
    issuerDer,
    thisUpdateMs: readTime(thisUpdate),
    nextUpdateMs: nextUpdate === undefined ? undefined : readTime(nextUpdate),
    revoked: revoked === undefined ? [] : readRevoked(revoked, critical),
    ...readListExtensions(childrenOf(extensions)[0], critical),
  };
}

function readListExtensions(
  extensions: Element | undefined,
  critical: CriticalExtensions,
): Pick<CrlFields, 'number' | 'authorityKeyId'> {
  const values = valuesOf(extensions, [oids.authorityKeyIdentifier, oids.crlNumber], critical);
  const number = values.get(oids.crlNumber);
  const keyIds = values.get(oids.authorityKeyIdentifier);
  const keyId = childrenOf(keyIds && elementOf(keyIds)).find(({ tag }) => tag === keyIdTag);
  return {
    number: number === undefined ? undefined : BigInt(`0x${readNumber(elementOf(number), 'CRL number')}`),
    authorityKeyId: keyId === undefined ? undefined : Buffer.from(keyId.content).toString('hex'),
  };
}

function readRevoked(list: Element, critical: CriticalExtensions): readonly RevokedCertificate[] {
  const entries = childrenOf(list);
  if (entries.length === 0) throw new Error('its list is there and empty');
  const revoked = entries.map((entry) => readEntry(entry, critical));
  const serials = new Set(revoked.map(({ serial }) => serial));
  if (serials.size !== revoked.length) throw new Error('a serial stands in it twice');
  return Object.freeze(revoked);
}

function readEntry(entry: Element, critical: CriticalExtensions): RevokedCertificate {
  const [serial, at, extensions, ...rest] = childrenOf(expected(entry, tags.sequence, 'entry'));
  if (at === undefined || rest.length > 0) throw new Error('an entry is not serial, time and extensions');
  return { serial: readNumber(serial, 'serial'), atMs: readTime(at), reason: readReason(extensions, critical) };
}

function readReason(extensions: Element | undefined, critical: CriticalExtensions): CrlReason {
  const value = valuesOf(extensions, [oids.reasonCode], critical).get(oids.reasonCode);
  if (value === undefined) return 'unspecified';
  const { tag, content } = elementOf(value);
  const reason = tag === enumeratedTag && content.length === 1 ? reasonOfCode(content[0]) : undefined;
  if (reason === undefined) throw new Error('an entry has a reason that RFC 5280 does not know');
  return reason;
}

/** The values of extensions by their identifiers; a critical one that is not `known` could change what the list means. */
function valuesOf(
  extensions: Element | undefined,
  known: readonly string[],
  critical: CriticalExtensions,
): ReadonlyMap<string, Uint8Array> {
  if (extensions !== undefined) expected(extensions, tags.sequence, 'extensions');
  const values = new Map<string, Uint8Array>();
  for (const extension of childrenOf(extensions)) {
    const [identifier, ...rest] = childrenOf(extension);
    const value = rest.at(-1);
    if (identifier === undefined || value === undefined) throw new Error('an extension has no value');
    const oid = dottedOf(identifier.content);
    if (values.has(oid)) throw new Error(`extension ${oid} stands twice`);
    const isCritical = rest[0]?.tag === tags.boolean && rest[0].content[0] !== 0;
    if (critical === 'refused' && isCritical && !known.includes(oid)) {
      throw new Error(`it has the unknown critical extension ${oid}`);
    }
    values.set(oid, value.content);
  }
  return values;
}

/** Upper-case hex of a number that is not negative, two digits a byte, without leading zeros but for zero itself. */
function readNumber(element: Element | undefined, what: string): string {
  const { content } = expected(element, tags.integer, what);
  const [first, second = 0x80] = content;
  if (first === undefined || first >= 0x80) throw new Error(`its ${what} is negative or empty`);
  if (first === 0 && second < 0x80) throw new Error(`its ${what} is not in DER`);
  const bytes = first === 0 && content.length > 1 ? content.subarray(1) : content;
  return Buffer.from(bytes).toString('hex').toUpperCase();
}

function expected(element: Element | undefined, tag: number, what: string): Element {
  if (element?.tag !== tag) throw new Error(`it has no ${what} where one belongs`);
  return element;
}
