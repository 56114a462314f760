import type { Clock } from '@reroot/shared/clock';
import { createLruCache } from './lru-cache.ts';

/** Lets something through once in a while for each key, so that a flood does not fill a log. */
export interface Seldom {
  /** How many were held back since the last one that passed; undefined for one that is held back. */
  pass(key: string): number | undefined;
}

const maxKeys = 16_384;

/** Starts with every key free. */
export function createSeldom(everyMs: number, clock: Clock): Seldom {
  const kept = createLruCache<string, { readonly passedAtMs: number; heldBack: number }>(maxKeys);
  return {
    pass: (key) => {
      const nowMs = clock.now();
      const last = kept.get(key);
      if (last !== undefined && nowMs >= last.passedAtMs && nowMs - last.passedAtMs < everyMs) {
        last.heldBack += 1;
        return undefined;
      }
      kept.set(key, { passedAtMs: nowMs, heldBack: 0 });
      return last?.heldBack ?? 0;
    },
  };
}
