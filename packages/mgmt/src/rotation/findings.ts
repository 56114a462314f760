import type { Laggard } from '@reroot/shared/api';

/** How many laggards of one cluster are ever listed; all of them are counted. */
export const maxListedOfCluster = 10;

/**
 * What one cluster lags behind with: all of it has one reason. The sentences are made when somebody is to read them: of a
 * hundred thousand laggards a verdict lists a few, and is asked for after every report.
 */
export interface Findings {
  readonly reason: string;
  /** How many there are. */
  readonly count: number;
  /** The first ones. */
  readonly list: () => readonly Laggard[];
  /** Every one of them, made anew each time. */
  readonly listAll: () => readonly Laggard[];
}

/** A laggard before its cluster and reason are put on. */
export type Finding = Omit<Laggard, 'cluster' | 'reason'>;

/** What one check finds. */
export interface Found {
  readonly count: number;
  /** The first ones. */
  readonly list: (most: number) => readonly Finding[];
}

/** Findings whose list is made when it is asked for first. */
export function findingsOf(reason: string, count: number, make: (most: number) => readonly Laggard[]): Findings {
  let made: readonly Laggard[] | undefined;
  return { reason, count, list: () => (made ??= make(maxListedOfCluster)), listAll: () => make(count) };
}

/** One thing that a check finds. */
export function foundOne(describe: () => Finding): Found {
  return { count: 1, list: () => [describe()] };
}

/**
 * Those that do not pass, if any. They are only counted: in thousands of places at once nearly all pass, or hardly any, and
 * few are ever looked at one by one.
 */
export function findFailing<T>(
  items: readonly T[],
  passes: (item: T) => boolean,
  describe: (item: T) => Finding,
): Found | undefined {
  let count = 0;
  for (const item of items) if (!passes(item)) count += 1;
  if (count === 0) return undefined;
  return {
    count,
    list: (most) =>
      items
        .filter((item) => !passes(item))
        .slice(0, most)
        .map(describe),
  };
}
