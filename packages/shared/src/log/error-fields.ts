import { toRerootError } from '../errors/index.ts';
import type { LogFields } from './keys.ts';

/** An error as fields of a line. Takes anything that was thrown. */
export function errorFields(thrown: unknown): Pick<LogFields, 'code' | 'problem' | 'place' | 'remedy'> {
  const { code, message, place, remedy } = toRerootError(thrown);
  return { code, problem: message, ...(place === undefined ? {} : { place }), remedy };
}
