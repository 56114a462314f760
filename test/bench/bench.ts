/** A benchmark: ratios of one run, which hold on a slow machine as on a fast one. */
export interface Bench {
  /** What is compared, as one sentence. */
  readonly about: string;
  measure(): Promise<readonly Result[]>;
}

/** One line of what was measured. */
export type Result = Ratio | Figure;

/** How much longer the plain way takes than ours. */
export interface Ratio {
  readonly what: string;
  readonly plainMs: number;
  readonly oursMs: number;
  readonly ratio: number;
  /** Slowest of our rounds to the fastest. */
  readonly spread?: number;
  /** What the ratio is to reach. */
  readonly goal?: number;
}

/** What stands by itself. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What the value is to stay below. */
  readonly limit?: number;
}

/** Two ways to the same result. */
export interface Contest {
  readonly what: string;
  readonly goal?: number;
  plain(): unknown;
  ours(): unknown;
}

/**
 * Runs both ways in turn, so that a disturbance of the machine meets both, and compares their medians.
 * The first round warms up and does not count.
 */
export async function compare({ what, goal, plain, ours }: Contest, rounds = 15): Promise<Ratio> {
  const times: { plain: number[]; ours: number[] } = { plain: [], ours: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const plainMs = await timeOf(plain);
    const oursMs = await timeOf(ours);
    if (round === 0) continue;
    times.plain.push(plainMs);
    times.ours.push(oursMs);
  }
  const [plainMs, oursMs] = [median(times.plain), median(times.ours)];
  const spread = Math.max(...times.ours) / Math.min(...times.ours);
  return { what, plainMs, oursMs, ratio: plainMs / oursMs, spread, ...(goal === undefined ? {} : { goal }) };
}

/** Wall time in milliseconds. */
export async function timeOf(work: () => unknown): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
