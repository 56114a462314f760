import type { Log } from '@reroot/shared/log';

/** A log whose lines can be looked at. */
export interface RecordedLog extends Log {
  /** `level message`, oldest first. */
  readonly lines: readonly string[];
}

export function createRecordedLog(): RecordedLog {
  const lines: string[] = [];
  const note = (level: string) => (_fields: object, msg: string) => {
    lines.push(`${level} ${msg}`);
  };
  const log: RecordedLog = {
    lines,
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
    child: () => log,
  };
  return log;
}
