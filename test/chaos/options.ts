import { parseArgs } from 'node:util';
import { WrongCall } from '../bench/frame/wrong-call.ts';
import { type FaultKind, faultKinds, usualFaultKinds } from './fault.ts';

/** What a person asks of `./dev chaos`. */
export interface ChaosOptions {
  readonly runs: number;
  /** Of the first run; each one after it has the next. */
  readonly seed: number;
  /** No run begins after so long. */
  readonly minutes: number;
  readonly faults: readonly FaultKind[];
  readonly fleet: 'shared' | 'fresh';
  /** Where figures go as JSON. */
  readonly json: string | undefined;
  readonly show: 'runs' | 'plans' | 'stories';
}

export const usage = `usage: ./dev chaos [options]

makes faults, chosen by a seed, while roots are rotated and taken back under traffic, and looks whether what must hold does

  --runs N        how many runs (default: 10)
  --seed S        seed of the first one; each one after it has the next (default: another each time)
  --minutes M     begins no run after so long (default: 60)
  --faults LIST   only these, apart by commas: ${faultKinds.join(', ')}
                  (default: all but broker-pause)
  --fresh         a fleet of its own for each run, as a replay has; else runs share one for as long as all goes well
  --json FILE     writes the figures to a file
  --plan          says what the runs would do, and does nothing
  --story         tells each run as it was, not only those in which something did not hold

exit code: 0 when everything held, 1 when something did not, 2 for options that are wrong or a FILE that cannot be written,
3 when no fleet could be launched, 130 when it was interrupted. docs/chaos.md says what must hold.
`;

/** Options that are wrong, in words. */
export class OptionProblem extends WrongCall {
  constructor(message: string) {
    super(message, './dev chaos --help lists the options');
  }
}

/** Reads the arguments. @returns undefined for help. @throws OptionProblem */
export function readOptions(args: readonly string[], randomSeed: () => number): ChaosOptions | undefined {
  const values = parse(args);
  if (values.help === true) return undefined;
  const names = values.faults?.split(',').map((name) => name.trim()) ?? usualFaultKinds;
  const unknown = names.filter((name) => !faultKinds.some((kind) => kind === name));
  if (unknown.length > 0) throw new OptionProblem(`there is no fault ${unknown.join(', ')}; there are ${faultKinds.join(', ')}`);
  return {
    runs: readCount('--runs', values.runs ?? '10', 1, 100_000),
    seed: values.seed === undefined ? randomSeed() : readCount('--seed', values.seed, 0, 2 ** 31),
    minutes: readCount('--minutes', values.minutes ?? '60', 1, 10_000),
    faults: names as readonly FaultKind[],
    fleet: values.fresh === true ? 'fresh' : 'shared',
    json: values.json,
    show: values.plan === true ? 'plans' : values.story === true ? 'stories' : 'runs',
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ runs: { type: 'string' }, seed: { type: 'string' }, minutes: { type: 'string' }, faults: { type: 'string' } },
        ...{ fresh: { type: 'boolean' }, json: { type: 'string' }, plan: { type: 'boolean' }, story: { type: 'boolean' } },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new OptionProblem(error instanceof Error ? error.message : String(error));
  }
}

function readCount(name: string, text: string, least: number, most: number): number {
  const count = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= least && count <= most) return count;
  throw new OptionProblem(`${name} ${text} is no whole number from ${least} to ${most}`);
}
