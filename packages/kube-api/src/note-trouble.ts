import type { RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';

/** Says once that something goes wrong, and once that it goes well again. */
export interface TroubleNote {
  bad(error: RerootError): void;
  good(): void;
}

/** A note of a collection that is followed. */
export function createTroubleNote(log: Log): TroubleNote {
  let noted: string | undefined;
  return {
    bad: ({ code, message }) => {
      if (noted === code) return;
      noted = code;
      log.warn({ code, problem: message }, 'a collection of the cluster cannot be followed');
    },
    good: () => {
      if (noted === undefined) return;
      noted = undefined;
      log.info({}, 'a collection of the cluster is followed again');
    },
  };
}
