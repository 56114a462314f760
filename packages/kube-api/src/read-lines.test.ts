import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineError, readLines } from './read-lines.ts';

async function* chunksOf(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    yield bytes.subarray(from, cut);
    from = cut;
  }
}

async function collect(text: string, maxBytes: number, cuts: readonly number[] = []): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(chunksOf(Buffer.from(text), cuts), maxBytes)) lines.push(line);
  return lines;
}

describe('the lines of a stream', () => {
  it('are the same however the stream is cut, inside a character too', async () => {
    const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\n') && text.trim() !== '');
    const scenario = fc.array(line, { maxLength: 5 }).chain((lines) => {
      const { length } = Buffer.from(`${lines.join('\n')}\n`);
      return fc.tuple(fc.constant(lines), fc.array(fc.nat(length), { maxLength: 8 }));
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ([lines, cuts]) => {
        const text = lines.map((each) => `${each}\n`).join('');
        expect(
          await collect(
            text,
            10_000,
            cuts.toSorted((a, b) => a - b),
          ),
        ).toEqual(lines);
      }),
    );
  });

  it('are refused when one is too long, even before its end has come', async () => {
    expect(await collect(`${'a'.repeat(10)}\n${'b'.repeat(10)}\n`, 10)).toHaveLength(2);
    await expect(collect('a'.repeat(11), 10, [5])).rejects.toThrow(LineError);
  });

  it('are refused when the stream ends within one', async () => {
    await expect(collect('{"type":"ADDED"}\n{"type":', 100)).rejects.toThrow('ends within a line');
  });
});
