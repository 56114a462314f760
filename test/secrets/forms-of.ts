import { createPrivateKey } from 'node:crypto';

/** One way in which a secret may be written down. */
export interface Form {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Bytes as they are, in hexadecimal digits, and in base64 wherever they stand in what is encoded. */
export function formsOfBytes(raw: Uint8Array): readonly Form[] {
  const bytes = Buffer.from(raw);
  const hex = bytes.toString('hex');
  return [
    { name: 'its bytes', bytes },
    ...spellings('hex', hex),
    ...spellings('hex', hex.toUpperCase()),
    ...base64TextsOf(bytes).flatMap((text) => spellings('base64', text)),
  ];
}

/** A text as it is, as a URL has it, and all that its bytes may look like. */
export function formsOfText(text: string): readonly Form[] {
  return [...spellings('its text', text), ...formsOfBytes(Buffer.from(text))];
}

/**
 * The private half of a key, and no byte of what is public: in PEM, in DER, as a JWK has it, and where a whole PEM was encoded
 * once more, as in a Secret of Kubernetes.
 * @param pem PKCS#8 of an Ed25519 or an EC key
 */
export function formsOfKey(pem: string): readonly Form[] {
  const { d } = createPrivateKey(pem).export({ format: 'jwk' });
  if (d === undefined) throw new Error('only Ed25519 and EC keys have one private number');
  const bytes = Buffer.from(d, 'base64url');
  const inPem = base64TextsOf(bytes).flatMap((text) => base64TextsOf(Buffer.from(text)));
  return [...formsOfBytes(bytes), ...inPem.flatMap((text) => spellings('base64 of its PEM', text))];
}

/** An nkey's seed: its text, and the 32 bytes that it stands for (two of a prefix are before them, two of a checksum after). */
export function formsOfSeed(seed: string): readonly Form[] {
  return [...formsOfText(seed), ...formsOfBytes(bytesOfBase32(seed).subarray(2, 34))];
}

/** A token whose random part is in base64url: its text, and the bytes of that part. */
export function formsOfToken(prefix: string, token: string): readonly Form[] {
  return [...formsOfText(token), ...formsOfBytes(Buffer.from(token.slice(prefix.length), 'base64url'))];
}

/**
 * What base64 of anything that holds these bytes is sure to hold, one text for each place modulo three: of a character that
 * neighbours have a part in nothing is known.
 */
function base64TextsOf(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
}

/** A text, and what becomes of it where some characters must not stand. */
function spellings(name: string, text: string): readonly Form[] {
  const inUrl = { name: `${name}, for a URL`, text: encodeURIComponent(text) };
  const urlSafe = { name: `${name}url`, text: text.replaceAll('+', '-').replaceAll('/', '_') };
  const others = [inUrl, ...(name.startsWith('base64') ? [urlSafe] : [])].filter((each) => each.text !== text);
  return [{ name, text }, ...others].map((each) => ({ name: each.name, bytes: Buffer.from(each.text) }));
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 §6, without padding. */
function bytesOfBase32(text: string): Buffer {
  const bits = [...text].map((char) => base32.indexOf(char).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
