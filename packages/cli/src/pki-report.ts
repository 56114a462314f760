import { type Certificate, type PemItem, readPem, sha256Hex } from '@reroot/shared/pki';
import {
  holdersOf,
  type KnownCertificates,
  knowCertificates,
  type PlacedCertificate,
  publicKeySha256,
  signerOf,
} from './known-certificates.ts';
import { describeCrl, type InspectedCrl } from './pki-crl-report.ts';
import { objectName, type PkiInput } from './pki-input.ts';
import { alternativeNameText, keyFactsText, keyText, shownName } from './pki-wording.ts';

/** What `reroot pki inspect` says: the document of `-o json`. Never holds a private key, nor a hash of one. */
export interface InspectReport {
  readonly texts: readonly InspectedText[];
}

/** A PEM text: a file, or a value of a Secret or ConfigMap. */
export interface InspectedText {
  readonly file: string;
  /** As `Secret istio-system/cacerts`; left out where the file is the text. */
  readonly object?: string;
  /** Its name in the object. */
  readonly name?: string;
  /** Lower-case hex SHA-256 of the exact bytes, by which bundles are compared; left out where there is a private key. */
  readonly sha256?: string;
  readonly blocks: readonly InspectedBlock[];
}

/** A block of it. */
export type InspectedBlock = { readonly position: number; readonly line: number; readonly label: string } & (
  | ({ readonly kind: 'certificate' } & InspectedCertificate)
  | ({ readonly kind: 'request' } & InspectedRequest)
  | ({ readonly kind: 'crl' } & InspectedCrl)
  | {
      readonly kind: 'private-key' | 'public-key';
      readonly key: string;
      readonly publicKeySha256: string;
      readonly belongsTo: readonly string[];
    }
  | { readonly kind: 'encrypted-key' | 'other' }
  | { readonly kind: 'unreadable' | 'damaged'; readonly problem: string }
);

interface InspectedRequest {
  readonly subject: string;
  readonly key: string;
  readonly signatureAlgorithm: string;
  readonly names: readonly string[];
  /** Whether it asks for a CA. */
  readonly ca: boolean;
  /** Whether its signature shows that the sender has the key; unproven where reroot does not take the request. */
  readonly possession: 'proven' | 'unproven';
  /** Why reroot does not take it. */
  readonly problem?: string;
}

export interface InspectedCertificate {
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: string;
  readonly publicKeySha256: string;
  readonly signatureAlgorithm: string;
  readonly ca: boolean;
  readonly pathLength?: number;
  readonly keyUsage?: readonly string[];
  readonly extendedKeyUsage?: readonly string[];
  readonly names: readonly string[];
  /** `self`, where the same key is told of, or `unknown`: by none of the certificates that were given. */
  readonly signedBy: string;
  /** The first block with the same DER, where that is an earlier one. */
  readonly sameAs?: string;
}

/** Reads all that is given, and sees who signed whom. */
export function inspect(inputs: readonly PkiInput[]): InspectReport {
  const texts = inputs.flatMap(textsOf).map((text) => ({ ...text, items: readPem(text.text) }));
  const known = knowCertificates(texts.flatMap(placedIn));
  return {
    texts: texts
      .filter(({ items }) => items.length > 0)
      .map(({ text, items, ...where }) => ({
        ...where,
        ...(items.some(({ kind, label }) => kind !== 'certificate' && /PRIVATE/.test(label)) ? {} : { sha256: sha256Hex(text) }),
        blocks: items.map((item) => describeItem(item, known)),
      })),
  };
}

interface NamedText {
  readonly file: string;
  readonly object?: string;
  readonly name?: string;
  readonly text: string;
}

function textsOf(input: PkiInput): readonly NamedText[] {
  const { file } = input;
  if (input.kind === 'pem') return [{ file, text: input.text }];
  return input.objects.flatMap((object) =>
    Object.entries(object.files).map(([name, text]) => ({ file, object: objectName(object), name, text })),
  );
}

function placeOf({ file, object, name }: Omit<NamedText, 'text'>, { position }: PemItem): string {
  return `${[file, object, name].filter((part) => part !== undefined).join(' · ')}, block ${position}`;
}

function placedIn({ items, ...where }: NamedText & { readonly items: readonly PemItem[] }): readonly PlacedCertificate[] {
  return items.flatMap((item) =>
    item.kind === 'certificate' ? [{ item, certificate: item.certificate, place: placeOf(where, item) }] : [],
  );
}

function describeItem(item: PemItem, known: KnownCertificates): InspectedBlock {
  const { position, line, label } = item;
  const where = { position, line, label };
  switch (item.kind) {
    case 'certificate':
      return { ...where, kind: 'certificate', ...describeCertificate(item, item.certificate, known) };
    case 'request':
      return { ...where, kind: 'request', ...describeRequest(item.facts), possession: 'proven' };
    case 'refused-request':
      return { ...where, kind: 'request', ...describeRequest(item.facts), possession: 'unproven', problem: item.problem };
    case 'crl':
      return { ...where, ...describeCrl(item.der, known) };
    case 'private-key':
    case 'public-key': {
      const { kind, publicKey } = item;
      const facts = {
        key: keyText(publicKey),
        publicKeySha256: publicKeySha256(publicKey),
        belongsTo: holdersOf(publicKey, known),
      };
      return { ...where, kind, ...facts };
    }
    case 'unreadable':
    case 'damaged':
      return { ...where, kind: item.kind, problem: item.problem };
    default:
      return { ...where, kind: item.kind };
  }
}

type RequestFacts = Extract<PemItem, { readonly kind: 'request' }>['facts'];

function describeRequest(facts: RequestFacts): Omit<InspectedRequest, 'possession' | 'problem'> {
  const { subjectDer, key, signatureAlgorithm, alternativeNames, claimsCa } = facts;
  return {
    subject: shownName(subjectDer),
    key: keyFactsText(key),
    signatureAlgorithm,
    names: alternativeNames.map(alternativeNameText),
    ca: claimsCa,
  };
}

function describeCertificate(item: PemItem, certificate: Certificate, known: KnownCertificates): InspectedCertificate {
  const { subjectKeyId, authorityKeyId, pathLength, keyUsage, extendedKeyUsage } = certificate;
  const first = known.byFingerprint.get(certificate.fingerprint);
  return {
    fingerprint: certificate.fingerprint,
    subject: certificate.subject,
    issuer: certificate.issuer,
    serial: certificate.serial,
    ...(subjectKeyId === undefined ? {} : { subjectKeyId }),
    ...(authorityKeyId === undefined ? {} : { authorityKeyId }),
    notBefore: new Date(certificate.notBeforeMs).toISOString(),
    notAfter: new Date(certificate.notAfterMs).toISOString(),
    key: keyText(certificate.publicKey),
    publicKeySha256: publicKeySha256(certificate.publicKey),
    signatureAlgorithm: certificate.signatureAlgorithm,
    ca: certificate.claimsCa,
    ...(pathLength === undefined ? {} : { pathLength }),
    ...(keyUsage === undefined ? {} : { keyUsage }),
    ...(extendedKeyUsage === undefined ? {} : { extendedKeyUsage }),
    names: certificate.alternativeNames.map(alternativeNameText),
    signedBy: signerOf(certificate, known),
    ...(first === undefined || first.item === item ? {} : { sameAs: first.place }),
  };
}
