import type { EmergencyLoss, State, VerificationAnswer } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { carriedOrigins } from './adopted.ts';
import { awaitsApproval, type Emergency } from './emergency/emergency.ts';
import { moves } from './moves.ts';
import type { NewRoot } from './new-record.ts';
import { findContradictions, type RotationPolicy } from './policy.ts';
import type { RootGeneration, Rotation, RotationRecord, Transition } from './record.ts';
import { requireTrusted } from './require-trusted.ts';
import { objectToRollback, objectToRoot } from './root-life.ts';
import { rowBefore } from './row.ts';
import { perform } from './transition.ts';

/** What is asked for when a rotation starts. */
export interface StartRequest {
  /** Fresh and unique; approvals name it. */
  readonly rotationId: string;
  /** A root that was made for this rotation, or one that the record knows. */
  readonly target: NewRoot;
  readonly by: string;
  /** Undefined where nobody said it; an emergency has its own. */
  readonly why?: string;
  /** Makes it one in an emergency: it waits for another person's approval, and for nothing but evidence afterwards. */
  readonly emergency?: Omit<Emergency, 'approval'>;
}

/** What of the policy a start obeys, with what the request has changed of it. */
export type StartPolicy = Pick<
  RotationPolicy,
  | 'strategy'
  | 'verification'
  | 'automatic'
  | 'approvals'
  | 'waves'
  | 'minimumRootValidityMs'
  | 'requiredEvidence'
  | 'minimumOverlapMs'
>;

/**
 * Starts a rotation to a new root.
 * @throws RR_ROTATION_IN_PROGRESS while one is under way; RR_ROTATION_UNSAFE when what the request asks for does not go
 *   together with the policy; RR_ROTATION_TARGET_INVALID when the new root cannot serve
 */
export function requestStart(
  record: RotationRecord,
  { rotationId, target, by, why, emergency }: StartRequest,
  policy: StartPolicy,
  nowMs: number,
): Transition {
  requireStartable(record);
  requireConsistent(policy);
  const root = rootOf(record, target, nowMs);
  requireTarget(record, root, policy, nowMs);
  const rotation: Rotation = {
    id: rotationId,
    strategy: policy.strategy,
    verification: policy.verification,
    approvals: policy.approvals.by,
    canaries: policy.waves.canaries,
    old: record.currentRoot,
    target: root.fingerprint,
    ...carried(record),
    startedBy: by,
    startedAtMs: nowMs,
    ...(emergency === undefined ? {} : { emergency }),
    failedIn: undefined,
    failedBecause: undefined,
  };
  const others = record.roots.filter(({ fingerprint }) => fingerprint !== root.fingerprint);
  const message = startText(rotation, why);
  return perform(record, { move: 'start', rotation, roots: [...others, root] }, nowMs, { message });
}

/** Who reads the history later must find what was known when it was decided. */
function startText({ startedBy, strategy, emergency }: Rotation, why: string | undefined): string {
  const plain = `rotation started by ${startedBy} with strategy ${strategy}`;
  if (emergency === undefined) return why === undefined ? plain : `${plain}: ${why}`;
  const { reason, losses, excludeSilent } = emergency;
  const without = excludeSilent.length === 0 ? '' : `; without these while they are silent: ${excludeSilent.join(', ')}`;
  return `emergency ${plain}: ${reason}${without}; nobody is told before another person approves it. What is lost: ${lossesText(losses)}`;
}

function lossesText(losses: readonly EmergencyLoss[]): string {
  return losses.length === 0 ? 'nothing' : losses.map(({ message }) => message).join('; ');
}

/**
 * Refuses when a rotation cannot be started now; asked before a root is made for it.
 * @throws RR_ROTATION_IN_PROGRESS, RR_MESH_RESTORED
 */
export function requireStartable(record: RotationRecord): void {
  const { mesh, state, step, rotation } = record;
  requireTrusted(record, 'start');
  if (isAtRest({ state })) return;
  throw new RerootError('RR_ROTATION_IN_PROGRESS', `rotation ${rotation?.id ?? '?'} of mesh ${mesh} is in ${state} at ${step}`);
}

/**
 * Refuses what does not go together; asked before a root is made for it.
 * @throws RR_ROTATION_UNSAFE
 */
export function requireConsistent(policy: StartPolicy): void {
  const [found] = findContradictions(policy);
  if (found !== undefined) throw new RerootError('RR_ROTATION_UNSAFE', `${found.path.join('.')} ${found.message}`);
}

/** Whether no rotation is under way: then one may start. */
export function isAtRest({ state }: Pick<RotationRecord, 'state'>): boolean {
  return moves.start.from.some((from) => from === state);
}

/** Whether the mesh is on this root already, or on its way to it: then there is nothing to start. */
export function isTarget({ state, rotation, currentRoot, direction }: RotationRecord, fingerprint: string): boolean {
  if (isAtRest({ state })) return fingerprint === currentRoot;
  return fingerprint === (direction === 'forward' ? rotation?.target : rotation?.old);
}

/**
 * Takes a rotation back before any cluster was told of it. The new root is of no use to anybody then.
 * @throws RR_ROTATION_NOT_FOUND when the id is not that of the rotation under way; RR_ROTATION_TOLD when a cluster has
 *   been told
 */
export function requestAbort(
  record: RotationRecord,
  { rotationId, by, why }: { readonly rotationId: string; readonly by: string; readonly why: string },
  nowMs: number,
): Transition {
  const { rotation, state, step, wave, base } = record;
  if (rotation?.id !== rotationId || isAtRest({ state })) {
    throw new RerootError('RR_ROTATION_NOT_FOUND', `rotation ${rotationId} is not under way`);
  }
  const untouched = wave.index === 0 && base.step === 'PREVIOUS_CA' && moves.abort.from.some((from) => from === state);
  if (!untouched)
    throw new RerootError('RR_ROTATION_TOLD', `rotation ${rotationId} is in ${state} at ${step}: clusters were told`);
  return abort(record, rotation, `aborted by ${by}: ${why}`, nowMs);
}

function abort(record: RotationRecord, { target }: Rotation, said: string, nowMs: number): Transition {
  const unused = record.roots.some(({ fingerprint, phase }) => fingerprint === target && phase === 'created');
  const message = `${said}${unused ? '; the private key of the new root is destroyed' : ''}`;
  return perform(record, { move: 'abort' }, nowMs, { message });
}

/**
 * Takes a failed rotation up again, in the state in which it failed: the row in force is the same, and its time begins anew.
 * @throws RR_ROTATION_NOT_FOUND when the id is not that of the rotation under way; RR_ROTATION_NOT_FAILED when it has not
 *   failed; RR_APPROVAL_FOUR_EYES when whoever started it asks, and another person must
 */
export function requestRetry(
  record: RotationRecord,
  { rotationId, by, why }: { readonly rotationId: string; readonly by: string; readonly why: string },
  nowMs: number,
): Transition {
  const { rotation, state, step } = record;
  if (rotation?.id !== rotationId || isAtRest({ state })) {
    throw new RerootError('RR_ROTATION_NOT_FOUND', `rotation ${rotationId} is not under way`);
  }
  if (state !== 'FAILED') {
    throw new RerootError('RR_ROTATION_NOT_FAILED', `rotation ${rotationId} is in ${state} at ${step}`);
  }
  requireOtherPerson(rotation, { by });
  return perform(record, { move: 'retry', answer: { by, atMs: nowMs } }, nowMs, { message: `taken up again by ${by}: ${why}` });
}

/** From where an adoption was rolled back to, clusters come with rows of their own. */
function carried(record: RotationRecord): Pick<Rotation, 'origins' | 'alsoOld'> {
  const origins = carriedOrigins(record);
  return origins === undefined ? {} : { origins, alsoOld: record.rotation?.alsoOld ?? [] };
}

function rootOf(record: RotationRecord, target: NewRoot, nowMs: number): RootGeneration {
  const known = record.roots.find(({ fingerprint }) => fingerprint === target.fingerprint);
  // A root that was in use before stays retired until it signs again: an abort must not destroy its key.
  if (known !== undefined) return known;
  const { fingerprint, notBeforeMs, notAfterMs } = target;
  return { fingerprint, notBeforeMs, notAfterMs, phase: 'created', phaseAtMs: nowMs };
}

function requireTarget(
  record: RotationRecord,
  root: RootGeneration,
  { minimumRootValidityMs }: StartPolicy,
  nowMs: number,
): void {
  const problem =
    root.fingerprint === record.currentRoot ? 'is the current root already' : objectToRoot(root, minimumRootValidityMs, nowMs);
  if (problem !== undefined) throw new RerootError('RR_ROTATION_TARGET_INVALID', `root ${root.fingerprint} ${problem}`);
}

type AnswerMove = 'confirm' | 'turnForward' | 'retry' | 'stepBack';
type Answers = Readonly<Partial<Record<VerificationAnswer['action'], AnswerMove>>>;

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
 * @throws RR_APPROVAL_FOREIGN when it names another rotation; RR_APPROVAL_REPEATED when it was taken before;
 *   RR_APPROVAL_STALE when it names another moment; RR_APPROVAL_NOT_EXPECTED when the state has no use for it;
 *   RR_ROLLBACK_IMPOSSIBLE when the root that would sign has expired;
 *   RR_APPROVAL_FOUR_EYES when whoever started the rotation lets it pass, and another person must
 */
export function answerVerification(record: RotationRecord, answer: VerificationAnswer, nowMs: number): Transition {
  const rotation = requireFresh(record, answer);
  if (awaitsApproval(record)) return answerEmergency(record, rotation, answer, nowMs);
  const move = answers[record.state][answer.action];
  const { state, step, direction } = record;
  const impossible =
    move === undefined ||
    // Forward, VERIFIED goes on by itself as soon as the evidence allows.
    (move === 'turnForward' && (direction === 'forward' || step === 'PREVIOUS_CA')) ||
    (move === 'stepBack' && rowBefore(rotation.strategy, step) === undefined);
  if (impossible) {
    throw new RerootError('RR_APPROVAL_NOT_EXPECTED', `${answer.action} has no use in ${state} at ${step}`);
  }
  const note = { message: `${answer.action} by ${answer.by}: ${answer.why}` };
  if (move === 'stepBack') {
    const objection = objectToRollback(record, nowMs);
    if (objection !== undefined) throw new RerootError('RR_ROLLBACK_IMPOSSIBLE', `cannot go back from ${step}: ${objection}`);
    return perform(record, { move }, nowMs, note);
  }
  // To accept a rollback lets no new step pass.
  if (direction === 'forward' || move !== 'confirm') requireOtherPerson(rotation, answer);
  return perform(record, { move, answer: { by: answer.by, atMs: nowMs } }, nowMs, note);
}

/** To refuse an emergency is open to everybody; to let it begin takes another person, whatever the policy says of four eyes. */
function answerEmergency(
  record: RotationRecord,
  rotation: Rotation,
  { action, by, why }: VerificationAnswer,
  nowMs: number,
): Transition {
  if (action === 'ROLLBACK') return abort(record, rotation, `the emergency rotation is refused by ${by}: ${why}`, nowMs);
  const { startedBy, id, emergency } = rotation;
  if (isSamePerson(by, startedBy)) {
    throw new RerootError(
      'RR_APPROVAL_FOUR_EYES',
      `${startedBy} has started emergency rotation ${id}, and another person must approve it`,
    );
  }
  const message = `the emergency rotation is approved by ${by}: ${why}; it was started by ${startedBy}: ${emergency?.reason ?? ''}`;
  return perform(record, { move: 'approve', approval: { by, atMs: nowMs, why } }, nowMs, { message });
}

function requireFresh({ rotation, step, generation, answer: last }: RotationRecord, answer: VerificationAnswer): Rotation {
  const named = `rotation ${answer.rotationId}, ${answer.step}, generation ${answer.generation}`;
  if (rotation === undefined) throw new RerootError('RR_APPROVAL_STALE', `the answer is for ${named}; no rotation is under way`);
  if (answer.rotationId !== rotation.id) {
    throw new RerootError('RR_APPROVAL_FOREIGN', `the answer is for ${named}; now is rotation ${rotation.id}`);
  }
  if (answer.step === step && answer.generation === generation) return rotation;
  if (last !== undefined && answer.generation === last.generation) {
    const taken = `${last.by} has answered it at ${new Date(last.atMs).toISOString()}`;
    throw new RerootError('RR_APPROVAL_REPEATED', `the answer is for ${named}, and ${taken}`);
  }
  throw new RerootError('RR_APPROVAL_STALE', `the answer is for ${named}; now is ${step}, generation ${generation}`);
}

/** To take a step back is always open to everybody: it leads to what was proven before. */
function requireOtherPerson({ approvals, startedBy, id }: Rotation, { by }: Pick<VerificationAnswer, 'by'>): void {
  if (approvals === 'anybody' || !isSamePerson(by, startedBy)) return;
  throw new RerootError('RR_APPROVAL_FOUR_EYES', `${by} has started rotation ${id}, and cannot let its steps pass`);
}

function isSamePerson(a: string, b: string): boolean {
  return normal(a) === normal(b);
}

function normal(name: string): string {
  return name.trim().toLowerCase();
}
