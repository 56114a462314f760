import type { ErrorCode } from '@reroot/shared/errors';
import type { Random } from '@reroot/simulator/random';

/** What comes of an input that nobody has changed. */
export type SeedOutcome = 'taken' | ErrorCode;

/** An input as large as a reader takes any, of the kind that costs it most. */
export interface LargeInput {
  readonly what: string;
  make(): Uint8Array;
}

/** One reader of what comes from outside. */
export interface FuzzTarget {
  readonly name: string;
  /** How many of a thousand inputs it gets: the cheaper and the more exposed, the more. */
  readonly weight: number;
  /** What is valid: inputs are made by changing these. They are constants: an input is the same in each process. */
  readonly seeds: readonly Uint8Array[];
  /** Of each seed as it is, or of each seed by its place: a reader that refuses its seeds at its door is not reached. */
  readonly seedOutcome: SeedOutcome | readonly SeedOutcome[];
  /** `refuses` what is damaged, or `reports` it in what it gives: then it takes everything. */
  readonly damage: 'refuses' | 'reports';
  /** Whether some changed inputs must be taken; `none` where a signature stands over all, or nothing is there to act on. */
  readonly changedTaken: 'some' | 'none';
  /** What the reader itself refuses by size alone begins beyond this: that needs one test, and not thousands. */
  readonly maxBytes: number;
  /** Documents in JSON have their values, keys and nesting changed too, and not their bytes alone. */
  readonly form?: 'json';
  /** What the changed part is put into, such as an envelope whose signature holds: for half of the inputs. */
  readonly inner?: Inner;
  /** For the test of time. */
  readonly largest?: readonly LargeInput[];
  /** Reads one input: succeeds, or throws a coded error. */
  read(input: Uint8Array): unknown;
}

/** The part behind a signature or a checksum, which changed bytes of the whole never reach. */
export interface Inner {
  readonly valid: Uint8Array;
  /** Gives the whole input around a changed part. */
  wrap(changed: Uint8Array, random: Random): Uint8Array;
}
