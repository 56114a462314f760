import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childrenOf, dottedOf, elementOf, elementsOf } from './der-reader.ts';
import { element, oid } from './testing/corpus/der-writer.ts';

describe('the reader of DER', () => {
  it('finds what was written, without copying it', () => {
    const contents = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 });
    fc.assert(
      fc.property(contents, (parts) => {
        const der = element(0x30, ...parts.map((part) => element(0x04, part)));
        const children = childrenOf(elementOf(der));
        expect(children.map(({ content }) => [...content])).toEqual(parts.map((part) => [...part]));
        expect(children.every(({ tag, whole }) => tag === 0x04 && whole.buffer === der.buffer)).toBe(true);
      }),
    );
  });

  it('reads a length of two bytes', () => {
    expect(elementOf(element(0x04, Buffer.alloc(70_000))).content).toHaveLength(70_000);
  });

  it.each([
    ['it ends after the tag', [0x04]],
    ['it is shorter than it says', [0x04, 2, 0]],
    ['its length is cut', [0x04, 0x82, 1]],
    ['its length is indefinite', [0x24, 0x80, 0, 0]],
    ['its length has a shorter form', [0x04, 0x81, 1, 0]],
    ['its length begins with zero', [0x04, 0x82, 0, 0x80, ...Array.from({ length: 128 }, () => 0)]],
    ['its length has more bytes than anything has', [0x04, 0x85, 1, 0, 0, 0, 0]],
    ['its tag has more than one byte', [0x1f, 0x1f, 0]],
  ])('refuses what is not DER: %s', (_, bytes) => {
    expect(() => elementsOf(Buffer.from(bytes))).toThrow('it is not DER');
  });

  it('refuses more than one element where one is wanted, and none', () => {
    expect(() => elementOf(Buffer.of(0x05, 0, 0x05, 0))).toThrow('2 elements');
    expect(() => elementOf(Buffer.of())).toThrow('0 elements');
  });

  it.each(['2.5.29.15', '1.2.840.113549.1.1.11', '0.9.2342.19200300.100.1.25', '2.16.840.1.101.3.4.2.1'])(
    'reads the object identifier %s',
    (dotted) => {
      expect(dottedOf(elementOf(oid(dotted)).content)).toBe(dotted);
    },
  );
});
