import { toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { RefusalCount } from '@reroot/shared/protocol';

/** Counts the messages that the agent has refused since it started. */
export interface RefusalCounter {
  /** Counts what was thrown about a message, and logs it unless the one before was of the same kind. */
  note(thrown: unknown): void;
  /** Only counts it: mgmt is told of it otherwise. */
  count(thrown: unknown): void;
  /** Gives what `read` gives; counts what it throws, and throws it on. */
  counting<T>(read: () => T): T;
  /** The last message was taken: the next refusal is news again. */
  noteTaken(): void;
  /** By reason, the most frequent first. */
  counts(): readonly RefusalCount[];
}

/** How many reasons are told apart; a list of the protocol takes no more than 64. */
const maxReasons = 32;
const otherReasons = 'RR_INTERNAL';

/** Starts at nothing. One of them counts for all connections of an agent. */
export function createRefusalCounter(log: Log): RefusalCounter {
  const counts = new Map<string, number>();
  let lastReason: string | undefined;
  const count = (thrown: unknown): void => {
    const { code } = toRerootError(thrown);
    const reason = counts.has(code) || counts.size < maxReasons ? code : otherReasons;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  };
  return {
    count,
    note: (thrown) => {
      count(thrown);
      const { code, message } = toRerootError(thrown);
      if (code !== lastReason) log.warn({ code, problem: message }, 'a message was not listened to');
      lastReason = code;
    },
    counting: (read) => {
      try {
        return read();
      } catch (error) {
        count(error);
        throw error;
      }
    },
    noteTaken: () => {
      lastReason = undefined;
    },
    counts: () => [...counts].map(([reason, times]) => ({ reason, count: times })).toSorted((a, b) => b.count - a.count),
  };
}
