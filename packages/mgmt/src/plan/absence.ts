/** Clusters that mgmt hears nothing of, from the beginning of a plan on. */
export interface Absence {
  readonly clusters: ReadonlySet<string>;
  readonly fromMs: number;
  /** `Infinity` for ever. */
  readonly untilMs: number;
  /** When the policy takes them out of the gates; `Infinity` when it does not. */
  readonly excludedAtMs: number;
}
