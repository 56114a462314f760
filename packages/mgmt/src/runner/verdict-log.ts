import type { Verdict } from '@reroot/shared/api';
import { type RerootError, toRerootError } from '@reroot/shared/errors';
import { errorFields, type Log, type LogFields } from '@reroot/shared/log';
import type { RotationCondition, RotationRecord } from '../rotation/index.ts';

/** Says what happens to a mesh: each change, and what it waits for or fails with once until that changes. */
export interface VerdictLog {
  change(record: RotationRecord, condition: RotationCondition): void;
  verdict(record: RotationRecord, verdict: Verdict): void;
  failure(thrown: unknown): void;
  /** Why a rotation that should start by itself does not. */
  notStarted(error: RerootError): void;
  /** Why a key that was to be destroyed is there still. */
  keysLeft(thrown: unknown): void;
}

/** @param log names the mesh already */
export function createVerdictLog(log: Log): VerdictLog {
  let said = '';
  let saidOfKeys = '';
  const once = (key: string, say: () => void): void => {
    if (key !== said) say();
    said = key;
  };
  return {
    change: (record, { message, errors }) => {
      said = '';
      log.info({ ...placeOf(record), message, errors }, 'the mesh has changed');
    },
    verdict: (record, { passed, reason, message, laggards }) => {
      const { state, step, generation } = record;
      once([state, step, generation, reason].join(), () => {
        log.info({ ...placeOf(record), reason, passed, message, laggards: laggards.length }, 'the verdict is another');
      });
    },
    failure: (thrown) => {
      const error = toRerootError(thrown);
      once(`${error.code} ${error.message}`, () => {
        const deposed = error.code === 'RR_STORE_DEPOSED';
        log.error(errorFields(error), deposed ? 'the mesh is left alone' : 'the mesh cannot be looked at; it is tried again');
      });
    },
    notStarted: (error) => log.error(errorFields(error), 'a rotation should start by itself, and is not started'),
    keysLeft: (thrown) => {
      const error = toRerootError(thrown);
      const key = `${error.code} ${error.message}`;
      if (key !== saidOfKeys) log.warn(errorFields(error), 'the key of a root is not destroyed yet; it is tried again');
      saidOfKeys = key;
    },
  };
}

function placeOf({
  state,
  step,
  generation,
  rotation,
}: RotationRecord): Pick<LogFields, 'state' | 'step' | 'generation' | 'rotation'> {
  return { state, step, generation, ...(rotation === undefined ? {} : { rotation: rotation.id }) };
}
