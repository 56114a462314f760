import type { Clock } from '@reroot/shared/clock';
import { type ErrorCode, toRerootError } from '@reroot/shared/errors';
import { errorFields, type Log } from '@reroot/shared/log';
import { type ClusterName, createSeldom, type Refusals } from '../fleet/index.ts';

/** Counts what is refused, and says it without filling the log: for each cluster and reason once a minute. */
export interface Refusing {
  /** @param msg which kind of message, as the sentence of the log */
  refuse(msg: string, subject: string, thrown: unknown): void;
  /** The same as `refuse` of a message that was not looked at, because too many came. */
  refuseUnseen(subject: string): void;
}

/** What refusing works with. */
export interface RefusingOptions {
  readonly refusals: Refusals;
  /** Strangers share their lines, for anybody can make names up. */
  readonly isKnown: (mesh: string, cluster: string) => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

const sayEveryMs = 60_000;

/** Starts with nothing said. */
export function createRefusing({ refusals, isKnown, clock, log }: RefusingOptions): Refusing {
  const seldom = createSeldom(sayEveryMs, clock);
  /** How many were left out since the last line of the kind; undefined when there is to be none now. */
  const note = (reason: ErrorCode, msg: string, subject: string): number | undefined => {
    const from = speakerOf(subject);
    refusals.count(reason, from);
    const speaker = isKnown(from.mesh, from.cluster) ? `${from.mesh}/${from.cluster}` : '';
    return seldom.pass(`${speaker} ${reason} ${msg}`);
  };
  return {
    refuse: (msg, subject, thrown) => {
      const heldBack = note(toRerootError(thrown).code, msg, subject);
      if (heldBack !== undefined) log.warn({ subject, ...errorFields(thrown), heldBack }, msg);
    },
    refuseUnseen: (subject) => {
      const msg = 'messages are not looked at: too many come';
      const heldBack = note('RR_RATE_LIMITED', msg, subject);
      if (heldBack !== undefined) log.warn({ subject, code: 'RR_RATE_LIMITED', heldBack }, msg);
    },
  };
}

/** Whatever the subject is: an error for each message of a flood would cost more than all the rest. */
function speakerOf(subject: string): ClusterName {
  const [, , mesh = '', cluster = ''] = subject.split('.');
  return { mesh, cluster };
}
