import { constants, createHash, type KeyObject, sign } from 'node:crypto';
import { bits, booleanTrue, element, integer, octets, oid, sequence, time } from './der-writer.ts';
import type { Extension } from './extensions.ts';

/** A key of the corpus. */
export interface CorpusKey {
  readonly kind: 'RSA' | 'P-256' | 'P-384' | 'Ed25519';
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
  readonly keyId: Uint8Array;
}

export type SignatureKind = keyof typeof signatures;

/** A certificate to make, with every part as it is wished, however wrong. */
export interface Draft {
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly key: CorpusKey;
  readonly issuerKey: CorpusKey;
  readonly serial: number;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly extensions: readonly Extension[];
  /** 3 where it is left out; the others have no extensions. */
  readonly version?: 1;
  /** What goes with the issuer's key where it is left out. */
  readonly signature?: SignatureKind;
  /** Another algorithm inside the signed part than outside. */
  readonly innerSignature?: SignatureKind;
  /** What is done to the signed bytes. */
  readonly spoil?: (der: Buffer) => Buffer;
}

const nullValue = element(0x05);
const pssPadding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
const sha256Identifier = sequence(oid('2.16.840.1.101.3.4.2.1'), nullValue);
const pssParameters = sequence(
  element(0xa0, sha256Identifier),
  element(0xa1, sequence(oid('1.2.840.113549.1.1.8'), sha256Identifier)),
  element(0xa2, integer(32)),
);

const signatures = {
  'RSA-MD5': { identifier: sequence(oid('1.2.840.113549.1.1.4'), nullValue), hash: 'md5', padding: {} },
  'RSA-SHA1': { identifier: sequence(oid('1.2.840.113549.1.1.5'), nullValue), hash: 'sha1', padding: {} },
  'RSA-SHA256': { identifier: sequence(oid('1.2.840.113549.1.1.11'), nullValue), hash: 'sha256', padding: {} },
  'RSA-SHA512': { identifier: sequence(oid('1.2.840.113549.1.1.13'), nullValue), hash: 'sha512', padding: {} },
  'RSA-PSS': { identifier: sequence(oid('1.2.840.113549.1.1.10'), pssParameters), hash: 'sha256', padding: pssPadding },
  'ECDSA-SHA1': { identifier: sequence(oid('1.2.840.10045.4.1')), hash: 'sha1', padding: {} },
  'ECDSA-SHA256': { identifier: sequence(oid('1.2.840.10045.4.3.2')), hash: 'sha256', padding: {} },
  'ECDSA-SHA384': { identifier: sequence(oid('1.2.840.10045.4.3.3')), hash: 'sha384', padding: {} },
  'ECDSA-SHA512': { identifier: sequence(oid('1.2.840.10045.4.3.4')), hash: 'sha512', padding: {} },
  Ed25519: { identifier: sequence(oid('1.3.101.112')), hash: null, padding: {} },
} as const;

const usualSignature = { RSA: 'RSA-SHA256', 'P-256': 'ECDSA-SHA256', 'P-384': 'ECDSA-SHA384', Ed25519: 'Ed25519' } as const;

export function corpusKey(
  kind: CorpusKey['kind'],
  { privateKey, publicKey }: Record<'privateKey' | 'publicKey', KeyObject>,
): CorpusKey {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { kind, privateKey, spki, keyId: createHash('sha256').update(spki).digest().subarray(0, 20) };
}

/** A name of one CN. @param stringTag 0x0c UTF8String, 0x13 PrintableString */
export function commonName(text: string, stringTag = 0x0c): Buffer {
  return sequence(element(0x31, sequence(oid('2.5.4.3'), element(stringTag, Buffer.from(text)))));
}

/** Signs a draft and gives its DER. */
export function make(draft: Draft): Buffer {
  const kind = draft.signature ?? usualSignature[draft.issuerKey.kind];
  const { identifier, hash, padding } = signatures[kind];
  const tbs = tbsOf(draft, signatures[draft.innerSignature ?? kind].identifier);
  const signature = sign(hash, tbs, { key: draft.issuerKey.privateKey, ...padding });
  const der = sequence(tbs, identifier, bits(signature));
  return draft.spoil === undefined ? der : draft.spoil(der);
}

function tbsOf(draft: Draft, algorithm: Uint8Array): Buffer {
  const extensions = element(0xa3, sequence(...draft.extensions.map(extensionOf)));
  return sequence(
    ...(draft.version === 1 ? [] : [element(0xa0, integer(2))]),
    integer(draft.serial),
    algorithm,
    draft.issuer,
    sequence(time(draft.notBeforeMs), time(draft.notAfterMs)),
    draft.subject,
    draft.key.spki,
    ...(draft.version === 1 ? [] : [extensions]),
  );
}

function extensionOf({ oid: dotted, critical, value }: Extension): Buffer {
  return sequence(oid(dotted), ...(critical ? [booleanTrue] : []), octets(value));
}
