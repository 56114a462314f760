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
/** So many answers may be waited for at once: one that takes long must hold up nothing that a person waits for. */
const atOnce = 4;

/** Waits for nothing yet. */
export function createPacedWriter({ perSecond, clock, log, onSent }: PacedWriterOptions): PacedWriter {
  const bucket = createTokenBucket({ perSecond, burst: perSecond * 2 }, clock);
  const waiting = new Map<string, PacedWrite>();
  const quietUntilMs = new Map<string, number>();
  const failures = new Map<string, number>();
  /** Of one object there is one write at a time: the next is decided by what the one before has led to. */
  const underWay = new Map<string, Promise<void>>();

  const isDue = (key: string): boolean => !underWay.has(key) && clock.now() >= (quietUntilMs.get(key) ?? 0);
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
      underWay.delete(key);
      onSent();
    }
  };
  const begin = (key: string, write: PacedWrite, signal: AbortSignal): void => {
    waiting.delete(key);
    bucket.take(1);
    underWay.set(key, send(key, write, signal));
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
          const due = bucket.left() >= 1 && underWay.size < atOnce ? next() : undefined;
          if (due !== undefined) begin(...due, signal);
          else await Promise.race([clock.sleep(idleMs, signal), ...underWay.values()]);
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        await Promise.all(underWay.values());
      }
    },
  };
}
