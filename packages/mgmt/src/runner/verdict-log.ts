import type { Verdict } from '@reroot/shared/api';
import { type RerootError, toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { RotationRecord, Transition } from '../rotation/index.ts';

/** Says what happens to a mesh: each transition, and what it waits for or fails with once per change. */
export interface VerdictLog {
  transition(transition: Transition): void;
  verdict(record: RotationRecord, verdict: Verdict): void;
  failure(thrown: unknown): void;
}

/** @param log names the mesh already */
export function createVerdictLog(log: Log): VerdictLog {
  let said = '';
  const once = (key: string, say: () => void): void => {
    if (key !== said) say();
    said = key;
  };
  return {
    transition: ({ record, condition }) => {
      const { state, step, generation } = record;
      said = '';
      log.info({ ...placeOf(record), generation, reason: condition.message, errors: condition.errors }, `${state} at ${step}`);
    },
    verdict: (record, { passed, reason, message, laggards }) => {
      const { state, step, generation } = record;
      once([state, step, generation, reason].join(), () => {
        log.info({ ...placeOf(record), reason, passed, laggards: laggards.length }, message);
      });
    },
    failure: (thrown) => {
      const error = toRerootError(thrown);
      once(`${error.code} ${error.message}`, () => {
        log.error(fieldsOf(error), 'the mesh cannot be looked at; it is tried again');
      });
    },
  };
}

/** An error as fields of a log line. */
export function fieldsOf(thrown: unknown): { code: string; error: string; place?: string; remedy: string } {
  const error: RerootError = toRerootError(thrown);
  const { code, message, place, remedy } = error;
  return { code, error: message, ...(place === undefined ? {} : { place }), remedy };
}

function placeOf({ state, step, rotation }: RotationRecord): object {
  return { state, step, ...(rotation === undefined ? {} : { rotation: rotation.id }) };
}
