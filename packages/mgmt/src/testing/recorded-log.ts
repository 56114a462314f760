import type { Log } from '@reroot/shared/log';

/** A log that keeps its lines. */
export interface RecordedLog extends Log {
  /** Every line that has at least these fields. */
  all(fields: object): readonly object[];
  find(fields: object): object | undefined;
}

/** Starts empty; children write into the same list. */
export function recordLog(): RecordedLog {
  const lines: Record<string, unknown>[] = [];
  const make = (base: object): Log => {
    const write = (level: string) => (fields: object, msg: string) => {
      lines.push({ ...base, ...fields, level, msg });
    };
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      child: (fields) => make({ ...base, ...fields }),
    };
  };
  const all = (fields: object): object[] =>
    lines.filter((line) => Object.entries(fields).every(([key, value]) => line[key] === value));
  return { ...make({}), all, find: (fields) => all(fields)[0] };
}
