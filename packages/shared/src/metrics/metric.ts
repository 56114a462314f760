/** What is said of a label's values, and how many of them there may be at a time in one series' place. */
export interface LabelBound {
  /** What the values are, as part of a sentence. */
  readonly values: string;
  /** How many there may be, or what bounds them. */
  readonly atMost: number | 'meshes' | 'clusterSeries';
}

/** One metric: what stands in `/metrics`, and in docs/metrics.md. */
export interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Stands in the name too: `_seconds`, `_bytes`; `none` is a number of things, a share, or 1. */
  readonly unit: 'seconds' | 'bytes' | 'none';
  readonly help: string;
  readonly labels: Readonly<Record<string, LabelBound>>;
  /** Upper bounds of a histogram, ascending; `+Inf` is added. */
  readonly buckets?: readonly number[];
}

/** Metrics by name. */
export type MetricDefinitions = Readonly<Record<string, MetricDefinition>>;

/** The names of one type. */
export type NamesOf<D extends MetricDefinitions, Type extends MetricDefinition['type']> = {
  [Name in keyof D & string]: D[Name]['type'] extends Type ? Name : never;
}[keyof D & string];

/** The labels that a sample of a metric has, every one of them. */
export type LabelsOf<D extends MetricDefinitions, Name extends keyof D> = Readonly<
  Record<keyof D[Name]['labels'] & string, string>
>;

/** One value of one series. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A sample whose name and labels are those of a definition. */
export function sampleOf<D extends MetricDefinitions, Name extends NamesOf<D, 'gauge' | 'counter'>>(
  name: Name,
  labels: LabelsOf<D, Name>,
  value: number,
): Sample {
  return { name, labels, value };
}
