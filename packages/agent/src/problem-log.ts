import type { Log } from '@reroot/shared/log';
import type { Problem } from '@reroot/shared/protocol';

/** Writes problems to the log when they come and when they go, not each time they are seen. */
export interface ProblemLog {
  /** Takes all problems of one pass. */
  note(problems: readonly Problem[]): void;
}

/** Starts with no problem. */
export function createProblemLog(log: Log): ProblemLog {
  let known = new Map<string, Problem>();
  return {
    note: (problems) => {
      const present = new Map(problems.map((problem) => [`${problem.code} ${problem.message}`, problem]));
      for (const [key, { code, message, remedy }] of present) {
        if (!known.has(key)) log.warn({ code, problem: message, remedy }, 'a problem has come up');
      }
      for (const [key, { code, message }] of known) {
        if (!present.has(key)) log.info({ code, problem: message }, 'a problem has gone');
      }
      known = present;
    },
  };
}
