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
  RR_ROTATION_IN_PROGRESS: {
    means: 'a rotation is under way, and a mesh has one at a time',
    remedy: 'let it finish or roll it back; `reroot status` shows what it waits for',
    status: 409,
    exit: 4,
  },
  RR_ROTATION_TARGET_INVALID: {
    means: 'the new root cannot take over: it is the current one, not yet valid or expired',
    remedy: 'choose another root, or lengthen ttlDays of the root in the mesh',
    status: 422,
    exit: 2,
  },
  RR_APPROVAL_STALE: {
    means: 'the answer names another rotation, step or generation than the present one',
    remedy: 'look at `reroot status` again and answer for what it shows now',
    status: 409,
    exit: 4,
  },
  RR_APPROVAL_NOT_EXPECTED: {
    means: 'the rotation is in a state that has no use for this answer',
    remedy: 'look at `reroot status`: it says what the rotation waits for',
    status: 409,
    exit: 4,
  },
} as const satisfies Record<string, CatalogueEntry>;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof errorCatalogue;
