import type { Clock } from '@reroot/shared/clock';

/** Holds those back who come too often. */
export interface ProbeRate {
  /** Resolves when `who` may go; each waits behind those of the same name that came before. */
  wait(who: string, signal: AbortSignal): Promise<void>;
}

/**
 * Lets each name go once in `intervalMs`: passes may follow one another quickly, and each asks every replica to sign.
 * Names that were not heard of for an interval are forgotten.
 */
export function createProbeRate(clock: Clock, intervalMs: number): ProbeRate {
  const nextAtMs = new Map<string, number>();
  return {
    wait: async (who, signal) => {
      const nowMs = clock.now();
      for (const [name, atMs] of nextAtMs) if (atMs <= nowMs) nextAtMs.delete(name);
      const turnMs = nextAtMs.get(who) ?? nowMs;
      nextAtMs.set(who, turnMs + intervalMs);
      if (turnMs > nowMs) await clock.sleep(turnMs - nowMs, signal);
    },
  };
}
