import type { Clock } from '@reroot/shared/clock';

/**
 * Gathers reports that come soon after a look at their mesh for the next one: to look at thousands of clusters takes some
 * milliseconds, and a report comes every second or third.
 */
export interface Gathering {
  /** A report has come: calls `wake`, at once after a pause, else when the time since the last look is over. */
  heard(): void;
  /** A look at a mesh of so many clusters has ended. */
  looked(clusters: number): void;
  /** Resolves when nobody waits. */
  idle(): Promise<void>;
}

/** A millisecond for so many clusters, up to a tenth of a second. */
const [clustersPerMs, mostMs] = [100, 100];

/** How long after a look at so many clusters reports are gathered. */
export function gatherMsOf(clusters: number): number {
  return Math.min(mostMs, Math.floor(clusters / clustersPerMs));
}

/** Small meshes wait for nothing. */
export function createGathering(wake: () => void, clock: Clock): Gathering {
  let [gatherMs, lookedAtMs] = [0, Number.NEGATIVE_INFINITY];
  let waiting: Promise<void> | undefined;
  return {
    heard: () => {
      if (waiting !== undefined) return;
      const waitMs = lookedAtMs + gatherMs - clock.now();
      // A clock that was set back makes nobody wait for longer.
      if (waitMs <= 0 || waitMs > gatherMs) {
        wake();
        return;
      }
      waiting = clock.sleep(waitMs).then(() => {
        waiting = undefined;
        wake();
      });
    },
    looked: (clusters) => {
      lookedAtMs = clock.now();
      gatherMs = gatherMsOf(clusters);
    },
    idle: async () => waiting,
  };
}
