/**
 * Spreads over a period what is said again and again: each name has a moment of its own within the period, always the
 * same one.
 */
export interface ResyncPhases {
  /** The moment of a name: where in each period it is due. */
  phaseOf(name: string): number;
  /** Those whose moment has come since the last turn. In the first turn it has for none. */
  turn(nowMs: number): (phaseMs: number) => boolean;
}

/** @param startMs when the first period begins to be looked at */
export function createResyncPhases(periodMs: number, startMs: number): ResyncPhases {
  let lastMs = startMs;
  return {
    phaseOf: (name) => phaseOf(name, periodMs),
    turn: (nowMs) => {
      // Where the clock was set back, nothing is due until it goes on.
      const [fromMs, toMs] = [Math.min(lastMs, nowMs), nowMs];
      lastMs = nowMs;
      return (phaseMs) => Math.floor((toMs - phaseMs) / periodMs) > Math.floor((fromMs - phaseMs) / periodMs);
    },
  };
}

/** FNV-1a with 32 bits, mixed once more: names that differ in their last letter alone are to lie far apart. */
function phaseOf(name: string, periodMs: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 16)) >>> 0) % periodMs;
}
