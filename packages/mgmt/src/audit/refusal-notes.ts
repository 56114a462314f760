import type { Clock } from '@reroot/shared/clock';
import { type RerootError, toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { createSeldom } from '../fleet/index.ts';
import type { Actor, AuditDraft } from '../store/index.ts';

/** An act that was asked for, and did not come about. */
export interface RefusedAct {
  readonly by: Actor;
  readonly action: string;
  readonly mesh: string | undefined;
  readonly cluster: string | undefined;
  readonly error: RerootError;
}

/** What the notes work with. */
export interface RefusalNotesOptions {
  readonly note: (draft: AuditDraft) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The same refusal of the same person is written down so often. */
const sameRefusalMs = 600_000;
/** The journal is never shortened: nobody shall fill the disk by being refused. */
const mostPerHour = 100;
const hourMs = 3_600_000;
const maxMessageLength = 500;

/** Writes refused acts into the journal, with how many were held back before. Never throws. */
export function createRefusalNotes({ note, clock, log }: RefusalNotesOptions): (refused: RefusedAct) => void {
  const seldom = createSeldom(sameRefusalMs, clock);
  let hour = { sinceMs: clock.now(), noted: 0 };
  let beyond = 0;
  return ({ by, action, mesh, cluster, error }) => {
    const same = seldom.pass([by.name, by.via, action, mesh, cluster, error.code].join('\n'));
    if (same === undefined) return;
    const nowMs = clock.now();
    if (Math.abs(nowMs - hour.sinceMs) >= hourMs) hour = { sinceMs: nowMs, noted: 0 };
    if (hour.noted >= mostPerHour) {
      beyond += 1;
      return;
    }
    hour.noted += 1;
    const facts = { ...(same === 0 ? {} : { heldBackOfThese: same }), ...(beyond === 0 ? {} : { heldBackOfOthers: beyond }) };
    beyond = 0;
    note({
      ...{ kind: 'refusal', action, by: { name: by.name, via: by.via }, code: error.code },
      message: error.message.slice(0, maxMessageLength),
      ...(by.why === undefined ? {} : { why: by.why }),
      ...(mesh === undefined ? {} : { mesh }),
      ...(cluster === undefined ? {} : { cluster }),
      ...(Object.keys(facts).length === 0 ? {} : { facts }),
    }).catch((failure: unknown) => {
      const { code, message } = toRerootError(failure);
      log.error({ code, problem: message }, 'a refused act could not be written into the journal');
    });
  };
}
