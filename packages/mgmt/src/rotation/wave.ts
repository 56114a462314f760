import { assertNever } from '@reroot/shared/errors';
import type { WaveSize } from './policy.ts';
import type { RotationRecord, Wave } from './record.ts';

/**
 * Clusters are told a step in one fixed order: the canaries first, then the others, each by name. The record keeps how
 * far along this order the step has been given, and nothing of each cluster, so that it stays small for thousands of
 * them, and so that a cluster which joins or leaves moves no other from one side to the other.
 */
export type Place = string;

/** Behind every place. */
export const everyCluster: Place = '2';

/** Before every place. */
export const noCluster: Place = '';

/** Where a cluster stands in the order. */
export function placeOf(cluster: string, canaries: readonly string[]): Place {
  return `${canaries.includes(cluster) ? '0' : '1'}/${cluster}`;
}

/** Whether the step in force was given to a cluster. */
export function isReleased({ wave, rotation }: Pick<RotationRecord, 'wave' | 'rotation'>, cluster: string): boolean {
  if (wave.through === everyCluster) return true;
  return wave.through !== noCluster && placeOf(cluster, rotation?.canaries ?? []) <= wave.through;
}

/** Nothing was given to anybody yet. */
export function noWave(nowMs: number): Wave {
  return { index: 0, through: noCluster, releasedAtMs: nowMs, provenAtMs: undefined };
}

/** Since when a wave is proven. What is still to come was noted while the clock was ahead: it is noted anew, or hours would be waited for. */
export function provenSince({ provenAtMs }: Wave, nowMs: number): number | undefined {
  return provenAtMs !== undefined && provenAtMs <= nowMs ? provenAtMs : undefined;
}

/** Everything is given to everybody at once. */
export function wholeWave(nowMs: number): Wave {
  return { index: 1, through: everyCluster, releasedAtMs: nowMs, provenAtMs: undefined };
}

/**
 * The wave after the present one: the canaries that have not been told yet, if any; else as many of the others as the
 * size allows.
 * @param members the clusters that count
 */
export function waveAfter(
  record: Pick<RotationRecord, 'wave' | 'rotation'>,
  members: readonly string[],
  size: WaveSize,
  nowMs: number,
): Wave {
  const { wave, rotation } = record;
  const left = placesOf(
    members.filter((cluster) => !isReleased(record, cluster)),
    rotation?.canaries ?? [],
  );
  const count = countInWave(left.filter(isCanary).length, members.length, size);
  const last = left[count - 1];
  // The last wave takes in whoever may still join.
  const through = count >= left.length || last === undefined ? everyCluster : last;
  return { index: wave.index + 1, through, releasedAtMs: nowMs, provenAtMs: undefined };
}

/** The places of clusters, in the order in which they are told. */
export function placesOf(clusters: readonly string[], canaries: readonly string[]): readonly Place[] {
  return clusters.map((cluster) => placeOf(cluster, canaries)).toSorted();
}

/** The cluster at a place. */
export function clusterAt(place: Place): string {
  return place.slice(2);
}

/**
 * How many of those that have not been told make the next wave.
 * @param leftCanaries how many of them are canaries, which come first and by themselves
 * @param members how many clusters count
 */
export function countInWave(leftCanaries: number, members: number, size: WaveSize): number {
  return leftCanaries > 0 ? leftCanaries : clustersIn(size, members);
}

/** Whether a place is a canary's. */
export function isCanary(place: Place): boolean {
  return place.startsWith('0');
}

function clustersIn(size: WaveSize, members: number): number {
  switch (size.kind) {
    case 'all':
      return members;
    case 'count':
      return size.clusters;
    case 'share':
      return Math.max(1, Math.ceil((members * size.percent) / 100));
    default:
      return assertNever(size);
  }
}
