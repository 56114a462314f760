/**
 * Spreads over a period what is said again and again: each item has a moment of its own within the period, always the
 * same one for the same name.
 */
export interface Timetable<T> {
  /** Those whose moment comes in this time. */
  due(during: Interval): readonly T[];
}

/** After one moment, up to and with another. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** @param nameOf of each item, which decides its moment */
export function createTimetable<T>(items: readonly T[], periodMs: number, nameOf: (item: T) => string): Timetable<T> {
  const timed = items
    .map((item) => ({ item, phaseMs: phaseOf(nameOf(item), periodMs) }))
    .toSorted((a, b) => a.phaseMs - b.phaseMs);
  /** How many have their moment at this one or before. */
  const countUntil = (phaseMs: number): number => {
    let [low, high] = [0, timed.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((timed[middle]?.phaseMs ?? 0) <= phaseMs) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const slice = (from: number, to: number): readonly T[] => timed.slice(from, to).map(({ item }) => item);
  return {
    due: ({ fromMs, toMs }) => {
      if (toMs - fromMs >= periodMs) return items;
      const [from, to] = [countUntil(fromMs % periodMs), countUntil(toMs % periodMs)];
      const isWithin = Math.floor(fromMs / periodMs) === Math.floor(toMs / periodMs);
      return isWithin ? slice(from, to) : [...slice(from, timed.length), ...slice(0, to)];
    },
  };
}

/**
 * Makes the function that gives the time since it was called last. Where the clock was set back, no time has passed until it goes on.
 * @param startMs when it counts as called first
 */
export function createIntervals(startMs: number): (nowMs: number) => Interval {
  let lastMs = startMs;
  return (nowMs) => {
    const interval = { fromMs: Math.min(lastMs, nowMs), toMs: nowMs };
    lastMs = nowMs;
    return interval;
  };
}

/** FNV-1a with 32 bits, mixed once more: names that differ in their last letter alone are to lie far apart. */
function phaseOf(name: string, periodMs: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 16)) >>> 0) % periodMs;
}
