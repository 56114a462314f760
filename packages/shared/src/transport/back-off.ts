const baseMs = 250;
const capMs = 15_000;

/** A connection that stood this long was a good one: after it the waits begin anew. */
export const stableMs = capMs;

/**
 * How long to wait before a connection is tried again: a random time between 0 and a bound that doubles with each attempt
 * ("full jitter"), the first one included, so that a fleet that lost its server does not come back in step.
 * @param attempt how many attempts there were since the connection was last good
 * @param random in [0, 1)
 */
export function backOffMs(attempt: number, random: () => number): number {
  return random() * Math.min(capMs, baseMs * 2 ** attempt);
}
