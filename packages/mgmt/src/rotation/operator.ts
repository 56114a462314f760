import type { State, Strategy, Verification, VerificationAnswer } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { RootGeneration, RotationRecord, Transition } from './record.ts';
import { rowBefore } from './row.ts';
import { type Move, makeMove, moves, startRotation } from './transition.ts';

/** What an operator asks for when a rotation starts. */
export interface StartRequest {
  /** Fresh and unique; approvals name it. */
  readonly rotationId: string;
  readonly target: RootGeneration;
  readonly strategy: Strategy;
  readonly verification: Verification;
  readonly by: string;
}

/**
 * Starts a rotation to a new root.
 * @throws RR_ROTATION_IN_PROGRESS while one is under way; RR_ROTATION_TARGET_INVALID when the new root cannot serve
 */
export function requestStart(record: RotationRecord, request: StartRequest, nowMs: number): Transition {
  requireStartable(record);
  const { target } = request;
  requireTarget(record, target, nowMs);
  const current = record.roots.filter(({ fingerprint }) => fingerprint === record.currentRoot);
  return startRotation(
    record,
    {
      id: request.rotationId,
      strategy: request.strategy,
      verification: request.verification,
      old: record.currentRoot,
      target: target.fingerprint,
      startedBy: request.by,
      startedAtMs: nowMs,
      failedIn: undefined,
    },
    [...current, target],
    nowMs,
    { message: `rotation started by ${request.by} with strategy ${request.strategy}` },
  );
}

/**
 * Refuses when a rotation cannot be started now; asked before a root is made for it.
 * @throws RR_ROTATION_IN_PROGRESS
 */
export function requireStartable({ mesh, state, step, rotation }: RotationRecord): void {
  if (moves.start.from.some((from) => from === state)) return;
  throw new RerootError('RR_ROTATION_IN_PROGRESS', `rotation ${rotation?.id ?? '?'} of mesh ${mesh} is in ${state} at ${step}`);
}

function requireTarget(record: RotationRecord, target: RootGeneration, nowMs: number): void {
  const problem =
    target.fingerprint === record.currentRoot
      ? 'is the current root already'
      : nowMs < target.notBeforeMs
        ? `is not valid before ${new Date(target.notBeforeMs).toISOString()}`
        : nowMs >= target.notAfterMs
          ? `expired at ${new Date(target.notAfterMs).toISOString()}`
          : undefined;
  if (problem !== undefined) throw new RerootError('RR_ROTATION_TARGET_INVALID', `the new root ${target.fingerprint} ${problem}`);
}

type Answers = Readonly<Partial<Record<VerificationAnswer['action'], Exclude<Move, 'start'>>>>;

/** What CONTINUE and ROLLBACK mean in each state; where nothing stands, the answer is refused. */
const answers: Readonly<Record<State, Answers>> = {
  NOT_ROTATING: {},
  PREVIOUS_CA: {},
  ADDING_NEW_ROOT: { ROLLBACK: 'stepBack' },
  PROPAGATING_NEW_INTERMEDIATE: { ROLLBACK: 'stepBack' },
  DELETING_OLD_ROOT: { ROLLBACK: 'stepBack' },
  VERIFYING: { CONTINUE: 'confirm', ROLLBACK: 'stepBack' },
  VERIFIED: { CONTINUE: 'turnForward', ROLLBACK: 'stepBack' },
  ROLLING_BACK: {},
  FINISHED: {},
  FAILED: { CONTINUE: 'retry', ROLLBACK: 'stepBack' },
};

/**
 * Carries out an operator's answer. It must name the rotation, step and generation it was given for: one that was
 * meant for an earlier moment releases nothing.
 * @throws RR_APPROVAL_STALE when it names another moment; RR_APPROVAL_NOT_EXPECTED when the state has no use for it
 */
export function answerVerification(record: RotationRecord, answer: VerificationAnswer, nowMs: number): Transition {
  requireFresh(record, answer);
  const move = answers[record.state][answer.action];
  const { rotation, state, step, direction } = record;
  const impossible =
    move === undefined ||
    rotation === undefined ||
    // Forward, VERIFIED goes on by itself as soon as the evidence allows.
    (move === 'turnForward' && (direction === 'forward' || step === 'PREVIOUS_CA')) ||
    (move === 'stepBack' && rowBefore(rotation.strategy, step) === undefined);
  if (impossible) {
    throw new RerootError('RR_APPROVAL_NOT_EXPECTED', `${answer.action} has no use in ${state} at ${step}`);
  }
  return makeMove(record, move, nowMs, { message: `${answer.action} by ${answer.by}: ${answer.why}` });
}

function requireFresh({ rotation, step, generation }: RotationRecord, answer: VerificationAnswer): void {
  if (rotation !== undefined && answer.rotationId === rotation.id && answer.step === step && answer.generation === generation)
    return;
  const now =
    rotation === undefined ? 'no rotation is under way' : `now is rotation ${rotation.id}, ${step}, generation ${generation}`;
  const named = `rotation ${answer.rotationId}, ${answer.step}, generation ${answer.generation}`;
  throw new RerootError('RR_APPROVAL_STALE', `the answer is for ${named}; ${now}`);
}
