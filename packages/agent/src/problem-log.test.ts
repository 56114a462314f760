import { type Log, silentLog } from '@reroot/shared/log';
import { describe, expect, it } from 'vitest';
import { createProblemLog } from './problem-log.ts';

function recordLines(): { lines: string[]; log: Log } {
  const lines: string[] = [];
  const log: Log = { ...silentLog, warn: (_, msg) => lines.push(`warn ${msg}`), info: (_, msg) => lines.push(`info ${msg}`) };
  return { lines, log };
}

describe('the log of problems', () => {
  it('says once that a problem has come and once that it has gone', () => {
    const { lines, log } = recordLines();
    const problems = createProblemLog(log);
    const down = { code: 'RR_CLUSTER_UNREACHABLE', message: 'cluster c did not answer', remedy: 'look' };
    for (const present of [[], [down], [down], [down], [], []]) problems.note(present);
    expect(lines).toEqual(['warn a problem has come up', 'info a problem has gone']);
  });
});
