/** One element of DER (X.690 §8.1): its identifier, and slices of the input. */
export interface Element {
  /** Class, form and number in one byte, as `0x30` for a SEQUENCE or `0xa3` for an explicit [3]. */
  readonly tag: number;
  readonly content: Uint8Array;
  /** Identifier, length and content. */
  readonly whole: Uint8Array;
}

/** Identifiers that are read here. */
export const tags = { boolean: 0x01, integer: 0x02, sequence: 0x30 } as const;

/**
 * Reads the elements that stand one after the other, without copying: what is compared or hashed must be the very bytes
 * that were signed, not another writing of them. Lengths have their one shortest form (X.690 §10.1).
 * @throws Error on what is not DER
 */
export function elementsOf(bytes: Uint8Array): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { start, end } = contentAt(bytes, at);
    found.push({ tag: bytes[at] ?? 0, content: bytes.subarray(start, end), whole: bytes.subarray(at, end) });
    at = end;
  }
  return found;
}

/** Reads the one element that the bytes are. @throws Error on what is not DER, or not one element */
export function elementOf(bytes: Uint8Array): Element {
  const [first, ...others] = elementsOf(bytes);
  if (first === undefined || others.length > 0) throw new Error(`${others.length + (first ? 1 : 0)} elements of DER, not one`);
  return first;
}

/** The elements inside an element; none where there is none. @throws Error on what is not DER */
export function childrenOf(element: Element | undefined): Element[] {
  return element === undefined ? [] : elementsOf(element.content);
}

/** The dotted form of an OBJECT IDENTIFIER's content (X.690 §8.19). */
export function dottedOf(content: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [both = 0, ...others] = arcs;
  const first = Math.min(2, Math.floor(both / 40));
  return [first, both - first * 40, ...others].join('.');
}

function contentAt(bytes: Uint8Array, at: number): { readonly start: number; readonly end: number } {
  const tag = bytes[at] ?? 0;
  const short = bytes[at + 1];
  if ((tag & 0x1f) === 0x1f || short === undefined) throw new Error('it is not DER');
  const lengthBytes = short < 0x80 ? 0 : short & 0x7f;
  const start = at + 2 + lengthBytes;
  const length = lengthBytes === 0 ? short : longLength(bytes.subarray(at + 2, start), lengthBytes);
  if (length === undefined || start + length > bytes.length) throw new Error('it is not DER');
  return { start, end: start + length };
}

/** Undefined for the indefinite form, and for a length that has a shorter form. */
function longLength(bytes: Uint8Array, lengthBytes: number): number | undefined {
  if (bytes.length !== lengthBytes || lengthBytes > 4) return undefined;
  const length = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return bytes[0] === 0 || length < 0x80 ? undefined : length;
}
