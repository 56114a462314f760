import type { Clock } from '@reroot/shared/clock';
import type { FleetView, LinkView } from '../fleet/index.ts';
import type { Meshes } from './meshes.ts';

/** What is told when the clock was set back. */
export interface ClockWatchOptions {
  readonly meshes: Pick<Meshes, 'find'>;
  readonly fleet: Pick<FleetView, 'setBack'>;
  readonly links: Pick<LinkView, 'setBack'>;
  readonly clock: Clock;
}

/**
 * Gives a function that notices when the clock was set back since it was called last, and has what was heard at moments that are still to come
 * count as heard now. Whoever hears agents calls it before: then no mesh is judged by moments of the future and by those of now together.
 */
export function createClockWatch({ meshes, fleet, links, clock }: ClockWatchOptions): () => void {
  let seenAtMs = clock.now();
  return () => {
    const nowMs = clock.now();
    const isSetBack = nowMs < seenAtMs;
    seenAtMs = nowMs;
    if (!isSetBack) return;
    links.setBack(nowMs);
    for (const { mesh, cluster } of fleet.setBack(nowMs)) meshes.find(mesh)?.hear(cluster);
  };
}
