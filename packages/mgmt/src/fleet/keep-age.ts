/** Makes the function that gives a moment before the clock was set back as the clock has it now. What it gives is never still to come. */
export function keepAge(byMs: number, nowMs: number): (atMs: number) => number {
  return (atMs) => Math.min(atMs - byMs, nowMs);
}
