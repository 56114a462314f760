const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const values = new Map(Array.from(alphabet, (letter, value) => [letter, value]));
const checksumBytes = 2;

/**
 * The bytes that a key of NATS is the text of, its prefix among them, without the checksum (nkeys, "Encoding": base32 without
 * padding, the last two bytes a CRC-16 of those before).
 * @returns undefined for any other text
 */
export function bytesOfNkey(text: string): Uint8Array | undefined {
  const raw = Buffer.alloc(Math.floor((text.length * 5) / 8));
  let [bits, held, at] = [0, 0, 0];
  for (const letter of text) {
    const value = values.get(letter);
    if (value === undefined) return undefined;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    raw[at] = (held >> bits) & 0xff;
    at += 1;
  }
  // Another letter at the end could stand for the same bytes.
  if (raw.length <= checksumBytes || (held & ((1 << bits) - 1)) !== 0) return undefined;
  const body = raw.subarray(0, -checksumBytes);
  return crc16(body) === raw.readUInt16LE(body.length) ? body : undefined;
}

/** The text of a key of NATS. @param prefix says what it is the key of */
export function textOfNkey(prefix: number, key: Uint8Array): string {
  const body = Buffer.concat([Buffer.from([prefix]), key]);
  const checksum = Buffer.alloc(checksumBytes);
  checksum.writeUInt16LE(crc16(body));
  let [text, bits, held] = ['', 0, 0];
  for (const byte of Buffer.concat([body, checksum])) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet.charAt((held >> (bits - 5)) & 31);
  }
  return bits === 0 ? text : text + alphabet.charAt((held << (5 - bits)) & 31);
}

/** CRC-16/XMODEM. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
    crc &= 0xffff;
  }
  return crc;
}
