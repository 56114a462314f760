import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import { createRandom } from '@reroot/simulator/random';
import { type MutateOptions, mutate } from './mutate.ts';
import { mutateJson } from './mutate-json.ts';
import type { FuzzTarget } from './target.ts';

/** No ordinary input may keep the event loop for longer; larger ones are held to `largeHangMs`. */
const hangMs = 50;
const ordinaryBytes = 65_536;

/** What the largest input that a reader takes may cost. */
export const largeHangMs = 1_000;

/** How often an input that took long is read again: the machine may have been busy, a hang is there each time. */
const secondLooks = 5;

/** One input that a reader did not take as it must. */
export interface Failure {
  /** With the seed and the target it makes the same input again. */
  readonly index: number;
  readonly what: string;
  readonly inputBase64: string;
}

/** What came of a run. */
export interface FuzzRun {
  readonly inputs: number;
  /** How many were refused, and how many were read although they had been changed. */
  readonly refused: number;
  readonly taken: number;
  /** The first few. */
  readonly failures: readonly Failure[];
  readonly slowestMs: number;
}

const maxFailures = 5;

/** Gives a reader `count` inputs, the same ones for the same seed. */
export async function fuzz(
  target: FuzzTarget,
  { seed, count }: { readonly seed: number; readonly count: number },
): Promise<FuzzRun> {
  const failures: Failure[] = [];
  let [refused, taken, slowestMs] = [0, 0, 0];
  for (let index = 0; index < count && failures.length < maxFailures; index += 1) {
    const input = inputOf(target, seed, index);
    const { outcome, tookMs } = await readOnce(target, input);
    if (outcome.kind === 'refused') refused += 1;
    if (outcome.kind === 'taken') taken += 1;
    const mostMs = input.length > ordinaryBytes ? largeHangMs : hangMs;
    const settledMs = tookMs <= mostMs ? tookMs : await leastTimeOf(target, input);
    slowestMs = Math.max(slowestMs, settledMs);
    const what = outcome.kind === 'broken' ? outcome.what : settledMs > mostMs ? `takes ${settledMs.toFixed(0)} ms` : undefined;
    if (what !== undefined) failures.push({ index, what, inputBase64: Buffer.from(input).toString('base64').slice(0, 4_000) });
  }
  return { inputs: refused + taken + failures.length, refused, taken, failures, slowestMs };
}

/** The input of that number. */
export function inputOf(target: FuzzTarget, seed: number, index: number): Uint8Array {
  const { name, seeds, maxBytes, form, inner } = target;
  const random = createRandom(`${seed}/${name}/${index}`);
  const options = { random, others: seeds, maxBytes };
  if (inner !== undefined && random.next() < 0.5) {
    return inner.wrap(changed(inner.valid, form, { ...options, others: [inner.valid] }), random);
  }
  return changed(seeds[index % seeds.length] ?? new Uint8Array(), form, options);
}

function changed(valid: Uint8Array, form: FuzzTarget['form'], options: MutateOptions): Uint8Array {
  return form === 'json' && options.random.next() < 0.5 ? mutateJson(valid, options.random) : mutate(valid, options);
}

/** What came of one input. */
export type Outcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly code: ErrorCode }
  | { readonly kind: 'broken'; readonly what: string };

/** How long this thread has worked: what keeps its event loop, servers of this process included, however busy the machine is. */
export function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Reads an input once. */
export async function readOnce(target: FuzzTarget, input: Uint8Array): Promise<{ outcome: Outcome; tookMs: number }> {
  const startMs = cpuMs();
  const outcome = await outcomeOf(target, input);
  return { outcome, tookMs: cpuMs() - startMs };
}

async function outcomeOf(target: FuzzTarget, input: Uint8Array): Promise<Outcome> {
  try {
    const result = target.read(input);
    // A reader that is not asynchronous must not cost a turn of the event loop for each of a million inputs.
    if (result instanceof Promise) await result;
    return { kind: 'taken' };
  } catch (error) {
    if (error instanceof RerootError && error.code !== 'RR_INTERNAL') return { kind: 'refused', code: error.code };
    return { kind: 'broken', what: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** The least of a few readings. */
export async function leastTimeOf(target: FuzzTarget, input: Uint8Array): Promise<number> {
  let leastMs = Number.POSITIVE_INFINITY;
  for (let look = 0; look < secondLooks; look += 1) leastMs = Math.min(leastMs, (await readOnce(target, input)).tookMs);
  return leastMs;
}
