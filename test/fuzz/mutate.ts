import type { Random } from '@reroot/simulator/random';

/** Values that length fields, counters and type bytes of formats go wrong at. */
const oddBytes = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x30, 0x0a, 0x2d, 0x22, 0x7b] as const;

/** How seldom an input is made large: these cost a thousand times what others do. */
const growsOneIn = 300;

/** What is made large has this many bytes at least. */
const grownBytes = 1_024;

type Change = (input: Buffer, random: Random, others: readonly Uint8Array[]) => Buffer;

/** Each makes one change; an input gets a few of them, one after the other. */
const changes: readonly Change[] = [
  function flipBit(input, random) {
    const output = Buffer.from(input);
    const at = placeIn(input, random);
    output[at] = (output[at] ?? 0) ^ (1 << below(8, random));
    return output;
  },
  function setByte(input, random) {
    const output = Buffer.from(input);
    output[placeIn(input, random)] = random.next() < 0.5 ? below(256, random) : (random.pick(oddBytes) ?? 0);
    return output;
  },
  function cut(input, random) {
    return input.subarray(0, placeIn(input, random));
  },
  function removePart(input, random) {
    const from = placeIn(input, random);
    return Buffer.concat([input.subarray(0, from), input.subarray(from + 1 + below(16, random))]);
  },
  function repeatPart(input, random) {
    const from = placeIn(input, random);
    const part = input.subarray(from, from + 1 + below(64, random));
    const times = 1 + below(random.next() < 0.05 ? 200 : 4, random);
    return Buffer.concat([input.subarray(0, from), ...Array.from({ length: times }, () => part), input.subarray(from)]);
  },
  function insertNoise(input, random) {
    const at = placeIn(input, random);
    const noise = Buffer.from(Array.from({ length: 1 + below(12, random) }, () => below(256, random)));
    return Buffer.concat([input.subarray(0, at), noise, input.subarray(at)]);
  },
  function spliceOther(input, random, others) {
    const other = random.pick(others) ?? input;
    const [from, to] = [placeIn(input, random), below(other.length + 1, random)];
    return Buffer.concat([input.subarray(0, from), other.subarray(to)]);
  },
  function setLargeNumber(input, random) {
    const at = placeIn(input, random);
    const number = Buffer.alloc(1 + below(8, random), random.next() < 0.5 ? 0xff : 0x80);
    return Buffer.concat([input.subarray(0, at), number, input.subarray(at + number.length)]);
  },
];

/** What an input is made with. */
export interface MutateOptions {
  readonly random: Random;
  /** What parts of other valid inputs are taken from. */
  readonly others: readonly Uint8Array[];
  /** The reader's own limit. */
  readonly maxBytes: number;
}

/**
 * One to six changes of a seed: near enough to what is valid that readers come far before they notice. Seldom it is made large
 * first, up to all that the reader takes: a reader whose time grows with the square of its input shows nothing in small ones.
 */
export function mutate(seed: Uint8Array, { random, others, maxBytes }: MutateOptions): Uint8Array {
  let output: Buffer = Buffer.from(seed);
  if (below(growsOneIn, random) === 0) output = grow(output, random, maxBytes);
  const count = 1 + below(6, random);
  for (let done = 0; done < count; done += 1) {
    output = (random.pick(changes) ?? ((same: Buffer) => same))(output, random, others);
  }
  return output.subarray(0, maxBytes);
}

/** Repeats a line or a word, with a number in each repetition, so that keys and names stay different from each other. */
function grow(input: Buffer, random: Random, maxBytes: number): Buffer {
  const text = input.toString('latin1');
  const at = placeIn(input, random);
  const [from, to] = partAt(text, at, random.next() < 0.5 ? /\n/ : /[\s,{[]/);
  const part = text.slice(from, to);
  const wordEnd = /[a-z]\w*/i.exec(part);
  const split = wordEnd === null ? part.length : wordEnd.index + wordEnd[0].length;
  const [before, after] = [part.slice(0, split), part.slice(split)];
  // As many of a kilobyte as of a mebibyte: the largest ones cost most of the time.
  const wantedBytes = Math.min(maxBytes - input.length, 2 ** random.between(Math.log2(grownBytes), Math.log2(maxBytes)));
  const pieces: string[] = [];
  for (let bytes = 0; bytes < wantedBytes; bytes += pieces.at(-1)?.length ?? 1) {
    pieces.push(wordEnd === null ? `${part}\0` : `${before}${pieces.length}${after}`);
  }
  return Buffer.from(`${text.slice(0, from)}${pieces.join('')}${text.slice(from)}`, 'latin1');
}

/** The part around a place between two that end one; it holds the end of its own. */
function partAt(text: string, at: number, end: RegExp): readonly [from: number, to: number] {
  let [from, to] = [at, at];
  while (from > 0 && !end.test(text.charAt(from - 1))) from -= 1;
  while (to < text.length && !end.test(text.charAt(to))) to += 1;
  return [from, to + 1];
}

function placeIn(input: Uint8Array, random: Random): number {
  return below(Math.max(1, input.length), random);
}

function below(limit: number, random: Random): number {
  return Math.floor(random.next() * limit);
}
