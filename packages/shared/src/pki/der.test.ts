import fc from 'fast-check';
import forge from 'node-forge';
import { describe, expect, it } from 'vitest';
import {
  bitString,
  booleanTrue,
  type Der,
  enumerated,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
  taggedBytes,
  time,
  utf8String,
} from './der.ts';
import { childrenOf, dottedOf, elementOf } from './der-reader.ts';

const { asn1 } = forge;
const readStrictly = asn1.fromDer as unknown as (der: string, options: Record<string, boolean>) => forge.asn1.Asn1;

/** What node-forge makes of the bytes, written by it again. */
function rewritten(der: Der): string {
  const binary = Buffer.from(der).toString('latin1');
  const tree = readStrictly(binary, { strict: true, parseAllBytes: true, decodeBitStrings: false });
  return Buffer.from(asn1.toDer(tree).getBytes(), 'latin1').toString('hex');
}

const hex = (der: Der): string => Buffer.from(der).toString('hex');
const bytes = fc.uint8Array({ maxLength: 70_000, size: 'max' });
const arcs = fc
  .tuple(fc.constantFrom(0, 1, 2), fc.nat({ max: 39 }), fc.array(fc.nat({ max: 2 ** 31 - 1 }), { maxLength: 6 }))
  .map(([first, second, others]) => [first, second, ...others].join('.'));

describe('what is written in DER', () => {
  it('is read by node-forge, strictly, and written the same by it', () => {
    const leaf = fc.oneof(
      bytes.map((content) => octetString(content)),
      bytes.map((content) => bitString(content)),
      fc.uint8Array({ minLength: 1, maxLength: 40 }).map(integer),
      fc.string({ unit: 'grapheme', maxLength: 300 }).map(utf8String),
      arcs.map(objectIdentifier),
      // Not 2: forge would take such a one for an INTEGER, whatever its class.
      bytes.map((content) => taggedBytes(6, content)),
      fc.nat({ max: 127 }).map(enumerated),
      fc.constant(booleanTrue()),
      fc.constant(nullValue()),
    );
    const tree = fc.letrec<{ node: Der }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('node'), { maxLength: 4 }).map((children) => sequence(...children)),
        fc.array(tie('node'), { maxLength: 4 }).map((children) => tagged(3, ...children)),
        tie('node').map(setOf),
      ),
    }));
    fc.assert(
      fc.property(tree.node, (der) => {
        expect(rewritten(der)).toBe(hex(der));
      }),
      { numRuns: 300 },
    );
  });

  it.each([0, 1, 127, 128, 255, 256, 65_535, 65_536, 20_000_000])('has the one shortest length for %i bytes', (length) => {
    const content = Buffer.alloc(length, 7);
    expect(Buffer.from(elementOf(octetString(content)).content).equals(content)).toBe(true);
  });

  it('has identifiers that are read as they were meant', () => {
    fc.assert(
      fc.property(arcs, (dotted) => {
        expect(dottedOf(elementOf(objectIdentifier(dotted)).content)).toBe(dotted);
        expect(asn1.derToOid(forge.util.createBuffer(Buffer.from(objectIdentifier(dotted)).subarray(2).toString('latin1')))).toBe(
          dotted,
        );
      }),
    );
  });

  it('has numbers that are not negative, in as few bytes as keep the sign', () => {
    expect([[0], [0, 0], [127], [128], [0, 0, 128, 1]].map((each) => hex(integer(Uint8Array.from(each))))).toEqual([
      '020100',
      '020100',
      '02017f',
      '02020080',
      '0203008001',
    ]);
  });

  it('has times to the second, with two digits of the year until 2049', () => {
    const text = (der: Der) => Buffer.from(elementOf(der).content).toString();
    expect(text(time(Date.UTC(2049, 11, 31, 23, 59, 59, 999)))).toBe('491231235959Z');
    expect(text(time(Date.UTC(2050, 0, 1)))).toBe('20500101000000Z');
  });

  it('keeps its parts in order', () => {
    const parts = [integer(Uint8Array.of(1)), utf8String('a'), nullValue()];
    expect(childrenOf(elementOf(sequence(...parts))).map(({ whole }) => hex(whole))).toEqual(parts.map(hex));
  });
});
