import { hash } from 'node:crypto';

/** Number and wire type of `Report.taken_at_ms` (proto/reroot/v1/agent.proto): the third field, a varint. */
const takenAtTag = (3 << 3) | 0;

/**
 * Names a report by all that it says but when it was taken: two that can be read and have the same digest, a SHA-256 in base64, say the same,
 * that moment aside. Reports of the same content may have different digests, for a sender may order the fields as it likes.
 * @param body protobuf bytes of a Report, whether they can be read or not
 */
export function digestReport(body: Uint8Array): string {
  const [from, to] = findTakenAt(body);
  const rest = Buffer.allocUnsafe(body.length - (to - from));
  rest.set(body.subarray(0, from));
  rest.set(body.subarray(to), from);
  return hash('sha256', rest, 'base64');
}

/** Where the field lies; nothing, at the end, where it is not among the numbers that the body begins with. */
function findTakenAt(body: Uint8Array): readonly [from: number, to: number] {
  let at = 0;
  for (;;) {
    const tag = body[at];
    // The fields that come before it are numbers with one-byte tags, too.
    if (tag === undefined || tag > takenAtTag || (tag & 7) !== 0) return [body.length, body.length];
    let end = at + 1;
    while ((body[end] ?? 0) >= 0x80) end += 1;
    end = Math.min(end + 1, body.length);
    if (tag === takenAtTag) return [at, end];
    at = end;
  }
}
