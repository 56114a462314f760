import { createHash } from 'node:crypto';
import { settledMemoryBytes } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessTargets } from './access-targets.ts';
import { certificateTargets } from './certificate-targets.ts';
import { documentTargets } from './document-targets.ts';
import { cpuMs, fuzz, inputOf, largeHangMs, leastTimeOf, readOnce } from './fuzz.ts';
import { httpTargets } from './http-targets.ts';
import { messageTargets } from './message-targets.ts';
import { type Served, serve } from './serve.ts';
import type { FuzzTarget } from './target.ts';
import { websocketTargets } from './websocket-targets.ts';

/** How many inputs all readers get together: `./dev test --fuzz` asks for a million and takes another seed. */
const inputs = Number(process.env['REROOT_FUZZ'] ?? 50_000);
const seed = Number(process.env['REROOT_FUZZ_SEED'] ?? 1);

/** What a reader may leave behind beyond what the test run itself gathers. */
const mostLeftBytes = 16 * 2 ** 20;

/** So many inputs, and some must be taken where that is possible. */
const enoughInputs = 200;

/** SHA-256 over all seeds, and the first inputs of each reader from seed 1: who changes either, changes this. */
const hashOfInputs = '5a4220e7f025bbe4d2289eb1b075927eec5c572b1140d515b65c36ec2fb87b43';

const stops: (() => unknown)[] = [];
let served: Served | undefined;

function requireServed(): Served {
  if (served === undefined) throw new Error('mgmt did not start');
  return served;
}

const overHttp = [httpTargets, websocketTargets, accessTargets].flatMap((of) => of(requireServed));
const readers = [...messageTargets(), ...certificateTargets(), ...documentTargets(), ...overHttp];
const byName = readers.map((target) => [target.name, target] as const);
const total = readers.reduce((sum, { weight }) => sum + weight, 0);

beforeAll(async () => {
  served = await serve(stops);
});

afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

async function expectSound(target: FuzzTarget): Promise<void> {
  const count = Math.ceil((inputs * target.weight) / total);
  // What is made once, caches and compiled code, is no growth.
  await fuzz(target, { seed: seed + 1, count: Math.min(count, 200) });
  const beforeBytes = settledMemoryBytes();
  const run = await fuzz(target, { seed, count });
  expect(run.failures).toEqual([]);
  expect(run.inputs).toBe(count);
  // Inputs that are never refused are no test of a reader, and neither are such as are all refused at the first byte.
  if (target.damage === 'refuses') expect(run.refused).toBeGreaterThan(count / 50);
  else expect(run.taken).toBe(count);
  if (target.changedTaken === 'some' && count >= enoughInputs) expect(run.taken).toBeGreaterThan(0);
  expect(settledMemoryBytes() - beforeBytes).toBeLessThan(mostLeftBytes);
}

describe('what is valid gets as far as it must:', () => {
  it.each(byName)('%s', async (_, target) => {
    const outcomes: string[] = [];
    for (const valid of target.seeds) {
      const { outcome } = await readOnce(target, valid);
      outcomes.push(outcome.kind === 'refused' ? outcome.code : outcome.kind === 'broken' ? outcome.what : 'taken');
    }
    const { seedOutcome } = target;
    expect(outcomes).toEqual(typeof seedOutcome === 'string' ? target.seeds.map(() => seedOutcome) : seedOutcome);
  });
});

describe('whatever is sent, it is read or refused with a code, at once, and nothing stays behind:', () => {
  it.each(byName)('%s', async (_, target) => {
    await expectSound(target);
  });
});

describe('reads its largest inputs in time:', () => {
  const large = readers.flatMap((target) =>
    (target.largest ?? []).map((input) => [target.name, input.what, target, input] as const),
  );
  it.each(large)('%s: %s', async (_, what, target, { make }) => {
    const input = make();
    const { outcome, tookMs } = await readOnce(target, input);
    expect(outcome.kind === 'broken' ? outcome.what : '').toBe('');
    const settledMs = tookMs <= largeHangMs ? tookMs : await leastTimeOf(target, input);
    expect(settledMs, what).toBeLessThan(largeHangMs);
  });
});

describe('the fuzzer itself', () => {
  const [target] = messageTargets();
  if (target === undefined) throw new Error('there is no reader');

  it('makes the same input again from seed, reader and number, and another from each other one', () => {
    expect(inputOf(target, 1, 7)).toEqual(inputOf(target, 1, 7));
    expect(inputOf(target, 2, 7)).not.toEqual(inputOf(target, 1, 7));
    expect(inputOf({ ...target, name: 'another' }, 1, 7)).not.toEqual(inputOf(target, 1, 7));
  });

  it('makes the same inputs in each process', () => {
    const hash = createHash('sha256');
    for (const each of readers) {
      const first = Array.from({ length: 20 }, (_, index) => inputOf(each, 1, index));
      for (const bytes of [...each.seeds, ...first]) hash.update(`${each.name} ${bytes.length} `).update(bytes);
    }
    expect(hash.digest('hex')).toBe(hashOfInputs);
  });

  it('finds a reader that throws what has no code, one that rejects so, and one that takes its time', async () => {
    const broken = (read: FuzzTarget['read']): FuzzTarget => ({ ...target, read });
    const throwing = await fuzz(
      broken(() => JSON.parse('{')),
      { seed, count: 3 },
    );
    expect(throwing.failures[0]?.what).toContain('SyntaxError');
    const rejecting = await fuzz(
      broken(() => Promise.reject(new TypeError('x'))),
      { seed, count: 3 },
    );
    expect(rejecting.failures[0]?.what).toContain('TypeError');
    const slow = broken(() => {
      const endMs = cpuMs() + 60;
      while (cpuMs() < endMs);
    });
    expect((await fuzz(slow, { seed, count: 1 })).failures[0]?.what).toMatch(/^takes \d+ ms$/);
  });
});
