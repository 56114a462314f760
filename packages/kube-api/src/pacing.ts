import type { Clock } from '@reroot/shared/clock';

/** Keeps a watch that fails, or that is ended at once each time, from being opened in a tight loop. */
export interface Pacing {
  /** The watch has been opened. */
  opened(): void;
  /** Waits before the next try; not at all after a watch that has stood for a while. */
  pause(signal: AbortSignal): Promise<void>;
}

const minMs = 200;
const baseMs = 500;
const capMs = 10_000;
/** A watch that has stood for this long was a good one. */
const steadyMs = 10_000;

/** A pacing that has seen nothing go wrong. */
export function createPacing(clock: Clock, random: () => number): Pacing {
  let openedAtMs: number | undefined;
  let inRow = 0;
  return {
    opened: () => {
      openedAtMs = clock.now();
    },
    pause: async (signal) => {
      const steady = openedAtMs !== undefined && clock.now() - openedAtMs >= steadyMs;
      openedAtMs = undefined;
      inRow = steady ? 0 : inRow + 1;
      if (!steady) await clock.sleep(pauseMs(inRow, random), signal);
    },
  };
}

/** A random time below a bound that doubles ("full jitter"), but never next to none: chance alone would allow a burst. */
function pauseMs(inRow: number, random: () => number): number {
  const boundMs = Math.min(capMs, baseMs * 2 ** (inRow - 1));
  return minMs + random() * (boundMs - minMs);
}
