import { giveTurn } from './give-turn.ts';

/** What came of measuring the same thing several times. */
export interface Sample {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** How many times were counted; those that warmed up were not. */
  readonly repeats: number;
}

/** How often something is measured. */
export interface Repeats {
  readonly repeats: number;
  /** How many times before that do not count. One, unless it is said. */
  readonly warmUp?: number;
  /** Looked at before each time. */
  readonly signal: AbortSignal;
}

/** Two ways to the same result, in the same time unit. */
export interface Contest {
  ours(): unknown;
  /** The plain way, the peer, or the least that the work takes. */
  peer(): unknown;
}

/** @param values at least one */
export function sampleOf(values: readonly number[]): Sample {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  // The mean of the middle two where there is no middle one: the upper one alone would make every even sample a little slower.
  const median = ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN, repeats: sorted.length };
}

/** The same in another unit. */
export function scaled({ median, min, max, repeats }: Sample, factor: number): Sample {
  return { median: median * factor, min: min * factor, max: max * factor, repeats };
}

/** How much of it a second, where each takes so many milliseconds. @param count what is done each time */
export function rateOf({ median, min, max, repeats }: Sample, count: number): Sample {
  const perSecond = (ms: number): number => (count * 1_000) / ms;
  return { median: perSecond(median), min: perSecond(max), max: perSecond(min), repeats };
}

/**
 * Measures the same thing again and again.
 * @param work gives the number that was measured
 * @throws the signal's reason
 */
export async function repeat(work: () => number | Promise<number>, { repeats, warmUp = 1, signal }: Repeats): Promise<Sample> {
  const values: number[] = [];
  for (let round = 0; round < warmUp + repeats; round += 1) {
    await giveTurn(signal);
    const value = await work();
    if (round >= warmUp) values.push(value);
  }
  return sampleOf(values);
}

/**
 * Times two ways in turn, in milliseconds, so that a disturbance of the machine meets both.
 * @throws the signal's reason
 */
export async function compare(
  { ours, peer }: Contest,
  { repeats, warmUp = 1, signal }: Repeats,
): Promise<{ ours: Sample; peer: Sample }> {
  const times: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
  for (let round = 0; round < warmUp + repeats; round += 1) {
    await giveTurn(signal);
    const peerMs = await timeOf(peer);
    await giveTurn(signal);
    const oursMs = await timeOf(ours);
    if (round < warmUp) continue;
    times.peer.push(peerMs);
    times.ours.push(oursMs);
  }
  return { ours: sampleOf(times.ours), peer: sampleOf(times.peer) };
}

/** Wall time in milliseconds. */
export async function timeOf(work: () => unknown): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
