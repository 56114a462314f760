import { type CatalogueEntry, type ErrorCode, errorCatalogue } from './catalogue.ts';
import { veilSecrets } from './veil-secrets.ts';

/** Facts about one occurrence of an error. */
export interface ErrorFacts {
  /** Where: a file with line and column, a path into a document, an address, a message field. */
  readonly place?: string;
  /** What to do, when the occurrence knows better than the catalogue. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

/**
 * The one error class of reroot. The message says what happened, to whom and with which value:
 * lower case, no full stop, never a secret. Where a secret was given as the value, it is taken out: see `veilSecrets`.
 */
export class RerootError extends Error {
  readonly code: ErrorCode;
  readonly place: string | undefined;
  readonly remedy: string;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(veilSecrets(message), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'RerootError';
    this.code = code;
    this.place = facts.place === undefined ? undefined : veilSecrets(facts.place);
    this.remedy = facts.remedy === undefined ? errorCatalogue[code].remedy : veilSecrets(facts.remedy);
  }

  /** The catalogue's entry: meaning, HTTP status, exit code. */
  get entry(): CatalogueEntry {
    return errorCatalogue[this.code];
  }
}

/** The error itself when it is ours, else RR_INTERNAL around it. Never throws. */
export function toRerootError(thrown: unknown): RerootError {
  return thrown instanceof RerootError ? thrown : new RerootError('RR_INTERNAL', errorMessage(thrown), { cause: thrown });
}

/** The message of anything that was thrown. Never throws. */
export function errorMessage(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Ends a `switch` over a union: the compiler refuses it while a case is missing. */
export function assertNever(value: never): never {
  throw new RerootError('RR_INTERNAL', `unforeseen value ${JSON.stringify(value)}`);
}
