import type { Clock } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';

/** Why a pass is made. Which one it was never decides what is done, only whether mgmt is told of an unchanged state. */
export type Trigger = 'trust' | 'watch' | 'timer' | 'reconnect';

/** What the loop works with. */
export interface LoopOptions {
  /** Brings the cluster one step nearer and reports; gives the moment at which it wants to be called again at the latest. */
  readonly pass: (triggers: ReadonlySet<Trigger>, signal: AbortSignal) => Promise<{ readonly againAtMs: number }>;
  readonly clock: Clock;
  /** Triggers that come within this time are one; there is never more than one pass in it. */
  readonly settleMs: number;
  /** How long after a pass that failed as a whole the next one is made unless something calls for it. */
  readonly retryAfterMs: number;
  readonly log: Log;
}

/** One pass at a time, level-triggered: a pass looks at everything, whatever called for it. */
export interface Loop {
  /** Asks for a pass soon. */
  trigger(trigger: Trigger): void;
  /** Makes passes until the signal aborts, then resolves. A pass that fails as a whole goes to the log and ends nothing. */
  run(signal: AbortSignal): Promise<void>;
}

/** A loop that has not begun. Its first pass comes at once. */
export function createLoop({ pass, clock, settleMs, retryAfterMs, log }: LoopOptions): Loop {
  let triggers = new Set<Trigger>();
  let wake = Promise.withResolvers<undefined>();

  const turn = async (againAtMs: number, signal: AbortSignal): Promise<number> => {
    if (triggers.size === 0) await sleepUntil(againAtMs, wake.promise, clock, signal);
    if (triggers.size > 0) await clock.sleep(settleMs, signal);
    const gathered = triggers.size > 0 ? triggers : new Set<Trigger>(['timer']);
    triggers = new Set();
    wake = Promise.withResolvers();
    return Math.max(await attempt(gathered, signal), clock.now() + settleMs);
  };
  const attempt = async (gathered: ReadonlySet<Trigger>, signal: AbortSignal): Promise<number> => {
    try {
      return (await pass(gathered, signal)).againAtMs;
    } catch (error) {
      signal.throwIfAborted();
      const { code, message } = toRerootError(error);
      log.error({ code, problem: message }, 'a pass failed');
      return clock.now() + retryAfterMs;
    }
  };
  return {
    trigger: (trigger) => {
      triggers.add(trigger);
      wake.resolve(undefined);
    },
    run: async (signal) => {
      let againAtMs = clock.now();
      try {
        while (!signal.aborted) againAtMs = await turn(againAtMs, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
}

/** One for all: nobody reads it, and to make an error with its stack takes longer than the rest. */
const woke = new Error('woken');

/** Until a moment or until woken, whichever comes first. Leaves no timer behind. */
async function sleepUntil(atMs: number, woken: Promise<unknown>, clock: Clock, signal: AbortSignal): Promise<void> {
  const ms = atMs - clock.now();
  if (ms <= 0) return;
  const done = new AbortController();
  const inner = AbortSignal.any([signal, done.signal]);
  const slept = clock.sleep(ms, inner).catch((error: unknown) => {
    if (signal.aborted) throw error;
  });
  try {
    await Promise.race([slept, woken]);
  } finally {
    done.abort(woke);
  }
}
