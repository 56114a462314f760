import type { RerootError } from '@reroot/shared/errors';

/** What happened and what to do about it, in one line. */
export function sentenceOf({ message, place, remedy }: Pick<RerootError, 'message' | 'place' | 'remedy'>): string {
  return `${message}${place === undefined ? '' : ` (${place})`}; ${remedy}`;
}
