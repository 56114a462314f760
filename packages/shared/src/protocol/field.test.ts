import { describe, expect, it } from 'vitest';
import { readCode, readName, readProse, readShort, readText } from './field.ts';
import { requireName } from './name.ts';
import { quoteText } from './quote-text.ts';
import { parseSubject } from './subject.ts';

/** What a terminal obeys, and what turns the direction of writing. */
const nasty: readonly [string, string][] = [
  ['an escape', '\u001b'],
  ['the 8-bit form of an escape sequence', '\u009b'],
  ['a bell', '\u0007'],
  ['a line feed', '\n'],
  ['a carriage return', '\r'],
  ['a tab', '\t'],
  ['a NUL', '\0'],
  ['a delete', '\u007f'],
  ['a line separator', '\u2028'],
  ['a change of direction', '\u202e'],
  ['an isolated change of direction', '\u2067'],
];

const printable = /^[^\p{C}\p{Zl}\p{Zp}]*$/u;

describe('a text of the other side', () => {
  it.each(nasty)('with %s is refused where it is a name, and the refusal is fit to be shown', (_, char) => {
    for (const read of [readText, readShort, readName, readCode]) {
      expect(() => read('a.field', `east${char}`)).toThrow(
        expect.objectContaining({ code: 'RR_PROTOCOL_MALFORMED', message: expect.stringMatching(printable) as string }) as Error,
      );
    }
  });

  it.each(nasty)('with %s is made fit to be shown where people are told something', (_, char) => {
    expect(readProse(`what${char}${char}has happened`)).toBe('what has happened');
  });

  it('stays as it is in any script', () => {
    const text = 'Müller & Söhne, 株式会社, עברית, می\u200cخواهم, 👩\u200d🚀';
    expect([readText('a.field', text), readProse(text)]).toEqual([text, text]);
  });

  it('is cut where people are told something, and not within a character', () => {
    expect(readProse('x'.repeat(4_096))).toHaveLength(4_096);
    const cut = readProse(`${'x'.repeat(4_094)}🚀🚀`);
    expect(cut).toHaveLength(4_096);
    expect(cut.endsWith('x\ufffd…')).toBe(true);
  });
});

describe('what is quoted in an error', () => {
  it.each(nasty)('holds no %s', (_, char) => {
    expect(quoteText(`east${char}`)).toMatch(printable);
    for (const refuse of [() => requireName('cluster', char), () => parseSubject(`reroot.v1.demo.${char}.report`)]) {
      expect(refuse).toThrow(expect.objectContaining({ message: expect.stringMatching(printable) as string }) as Error);
    }
  });

  it('is cut', () => {
    expect(quoteText('x'.repeat(1_000))).toBe(`"${'x'.repeat(80)}"`);
    expect(quoteText(`${'x'.repeat(79)}🚀`)).toBe(`"${'x'.repeat(79)}\\ud83d"`);
  });
});
