import { RerootError, toRerootError } from '@reroot/shared/errors';
import type { Problem } from '@reroot/shared/protocol';

/** An error as it goes into a report. Takes anything that was thrown; what is not ours becomes RR_INTERNAL. */
export function problemOf(thrown: unknown): Problem {
  const { code, message, place, remedy } = toRerootError(thrown);
  return { code, message: clip(place === undefined ? message : `${message} (${place})`), remedy: clip(remedy) };
}

/** Whatever a cluster answers with, a report must stay small enough to be sent. */
const maxChars = 1_000;

function clip(text: string): string {
  return text.length <= maxChars ? text : `${text.slice(0, maxChars)}…`;
}

/** A problem that is found rather than caught. */
export function makeProblem(...args: ConstructorParameters<typeof RerootError>): Problem {
  return problemOf(new RerootError(...args));
}
