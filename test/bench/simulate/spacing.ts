import type { Intervals } from './costs.ts';
import { stretched } from './usual.ts';

/** The intervals at which costs are found by a fleet that is smaller than the one that is predicted. */
export interface Spacing {
  /** In which its process looks as often as each of those of the larger one. */
  readonly intervals: Intervals;
  /** In which all of it says as much in a second as all of the larger one. */
  readonly dense: Intervals;
}

/** What they follow from. */
export interface SpacingOptions {
  /** Of the fleet that is predicted, and how many of them share a process at the most. */
  readonly clusters: number;
  readonly perProcess: number;
  readonly intervals: Intervals;
  /** How many clusters costs are found by, all of them in one process. */
  readonly large: number;
}

/** An agent does not look more often than once in about as long as it settles. */
const leastIntervalMs = 1_000;

/**
 * A look costs the more the more seldom its process looks, and a message the more the fewer come in a second: a core has to be woken, and caches are cold. So
 * costs are found where both are as in the fleet that is predicted.
 */
export function spacingFor({ clusters, perProcess, intervals, large }: SpacingOptions): Spacing {
  const ofProcess = clusters / Math.ceil(clusters / perProcess);
  const least = Math.min(1, leastIntervalMs / intervals.reportIntervalMs);
  const bounded = (factor: number): Intervals => stretched(intervals, Math.min(1, Math.max(least, factor)));
  return { intervals: bounded(large / ofProcess), dense: bounded(large / clusters) };
}
