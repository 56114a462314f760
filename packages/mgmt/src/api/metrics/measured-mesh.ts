import { type LabelsOf, type mgmtMetrics, type NamesOf, type Sample, sampleOf } from '@reroot/shared/metrics';
import type { MeshMoment, PreflightCounts } from '../../runner/index.ts';

type Metrics = typeof mgmtMetrics;

/** A gauge or counter of mgmt. */
export type MgmtSampleName = NamesOf<Metrics, 'gauge' | 'counter'>;

/** What is measured of one mesh. */
export interface MeasuredMesh {
  readonly moment: MeshMoment;
  /** The last preflight since mgmt started; undefined before the first. */
  readonly preflight: PreflightCounts | undefined;
}

/** A sample of mgmt. */
export function sample<Name extends MgmtSampleName>(name: Name, labels: LabelsOf<Metrics, Name>, value: number): Sample {
  return sampleOf<Metrics, Name>(name, labels, value);
}

/** Milliseconds since the Unix epoch as UNIX time. */
export function unixTime(ms: number): number {
  return Math.floor(ms / 1_000);
}

/** How many there are of each name, those of which there are none included. */
export function countEach<T, Name extends string>(
  names: readonly Name[],
  all: readonly T[],
  nameOf: (each: T) => Name,
): Map<Name, number> {
  const counts = new Map(names.map((name) => [name, 0]));
  for (const each of all) counts.set(nameOf(each), (counts.get(nameOf(each)) ?? 0) + 1);
  return counts;
}
