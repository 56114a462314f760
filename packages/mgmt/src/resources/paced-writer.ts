import type { Clock } from '@reroot/shared/clock';
import { createTokenBucket } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';

/** A write that waits for its turn. */
export interface PacedWrite {
  /** What a person waits for goes before what many clusters have to say. */
  readonly urgency: 'soon' | 'whenever';
  /** How long after the write before it the object is left alone. */
  readonly gapMs: number;
  readonly send: (signal: AbortSignal) => Promise<void>;
}

/** Writes to Kubernetes no faster than it was told to. */
export interface PacedWriter {
  /** Has something written under a key in the place of what waits under it. */
  put(key: string, write: PacedWrite): void;
  /** Takes back what waits under a key. */
  drop(key: string): void;
  /** Sends until the signal aborts. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
}

/** What a paced writer works with. */
export interface PacedWriterOptions {
  readonly perSecond: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Told after each write, whatever came of it: what is to be written then may be another thing. */
  readonly onSent: () => void;
}

const [firstPauseMs, longestPauseMs] = [1_000, 60_000];
const requestTimeoutMs = 10_000;
const idleMs = 100;

/** Waits for nothing yet. */
export function createPacedWriter({ perSecond, clock, log, onSent }: PacedWriterOptions): PacedWriter {
  const bucket = createTokenBucket({ perSecond, burst: perSecond * 2 }, clock);
  const waiting = new Map<string, PacedWrite>();
  const quietUntilMs = new Map<string, number>();
  const failures = new Map<string, number>();

  const isDue = (key: string): boolean => clock.now() >= (quietUntilMs.get(key) ?? 0);
  const next = (): readonly [string, PacedWrite] | undefined => {
    let later: readonly [string, PacedWrite] | undefined;
    for (const entry of waiting) {
      if (!isDue(entry[0])) continue;
      if (entry[1].urgency === 'soon') return entry;
      later ??= entry;
    }
    return later;
  };
  const send = async (key: string, { send: write, gapMs }: PacedWrite, signal: AbortSignal): Promise<void> => {
    waiting.delete(key);
    bucket.take(1);
    try {
      await write(AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]));
      failures.delete(key);
      if (gapMs > 0) quietUntilMs.set(key, clock.now() + gapMs);
      else quietUntilMs.delete(key);
    } catch (error) {
      if (signal.aborted) return;
      const failed = toRerootError(error);
      // It has changed since it was seen: what is to be written then is decided anew.
      if (failed.code === 'RR_CLUSTER_CONFLICT') return;
      const count = (failures.get(key) ?? 0) + 1;
      failures.set(key, count);
      quietUntilMs.set(key, clock.now() + Math.min(longestPauseMs, firstPauseMs * 2 ** (count - 1)));
      const { code, message } = failed;
      if (count === 1) log.warn({ object: key, code, problem: message }, 'an object cannot be written');
    } finally {
      onSent();
    }
  };
  return {
    put: (key, write) => {
      waiting.set(key, write);
    },
    drop: (key) => {
      waiting.delete(key);
    },
    run: async (signal) => {
      try {
        while (!signal.aborted) {
          const due = bucket.left() >= 1 ? next() : undefined;
          if (due === undefined) await clock.sleep(idleMs, signal);
          else await send(...due, signal);
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
}
