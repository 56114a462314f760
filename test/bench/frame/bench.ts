import type { Sample } from './sample.ts';

/** What a bench is measured with: named in its document, and changed from the command line with `--set NAME=VALUE`. */
export type Params = Readonly<Record<string, number | string | readonly number[] | readonly string[]>>;

/** A benchmark. */
export interface Bench<P extends Params = Params> {
  /** What is measured, as one sentence. */
  readonly about: string;
  readonly params: P;
  /** What `--long` puts in the place of some of them. */
  readonly long?: Partial<NoInfer<P>>;
  /** What some of them may be beyond their kind: one of these words, or a number from and up to these. */
  readonly takes?: Partial<Record<keyof NoInfer<P>, readonly string[] | Bounds>>;
  measure(params: NoInfer<P>, run: BenchRun): Promise<readonly Result[]>;
}

/** What a number is to lie between. */
export interface Bounds {
  /** 1 where it is left out. */
  readonly from?: number;
  /** 100,000 where it is left out. */
  readonly to?: number;
}

/** What a bench has from who runs it. */
export interface BenchRun {
  /** Says what is being measured now, on stderr. */
  progress(words: string): void;
  /** Aborts at Ctrl-C: servers and processes that a bench started are to be stopped. */
  readonly signal: AbortSignal;
}

/** One row of what was measured. */
export interface Result {
  readonly metric: string;
  readonly unit: string;
  readonly value: number | Sample;
  /** What the value is held against; nothing where it stands by itself. */
  readonly limit?: Limit;
}

/** The physical limit or a peer, measured in the same run, or a number that was fixed beforehand; in the unit of the value. */
export interface Limit {
  readonly origin: 'measured' | 'fixed';
  /** In a few words, such as `bare NATS`. */
  readonly is: string;
  readonly value: number | Sample;
  /** What the ratio of the value to the limit is to be; a limit without it is there to compare. */
  readonly goal?: Goal;
}

/** What a ratio must not leave. */
export type Goal =
  | { readonly atMost: number }
  | { readonly atLeast: number }
  | { readonly atLeast: number; readonly atMost: number };

/** The same bench; its parameters are known by name where it is written. */
export function defineBench<P extends Params>(bench: Bench<P>): Bench {
  return bench;
}

/** A number that was fixed beforehand, which the value is not to exceed. */
export function atMost(value: number): Limit {
  return { origin: 'fixed', is: 'goal', value, goal: { atMost: 1 } };
}

/** What was measured in the same run. @param goal of the ratio of the value to it */
export function measured(is: string, value: number | Sample, goal?: Goal): Limit {
  return { origin: 'measured', is, value, ...(goal === undefined ? {} : { goal }) };
}
