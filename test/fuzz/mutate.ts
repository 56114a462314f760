import type { Random } from '@reroot/simulator/random';

/** Values that length fields, counters and type bytes of formats go wrong at. */
const oddBytes = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x30, 0x0a, 0x2d, 0x22, 0x7b] as const;

/** Larger inputs are refused by their size alone, which needs one test and not thousands. */
const maxBytes = 65_536;

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

/** One to six changes of a seed: near enough to what is valid that readers come far before they notice. */
export function mutate(seed: Uint8Array, random: Random, others: readonly Uint8Array[]): Uint8Array {
  let output: Buffer = Buffer.from(seed);
  const count = 1 + below(6, random);
  for (let done = 0; done < count; done += 1) {
    output = (random.pick(changes) ?? ((same: Buffer) => same))(output, random, others);
  }
  return output.subarray(0, maxBytes);
}

function placeIn(input: Uint8Array, random: Random): number {
  return below(Math.max(1, input.length), random);
}

function below(limit: number, random: Random): number {
  return Math.floor(random.next() * limit);
}
