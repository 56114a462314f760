const lengthBytes = 8;

/** Every part with its length before it, 8 bytes big-endian, so that no two different lists of parts give the same bytes. */
export function joinParts(parts: readonly (string | number | Uint8Array)[]): Uint8Array {
  // Into one piece of memory: mgmt does this for each message of each cluster, and a piece for each part costs as much as a hash.
  const joined = Buffer.allocUnsafe(parts.reduce<number>((sum, part) => sum + lengthBytes + lengthOf(part), 0));
  let at = 0;
  for (const part of parts) {
    const length = lengthOf(part);
    at = joined.writeBigUInt64BE(BigInt(length), at);
    at = typeof part === 'number' ? joined.writeBigUInt64BE(BigInt(part), at) : writeBytes(joined, part, at, length);
  }
  return joined;
}

function lengthOf(part: string | number | Uint8Array): number {
  if (typeof part === 'string') return Buffer.byteLength(part, 'utf8');
  return typeof part === 'number' ? lengthBytes : part.length;
}

function writeBytes(joined: Buffer, part: string | Uint8Array, at: number, length: number): number {
  if (typeof part === 'string') joined.write(part, at, 'utf8');
  else joined.set(part, at);
  return at + length;
}
