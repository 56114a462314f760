import type { Goal, Params, Result } from './bench.ts';
import type { Machine } from './machine.ts';
import type { Sample } from './sample.ts';

/** What a bench has found, as it is written: docs/performance.md has the fields. */
export interface BenchDocument {
  readonly name: string;
  readonly about: string;
  /** RFC 3339, in UTC. */
  readonly startedAt: string;
  readonly tookSeconds: number;
  readonly machine: Machine;
  readonly params: Params;
  readonly results: readonly Row[];
}

/** A result, with each field there: null where it has none. */
export interface Row {
  readonly metric: string;
  /** The median, where it was measured several times. */
  readonly value: number;
  readonly unit: string;
  readonly spread: Spread | null;
  readonly limit: number | null;
  readonly limitIs: string | null;
  readonly limitOrigin: 'measured' | 'fixed' | null;
  readonly limitSpread: Spread | null;
  /** Value to limit. */
  readonly ratio: number | null;
  readonly goal: Goal | null;
  readonly met: boolean | null;
}

type Spread = Omit<Sample, 'median'>;

/** A result as a row of the document. */
export function rowOf({ metric, unit, value, limit }: Result): Row {
  const own = { metric, value: middle(value), unit, spread: spreadOf(value) };
  if (limit === undefined) {
    return { ...own, limit: null, limitIs: null, limitOrigin: null, limitSpread: null, ratio: null, goal: null, met: null };
  }
  const ratio = own.value / middle(limit.value);
  const goal = limit.goal ?? null;
  return {
    ...own,
    limit: middle(limit.value),
    limitIs: limit.is,
    limitOrigin: limit.origin,
    limitSpread: spreadOf(limit.value),
    ratio,
    goal,
    met: goal === null ? null : keeps(ratio, goal),
  };
}

/** Not a number meets no goal. */
function keeps(ratio: number, goal: Goal): boolean {
  const isAtMost = !('atMost' in goal) || ratio <= goal.atMost;
  const isAtLeast = !('atLeast' in goal) || ratio >= goal.atLeast;
  return isAtMost && isAtLeast;
}

function middle(value: number | Sample): number {
  return typeof value === 'number' ? value : value.median;
}

function spreadOf(value: number | Sample): Spread | null {
  return typeof value === 'number' ? null : { min: value.min, max: value.max, repeats: value.repeats };
}
