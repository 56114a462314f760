import { writeAuditLine } from '@reroot/shared/audit';
import { toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { Store } from '../store/index.ts';
import type { AuditSink } from './audit-sink.ts';

/** Hands the journal on. */
export interface JournalFollower {
  /** Told that something was appended. Never throws. */
  wake(): void;
  /** Resolves when everything that was appended is handed on, or could not be. */
  idle(): Promise<void>;
}

/** What it works with. */
export interface JournalFollowerOptions {
  readonly store: Pick<Store, 'readAudit'>;
  readonly sink: AuditSink;
  readonly log: Log;
}

const pageSize = 500;

/**
 * Begins behind what the sink has already: what was appended while the sink, or mgmt, was down comes first.
 * @throws RR_AUDIT_LOG_FAILED, RR_AUDIT_UNREADABLE when the sink cannot be used at all
 */
export async function followJournal({ store, sink, log }: JournalFollowerOptions): Promise<JournalFollower> {
  const begin = await sink.lastSeq();
  let last = begin === 'present' ? (await store.readAudit({ after: 0, limit: 1 })).total : begin;
  let running: Promise<void> | undefined;
  let asked = 0;

  const handOn = async (): Promise<void> => {
    for (;;) {
      const { entries, head } = await store.readAudit({ after: last, limit: pageSize });
      const newest = entries.at(-1)?.entry.seq;
      if (newest === undefined) return;
      const lines = entries.map(writeAuditLine);
      if (head?.seq === newest) lines.push(writeAuditLine({ head }));
      await sink.write(`${lines.join('\n')}\n`);
      last = newest;
    }
  };
  const run = async (): Promise<void> => {
    let heeded: number;
    do {
      heeded = asked;
      try {
        await handOn();
      } catch (error) {
        // The next entry tries again, from where this one stopped.
        const { code, message, place } = toRerootError(error);
        log.error({ code, problem: message, place, last }, 'the journal could not be handed on');
      }
    } while (heeded !== asked);
    running = undefined;
  };
  return {
    wake: () => {
      asked += 1;
      running ??= run();
    },
    idle: async () => {
      await running;
    },
  };
}
