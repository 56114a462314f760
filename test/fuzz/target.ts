/** One reader of what comes from outside. */
export interface FuzzTarget {
  readonly name: string;
  /** How many of a thousand inputs it gets: the cheaper and the more exposed, the more. */
  readonly weight: number;
  /** What is valid: inputs are made by changing these. */
  readonly seeds: readonly Uint8Array[];
  /** `refuses` what is damaged, or `reports` it in what it gives: then it takes everything. */
  readonly damage: 'refuses' | 'reports';
  /** Reads one input: succeeds, or throws a coded error. */
  read(input: Uint8Array): unknown;
}
