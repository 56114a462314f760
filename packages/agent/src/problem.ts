import { RerootError, toRerootError } from '@reroot/shared/errors';
import type { Problem } from '@reroot/shared/protocol';

/** An error as it goes into a report. Takes anything that was thrown; what is not ours becomes RR_INTERNAL. */
export function problemOf(thrown: unknown): Problem {
  const { code, message, place, remedy } = toRerootError(thrown);
  return { code, message: place === undefined ? message : `${message} (${place})`, remedy };
}

/** A problem that is found rather than caught. */
export function makeProblem(...args: ConstructorParameters<typeof RerootError>): Problem {
  return problemOf(new RerootError(...args));
}
