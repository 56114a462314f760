import { errorMessage } from '../errors/index.ts';
import type { Log } from '../log/index.ts';

/** Things that were started and must be stopped in reverse order. */
export interface Lifecycle {
  /** Registers how to stop something that has just been started. */
  add(name: string, stop: () => void | Promise<void>): void;
  /**
   * Stops everything, the last started first. One that fails or takes longer than the deadline goes to the log and
   * does not keep the others from being stopped. Never rejects; a second call waits for the first.
   */
  stop(): Promise<void>;
}

/** Settings of a lifecycle. */
export interface LifecycleOptions {
  readonly log: Log;
  /** How long each part may take to stop. */
  readonly stopTimeoutMs: number;
}

interface Part {
  readonly name: string;
  readonly stop: () => void | Promise<void>;
}

/** Starts empty. */
export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const parts: Part[] = [];
  let stopped: Promise<void> | undefined;
  return {
    add: (name, stop) => {
      parts.push({ name, stop });
    },
    stop: () => {
      stopped ??= stopAll(parts, options);
      return stopped;
    },
  };
}

async function stopAll(parts: Part[], options: LifecycleOptions): Promise<void> {
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    try {
      await withDeadline(part, options.stopTimeoutMs);
    } catch (error) {
      options.log.error({ part: part.name, problem: errorMessage(error) }, 'part did not stop');
    }
  }
}

async function withDeadline(part: Part, timeoutMs: number): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`still running after ${timeoutMs} ms`));
  }, timeoutMs);
  try {
    await Promise.race([Promise.resolve(part.stop()), late]);
  } finally {
    clearTimeout(timer);
  }
}
