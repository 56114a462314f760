import type { LabelsOf, MetricDefinitions, NamesOf, Sample } from './metric.ts';

/** What a program counts and measures since it started. */
export interface Registry<D extends MetricDefinitions> {
  /** @param by not negative */
  count<Name extends NamesOf<D, 'counter'>>(name: Name, labels: LabelsOf<D, Name>, by?: number): void;
  observe<Name extends NamesOf<D, 'histogram'>>(name: Name, labels: LabelsOf<D, Name>, value: number): void;
  /** Every series, those of histograms as Prometheus has them. */
  samples(): readonly Sample[];
}

interface Counter {
  readonly labels: Readonly<Record<string, string>>;
  value: number;
}

interface Histogram {
  readonly labels: Readonly<Record<string, string>>;
  /** How many fell into each bucket alone; the last one is beyond all bounds. */
  readonly counts: number[];
  sum: number;
}

/** Series of one metric that are kept: labels are bounded by whoever counts, and this is for when one is not. */
const maxSeries = 2_000;

/** Starts at nothing; counters without labels stand at 0. */
export function createRegistry<D extends MetricDefinitions>(definitions: D): Registry<D> {
  const counters = new Map<string, Map<string, Counter>>();
  const histograms = new Map<string, Map<string, Histogram>>();
  for (const [name, { type, labels }] of Object.entries(definitions)) {
    if (type === 'counter')
      counters.set(name, new Map(Object.keys(labels).length === 0 ? [['', { labels, value: 0 }]] : []) as never);
    if (type === 'histogram') histograms.set(name, new Map());
  }
  const seriesOf = <S>(all: ReadonlyMap<string, Map<string, S>>, name: string, key: string, make: () => S): S | undefined => {
    const series = all.get(name);
    const known = series?.get(key);
    if (known !== undefined || series === undefined || series.size >= maxSeries) return known;
    const made = make();
    series.set(key, made);
    return made;
  };
  return {
    count: (name, labels, by = 1) => {
      const counter = seriesOf(counters, name, keyOf(labels), () => ({ labels, value: 0 }));
      if (counter !== undefined) counter.value += by;
    },
    observe: (name, labels, value) => {
      const bounds = definitions[name]?.buckets ?? [];
      const make = (): Histogram => ({ labels, counts: new Array<number>(bounds.length + 1).fill(0), sum: 0 });
      const histogram = seriesOf(histograms, name, keyOf(labels), make);
      if (histogram === undefined) return;
      const index = bounds.findIndex((bound) => value <= bound);
      const at = index === -1 ? bounds.length : index;
      histogram.counts[at] = (histogram.counts[at] ?? 0) + 1;
      histogram.sum += value;
    },
    samples: () => [
      ...[...counters].flatMap(([name, series]) => [...series.values()].map(({ labels, value }) => ({ name, labels, value }))),
      ...[...histograms].flatMap(([name, series]) =>
        [...series.values()].flatMap((each) => samplesOfHistogram(name, each, definitions[name]?.buckets ?? [])),
      ),
    ],
  };
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  return Object.values(labels).join('\u0000');
}

function samplesOfHistogram(name: string, { labels, counts, sum }: Histogram, bounds: readonly number[]): readonly Sample[] {
  let total = 0;
  const buckets = counts.map((count, index) => {
    total += count;
    const le = bounds[index] === undefined ? '+Inf' : String(bounds[index]);
    return { name: `${name}_bucket`, labels: { ...labels, le }, value: total };
  });
  return [...buckets, { name: `${name}_sum`, labels, value: sum }, { name: `${name}_count`, labels, value: total }];
}
