import { RerootError } from '../errors/index.ts';

/** What became of one field. */
export interface FieldReport {
  /** Where it stands in the document, such as `spec.mtlsConfig.autoRestartPods`. */
  readonly field: string;
  /** `taken` as it is, `mapped` to something else, `unsupported` by reroot, or `unknown` to it. */
  readonly outcome: 'taken' | 'mapped' | 'unsupported' | 'unknown';
  /** How it was mapped, or why it was not, and what to do instead. */
  readonly message: string;
}

export const taken = (field: string, to: string): FieldReport => ({ field, outcome: 'taken', message: `as ${to}` });
export const mapped = (field: string, message: string): FieldReport => ({ field, outcome: 'mapped', message });
export const unsupported = (field: string, message: string): FieldReport => ({ field, outcome: 'unsupported', message });
export const unknown = (field: string): FieldReport => ({
  ...{ field, outcome: 'unknown' },
  message: 'no field that reroot knows of this API: look up what it does, and whether the mesh needs it',
});

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The fields of an object; none where nothing is said.
 * @param field as whoever wrote it knows it
 * @throws RR_GLOO_INVALID for anything else: what is in it would be dropped without a word
 */
export function fieldsOf(value: unknown, field: string, place: string): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (isRecord(value)) return value;
  throw invalid(`${field} must be an object, and is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}`, place);
}

/** A document of which no mesh can be made. */
export function invalid(message: string, place: string, remedy?: string): RerootError {
  return new RerootError('RR_GLOO_INVALID', message, { place, ...(remedy === undefined ? {} : { remedy }) });
}
