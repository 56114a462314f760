import type { State } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { Step } from '@reroot/shared/protocol';
import type { Rotation, RotationRecord, Transition } from './record.ts';
import { rowAfter, rowBefore } from './row.ts';

/**
 * A rotation moves a mesh from root A to root B without a moment in which two workloads cannot verify each other.
 *
 *   NOT_ROTATING ─► ADDING_NEW_ROOT ─► PROPAGATING_NEW_INTERMEDIATE ─► DELETING_OLD_ROOT ─► FINISHED ─► NOT_ROTATING
 *                    [A+B | A]           [A+B | B]                       [B | B]
 *
 * Each step ends in VERIFYING and VERIFIED before the next begins. Each can be taken back: ROLLING_BACK puts the row
 * before in force, and is gated and verified like any step. Back from the first step is PREVIOUS_CA, [A | A].
 *
 * ADDING_NEW_ROOT               both roots are trusted everywhere while the old one signs; without it a workload that
 *                               has not heard of B would refuse a peer that is already signed by it.
 * PROPAGATING_NEW_INTERMEDIATE  the new root signs while both stay trusted; only when no leaf of A is left anywhere
 *                               can A be dropped.
 * DELETING_OLD_ROOT             the old root is no longer trusted.
 * VERIFYING                     the step is proven by evidence; people, or nobody, look at the traffic.
 * VERIFIED                      the step is accepted. Forward, the next begins once the evidence still holds: a replica
 *                               may have come back with old trust while people looked. Back, an operator decides.
 * FAILED                        nothing more is changed; the row in force stays, until an operator retries or rolls back.
 */
export type Move = keyof typeof moves;

/** Each move with the states it may start from, and the states it may lead to. */
export const moves = {
  /** An operator starts a rotation. */
  start: { from: ['NOT_ROTATING', 'PREVIOUS_CA', 'FINISHED'], to: ['ADDING_NEW_ROOT', 'DELETING_OLD_ROOT'] },
  /** Every gate of the row has passed. */
  verify: {
    from: ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT', 'ROLLING_BACK'],
    to: ['VERIFYING'],
  },
  /** Connectivity was confirmed, or nobody asked for it. */
  confirm: { from: ['VERIFYING'], to: ['VERIFIED'] },
  /** An operator goes forward again from a row that was rolled back to; the evidence then decides when. */
  turnForward: { from: ['VERIFIED'], to: ['VERIFIED'] },
  /** The next row is put in force. */
  advance: { from: ['VERIFIED'], to: ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'] },
  /** The last row is verified: the new root becomes the current one. */
  finish: { from: ['VERIFIED'], to: ['FINISHED'] },
  /** The row before is put in force again. */
  stepBack: {
    from: ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT', 'VERIFYING', 'VERIFIED', 'FAILED'],
    to: ['ROLLING_BACK'],
  },
  /** The rollback has arrived at the first row and is verified. */
  settle: { from: ['VERIFIED'], to: ['PREVIOUS_CA'] },
  /** The finished rotation has been shown long enough. */
  forget: { from: ['FINISHED'], to: ['NOT_ROTATING'] },
  /** The rotation cannot go on by itself. */
  fail: {
    from: ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT', 'VERIFYING', 'VERIFIED'],
    to: ['FAILED'],
  },
  /** An operator takes the failed state up again. */
  retry: {
    from: ['FAILED'],
    to: ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT', 'VERIFYING', 'VERIFIED'],
  },
} as const satisfies Record<string, { readonly from: readonly State[]; readonly to: readonly State[] }>;

/** What a transition's entry in the history says. */
export interface Note {
  readonly message: string;
  readonly errors?: readonly string[];
}

/**
 * Starts a rotation on a record that rests.
 * @throws RR_INTERNAL when the table does not allow it; callers refuse with a code of their own before
 */
export function startRotation(
  record: RotationRecord,
  rotation: Rotation,
  roots: RotationRecord['roots'],
  nowMs: number,
  note: Note,
): Transition {
  const step = requireRow(rowAfter(rotation.strategy, 'PREVIOUS_CA'), 'start', record);
  return enter(record, 'start', { ...putInForce(record, step, 'forward'), rotation, roots, state: stateOf(step) }, nowMs, note);
}

/**
 * Makes any other move.
 * @throws RR_INTERNAL when the table does not allow it
 */
export function makeMove(record: RotationRecord, move: Exclude<Move, 'start'>, nowMs: number, note: Note): Transition {
  const { rotation } = record;
  if (rotation === undefined) throw illegalMove(move, record);
  return enter(record, move, changeOf(record, rotation, move), nowMs, note);
}

function changeOf(record: RotationRecord, rotation: Rotation, move: Exclude<Move, 'start'>): RotationRecord {
  switch (move) {
    case 'verify':
      return { ...record, state: 'VERIFYING' };
    case 'confirm':
      return { ...(rotation.verification === 'manual' ? answered(record) : record), state: 'VERIFIED' };
    case 'turnForward':
      return { ...answered(record), direction: 'forward' };
    case 'advance': {
      const step = requireRow(rowAfter(rotation.strategy, record.step), move, record);
      return { ...putInForce(record, step, 'forward'), state: stateOf(step) };
    }
    case 'finish':
      return { ...record, state: 'FINISHED', currentRoot: rotation.target };
    case 'stepBack': {
      const step = requireRow(rowBefore(rotation.strategy, record.step), move, record);
      const back = putInForce(record, step, 'back');
      return { ...back, state: 'ROLLING_BACK', rotation: { ...rotation, failedIn: undefined } };
    }
    case 'settle':
      return { ...record, state: 'PREVIOUS_CA' };
    case 'forget': {
      const roots = record.roots.filter(({ fingerprint }) => fingerprint === record.currentRoot);
      return { ...putInForce(record, 'PREVIOUS_CA', 'forward'), state: 'NOT_ROTATING', rotation: undefined, roots };
    }
    case 'fail':
      return { ...record, state: 'FAILED', rotation: { ...rotation, failedIn: record.state } };
    case 'retry':
      return { ...answered(record), state: rotation.failedIn ?? 'FAILED', rotation: { ...rotation, failedIn: undefined } };
  }
}

/** A new row is a new generation: evidence of the one before no longer counts. */
function putInForce(record: RotationRecord, step: Step, direction: RotationRecord['direction']): RotationRecord {
  return { ...record, step, direction, generation: record.generation + 1 };
}

/**
 * An operator's answer is a new generation too, of the same row: only evidence that an agent gathered after it counts,
 * and the same answer, sent twice, is stale the second time.
 */
function answered(record: RotationRecord): RotationRecord {
  return { ...record, generation: record.generation + 1 };
}

function enter(before: RotationRecord, move: Move, changed: RotationRecord, nowMs: number, note: Note): Transition {
  const { from, to } = moves[move];
  if (!includes(from, before.state) || !includes(to, changed.state)) throw illegalMove(move, before);
  const record = { ...changed, enteredAtMs: nowMs };
  const { state, step, rotation, generation } = record;
  return {
    record,
    condition: {
      atMs: nowMs,
      state,
      step,
      rotationId: rotation?.id,
      generation,
      message: note.message,
      errors: note.errors ?? [],
    },
  };
}

function includes(states: readonly State[], state: State): boolean {
  return states.includes(state);
}

/** The state in which a row is being reached on the way forward has the row's own name. */
function stateOf(step: Step): State {
  return step;
}

function requireRow(step: Step | undefined, move: Move, record: RotationRecord): Step {
  if (step === undefined) throw illegalMove(move, record);
  return step;
}

function illegalMove(move: Move, { state, step }: RotationRecord): RerootError {
  return new RerootError(
    'RR_INTERNAL',
    `cannot ${move} in state ${state} at ${step}; allowed in: ${moves[move].from.join(', ')}`,
  );
}
