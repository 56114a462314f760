/** What an error code means, what to do about it, and how it leaves the program. */
export interface CatalogueEntry {
  /** What happened, in general; the thrown message says to whom and with which value. */
  readonly means: string;
  /** What the operator does about it. */
  readonly remedy: string;
  /** HTTP status when the API answers with it. */
  readonly status: number;
  /** Exit code when a program ends with it. */
  readonly exit: ExitCode;
}

/**
 * Exit codes of every program of reroot.
 * 0 success · 1 the operation ran and failed · 2 bad input · 3 something needed cannot be reached
 * · 4 refused in the present state · 5 a deadline passed.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5;

/** Every code that reroot can report. `docs/errors.md` is generated from this table. */
export const errorCatalogue = {
  RR_INTERNAL: {
    means: 'something happened that the code does not foresee',
    remedy: 'report it with the log lines around it',
    status: 500,
    exit: 1,
  },
} as const satisfies Record<string, CatalogueEntry>;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof errorCatalogue;
