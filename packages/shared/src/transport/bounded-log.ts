import type { Clock } from '../clock/index.ts';
import type { Log, LogFields } from '../log/index.ts';

const windowMs = 10_000;
const linesPerWindow = 20;

/** Takes lines that others can cause at any rate. */
export type BoundedLog = Pick<Log, 'warn' | 'error'>;

/**
 * A log for what others can cause at any rate: no more than 20 lines each 10 s. The first line after that says how many
 * were left out.
 */
export function createBoundedLog(log: Log, clock: Clock): BoundedLog {
  let windowEndsMs = Number.NEGATIVE_INFINITY;
  let written = 0;
  let heldBack = 0;
  const write = (level: 'warn' | 'error', fields: LogFields, msg: string): void => {
    const nowMs = clock.now();
    if (nowMs >= windowEndsMs) {
      windowEndsMs = nowMs + windowMs;
      written = 0;
    }
    if (written >= linesPerWindow) {
      heldBack += 1;
      return;
    }
    written += 1;
    log[level](heldBack === 0 ? fields : { ...fields, heldBack }, msg);
    heldBack = 0;
  };
  return {
    warn: (fields, msg) => {
      write('warn', fields, msg);
    },
    error: (fields, msg) => {
      write('error', fields, msg);
    },
  };
}
