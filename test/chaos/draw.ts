import type { Random } from '@reroot/simulator/random';

/** Bounds of a plan: with them a run ends. */
export const planBounds = { leastFaults: 3, mostFaults: 9, mostAfterMs: 1_500, mostForMs: 15_000 } as const;

/** A whole number between two, both included. */
export function within(random: Random, least: number, most: number): number {
  return Math.round(random.between(least, most));
}

/** One of these, each as likely as the others. */
export function one<T>(random: Random, items: readonly [T, ...T[]] | readonly T[]): T {
  return random.pick(items) as T;
}
