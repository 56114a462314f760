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

/** Looks at the clock. */
export type WatchClock = () => void;

/** Clocks that are kept right by NTP go back by milliseconds now and then, and nothing rests on so little. */
const leastStepMs = 1_000;

/**
 * Makes the function that says by how many milliseconds the clock was set back since it was called last; 0 where it was not.
 * @param startMs when it counts as called first
 */
export function createSetBack(startMs: number): (nowMs: number) => number {
  let latestMs = startMs;
  return (nowMs) => {
    const byMs = latestMs - nowMs;
    if (byMs < leastStepMs) {
      latestMs = Math.max(latestMs, nowMs);
      return 0;
    }
    latestMs = nowMs;
    return byMs;
  };
}

/**
 * Makes the function that notices when the clock was set back since it was called last, and has all that was heard of agents keep
 * its age: who was silent stays silent, and who falls silent is noticed. Whoever hears agents calls it first, so that moments of
 * before and after never stand side by side. There is one for each view of the fleet: two would each move all moments.
 */
export function createClockWatch({ meshes, fleet, links, clock }: ClockWatchOptions): WatchClock {
  const setBackBy = createSetBack(clock.now());
  return () => {
    const nowMs = clock.now();
    const byMs = setBackBy(nowMs);
    if (byMs === 0) return;
    links.setBack(byMs, nowMs);
    for (const { mesh, cluster } of fleet.setBack(byMs, nowMs)) meshes.find(mesh)?.hear(cluster);
  };
}
