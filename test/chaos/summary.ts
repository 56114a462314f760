import { availableParallelism, cpus } from 'node:os';
import type { CampaignOutcome } from './campaign.ts';
import type { ChaosOptions } from './options.ts';
import { makePlan } from './plan.ts';
import { starvedMs } from './starvation.ts';

/** The figures of a campaign, as `--json` has them. */
export interface Summary {
  readonly name: 'chaos';
  readonly machine: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly results: readonly { readonly metric: string; readonly value: number; readonly unit: string }[];
  readonly broken: readonly { readonly seed: number; readonly invariants: readonly string[] }[];
  /** How many faults of each kind were planned in the runs that were made. */
  readonly faults: Readonly<Record<string, number>>;
  readonly leftOut: Readonly<Record<string, string>>;
}

/** Counts what came of all runs. */
export function summarise({ runs: asked, seed, faults }: ChaosOptions, { runs, missing }: CampaignOutcome): Summary {
  const kinds: Record<string, number> = {};
  for (const run of runs)
    for (const { fault } of makePlan(run.seed, faults).faults) kinds[fault.kind] = (kinds[fault.kind] ?? 0) + 1;
  const broken = runs
    .filter(({ violations }) => violations.length > 0)
    .map((run) => ({ seed: run.seed, invariants: [...new Set(run.violations.map(({ invariant }) => invariant))] }));
  const sum = (of: (run: CampaignOutcome['runs'][number]) => number): number => runs.reduce((total, run) => total + of(run), 0);
  const seconds = runs.map(({ tookMs }) => tookMs / 1_000).toSorted((a, b) => a - b);
  return {
    name: 'chaos',
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), node: process.version },
    params: { runs: asked, seed, faults },
    results: [
      { metric: 'runs', value: runs.length, unit: 'runs' },
      { metric: 'runs in which something did not hold', value: broken.length, unit: 'runs' },
      {
        metric: 'runs on a machine too busy to count handshakes that time out',
        value: runs.filter((run) => run.starvedMs >= starvedMs).length,
        unit: 'runs',
      },
      { metric: 'faults', value: sum((run) => run.faults), unit: 'faults' },
      { metric: 'handshakes', value: sum((run) => run.handshakes), unit: 'handshakes' },
      { metric: 'a run, at the median', value: seconds[Math.floor(seconds.length / 2)] ?? 0, unit: 's' },
      { metric: 'the longest run', value: seconds.at(-1) ?? 0, unit: 's' },
    ],
    ...{ broken, faults: kinds, leftOut: Object.fromEntries(missing) },
  };
}

/** The same for people. */
export function tellSummary({ results, broken, faults, leftOut }: Summary): string {
  const rows = results.map(({ metric, value, unit }) => `${Number(value.toFixed(1))} ${unit}`.padStart(20) + `  ${metric}`);
  const planned = Object.entries(faults)
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${kind} ${count}`);
  return [
    ...rows,
    `planned: ${planned.join(', ')}`,
    ...Object.entries(leftOut).map(([kind, why]) => `left out: ${kind}, for ${why}`),
    ...broken.map(({ seed, invariants }) => `seed ${seed}: ${invariants.join(', ')}`),
    '',
  ].join('\n');
}
