import type { KeyObject } from 'node:crypto';
import { type Certificate, nameText, type PemItem, readPem, sha256Hex } from '@reroot/shared/pki';
import { objectName, type PkiInput } from './pki-input.ts';

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
  | {
      readonly kind: 'request';
      readonly subject: string;
      readonly key: string;
      readonly names: readonly string[];
      readonly possession: 'proven';
    }
  | {
      readonly kind: 'private-key' | 'public-key';
      readonly key: string;
      readonly publicKeySha256: string;
      readonly belongsTo: readonly string[];
    }
  | { readonly kind: 'encrypted-key' | 'other' | 'crl' }
  | { readonly kind: 'unreadable' | 'damaged'; readonly problem: string }
);

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

/** A certificate, and where it stands first. */
interface Placed {
  readonly item: PemItem;
  readonly certificate: Certificate;
  readonly place: string;
}

/** All certificates that are given, each once: a cluster has thousands of copies of a few. */
interface Known {
  readonly byFingerprint: ReadonlyMap<string, Placed>;
  readonly signers: Map<string, string>;
}

/** Reads all that is given, and sees who signed whom. */
export function inspect(inputs: readonly PkiInput[]): InspectReport {
  const texts = inputs.flatMap(textsOf).map((text) => ({ ...text, items: readPem(text.text) }));
  const known: Known = { byFingerprint: new Map(texts.flatMap(placedIn).toReversed()), signers: new Map() };
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

/** The last of several with one key stays in a map, so whoever makes it begins at the end. */
function placedIn({
  items,
  ...where
}: NamedText & { readonly items: readonly PemItem[] }): readonly (readonly [string, Placed])[] {
  return items.flatMap((item) => {
    if (item.kind !== 'certificate') return [];
    const { certificate } = item;
    return [[certificate.fingerprint, { item, certificate, place: placeOf(where, item) }] as const];
  });
}

function describeItem(item: PemItem, known: Known): InspectedBlock {
  const { position, line, label } = item;
  const where = { position, line, label };
  switch (item.kind) {
    case 'certificate':
      return { ...where, kind: 'certificate', ...describeCertificate(item, item.certificate, known) };
    case 'request': {
      const { subjectDer, publicKey, uris } = item.request;
      return {
        ...where,
        kind: 'request',
        subject: nameText(subjectDer),
        key: keyText(publicKey),
        names: uris.map((uri) => `uri:${uri}`),
        possession: 'proven',
      };
    }
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

function describeCertificate(item: PemItem, certificate: Certificate, known: Known): InspectedCertificate {
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
    names: certificate.alternativeNames.map(({ kind, value }) => `${kind}:${value}`),
    signedBy: signerOf(certificate, known),
    ...(first === undefined || first.item === item ? {} : { sameAs: first.place }),
  };
}

function signerOf(certificate: Certificate, { byFingerprint, signers }: Known): string {
  const found = signers.get(certificate.fingerprint) ?? findSigner(certificate, [...byFingerprint.values()]);
  signers.set(certificate.fingerprint, found);
  return found;
}

function findSigner(certificate: Certificate, all: readonly Placed[]): string {
  const isIssuer = (other: Certificate): boolean =>
    Buffer.compare(certificate.issuerDer, other.subjectDer) === 0 && certificate.x509.verify(other.publicKey);
  if (isIssuer(certificate)) return 'self';
  // Those that were given first, first: the map is made from the end.
  return all.toReversed().find((other) => isIssuer(other.certificate))?.place ?? 'unknown';
}

function holdersOf(key: KeyObject, { byFingerprint }: Known): readonly string[] {
  return [...byFingerprint.values()]
    .toReversed()
    .filter(({ certificate }) => certificate.publicKey.equals(key))
    .map(({ place }) => place);
}

function publicKeySha256(key: KeyObject): string {
  return sha256Hex(key.export({ type: 'spki', format: 'der' }));
}

/** Kind and size, as `RSA 4096` or `EC P-256`. */
function keyText(key: KeyObject): string {
  const { modulusLength, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  const curves: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };
  const size = modulusLength ?? curves[namedCurve] ?? namedCurve;
  return `${(key.asymmetricKeyType ?? 'unknown').toUpperCase()} ${size}`.trim();
}
