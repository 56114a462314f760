/** Every part with its length before it, 8 bytes big-endian, so that no two different lists of parts give the same bytes. */
export function joinParts(parts: readonly (string | number | Uint8Array)[]): Uint8Array {
  return Buffer.concat(parts.map(bytesOf).flatMap((part) => [bigEndian(part.length), part]));
}

function bytesOf(part: string | number | Uint8Array): Uint8Array {
  if (typeof part === 'string') return Buffer.from(part, 'utf8');
  return typeof part === 'number' ? bigEndian(part) : part;
}

function bigEndian(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
