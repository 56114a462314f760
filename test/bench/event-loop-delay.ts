const tickMs = 1;

/** How long callers wait until the event loop turns to them. */
export interface EventLoopDelay {
  readonly p99Ms: number;
  readonly longestMs: number;
}

/**
 * How long callers wait that come every millisecond while the work is done.
 * `monitorEventLoopDelay` counts a stall once, however long it is, and so hides in its percentiles how many it keeps waiting.
 */
export async function measureEventLoopDelay(work: () => Promise<unknown>): Promise<EventLoopDelay> {
  const waitsMs: number[] = [];
  let turnedMs = performance.now();
  const turn = (): void => {
    const nowMs = performance.now();
    for (let waitMs = Math.max(0, nowMs - turnedMs - tickMs); waitMs >= 0; waitMs -= tickMs) waitsMs.push(waitMs);
    turnedMs = nowMs;
  };
  const timer = setInterval(turn, tickMs);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  turn();
  waitsMs.sort((a, b) => a - b);
  return { p99Ms: waitsMs[Math.floor(waitsMs.length * 0.99)] ?? Number.NaN, longestMs: waitsMs.at(-1) ?? Number.NaN };
}
