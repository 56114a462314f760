import { setTimeout as delay } from 'node:timers/promises';
import { runDelayMs } from '../fleet/noisy/run-delay.ts';

/** How long a process had to wait for a processor, because others had them. */
export interface Starvation {
  /** The most of any five seconds, which is what a handshake has. */
  readonly mostMs: () => number;
  stop(): Promise<void>;
}

const lookMs = 250;
const windowMs = 5_000;
/** Half of what a handshake has: with less of it left, one may take too long by no fault of anybody. */
export const starvedMs = 2_500;

/** Looks at the main thread of a process, until it is stopped; where the kernel does not tell, nobody ever waits. */
export function followStarvation(pid: number, signal: AbortSignal): Starvation {
  const stopped = new AbortController();
  const until = AbortSignal.any([signal, stopped.signal]);
  const looks: { readonly atMs: number; readonly waitedMs: number }[] = [];
  let mostMs = 0;
  const look = (): void => {
    const now = { atMs: performance.now(), waitedMs: runDelayMs([`/proc/${pid}/task/${pid}/schedstat`]) };
    looks.push(now);
    while (looks.length > 1 && now.atMs - looks[0]!.atMs > windowMs) looks.shift();
    mostMs = Math.max(mostMs, now.waitedMs - looks[0]!.waitedMs);
  };
  const looking = (async () => {
    while (!until.aborted) {
      try {
        look();
      } catch {
        return;
      }
      await delay(lookMs, undefined, { signal: until }).catch(() => undefined);
    }
  })();
  return {
    mostMs: () => mostMs,
    stop: async () => {
      stopped.abort();
      await looking;
    },
  };
}
