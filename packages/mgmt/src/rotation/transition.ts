import type { State } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { Step } from '@reroot/shared/protocol';
import type { Act, StateAct } from './act.ts';
import { withAdopted, withHeldBack } from './adopted.ts';
import { changeCluster, resumed } from './deviation.ts';
import { awaitsApproval } from './emergency/emergency.ts';
import { type Move, moves } from './moves.ts';
import type { Answered, Rotation, RotationRecord, Transition, Wave } from './record.ts';
import { requireTrusted } from './require-trusted.ts';
import { changePhase, dropUnused, newRootsOf, oldRootsOf, retire } from './root-life.ts';
import { isSignedByTarget, rowAfter, rowBefore } from './row.ts';
import { isReleased, noWave, wholeWave } from './wave.ts';

type StartAct = Extract<StateAct, { move: 'start' }>;

/** What a transition's entry in the history says. */
export interface Note {
  readonly message: string;
  readonly errors?: readonly string[];
}

/**
 * Makes an act, and the entry of the history that goes with it.
 * @throws RR_INTERNAL when the table does not allow it; callers refuse with a code of their own before
 */
export function perform(record: RotationRecord, act: Act, nowMs: number, { message, errors = [] }: Note): Transition {
  requireTrusted(record, act.move);
  const changed = change(record, act, nowMs);
  const { state, step, rotation, generation } = changed;
  return { record: changed, condition: { atMs: nowMs, state, step, rotationId: rotation?.id, generation, message, errors, act } };
}

function change(record: RotationRecord, act: Act, nowMs: number): RotationRecord {
  switch (act.move) {
    case 'exclude':
    case 'include':
    case 'guide':
    case 'admit':
    case 'members':
    case 'rename':
      return changeCluster(record, act, nowMs);
    case 'restore':
      return { ...record, restored: { atMs: nowMs } };
    case 'resume':
      return resumed(record, act.unheard);
    case 'destroyKey':
      return { ...record, roots: changePhase(record.roots, act.root, 'destroyed', nowMs) };
    default:
      return enter(record, act, nowMs);
  }
}

/** Makes a move of the table. */
function enter(record: RotationRecord, act: StateAct, nowMs: number): RotationRecord {
  const { from, to } = moves[act.move];
  const changed = includes(from, record.state) ? changeOf(record, act, nowMs) : undefined;
  if (changed === undefined || !includes(to, changed.state)) throw illegalMove(act.move, record);
  return { ...changed, enteredAtMs: changed.state === record.state ? changed.enteredAtMs : nowMs };
}

function changeOf(record: RotationRecord, act: StateAct, nowMs: number): RotationRecord {
  if (act.move === 'start') return started(record, act, nowMs);
  const { rotation } = record;
  if (rotation === undefined) throw illegalMove(act.move, record);
  switch (act.move) {
    case 'approve': {
      const { emergency } = rotation;
      if (emergency === undefined || !awaitsApproval(record)) throw illegalMove(act.move, record);
      const { by, atMs } = act.approval;
      return {
        ...answered(record, { by, atMs }),
        rotation: { ...rotation, emergency: { ...emergency, approval: act.approval } },
      };
    }
    case 'release':
      return activated(released(record, act.wave), nowMs);
    case 'prove': {
      // One that was entered while the clock was ahead: what is found from now on is not of before.
      const enteredAtMs = Math.min(record.enteredAtMs, nowMs);
      return { ...record, enteredAtMs, wave: { ...record.wave, provenAtMs: nowMs } };
    }
    case 'doubt':
      return { ...record, wave: { ...record.wave, releasedAtMs: nowMs, provenAtMs: undefined } };
    case 'verify':
      return { ...record, state: 'VERIFYING', provenAtMs: nowMs, wave: { ...record.wave, provenAtMs: nowMs } };
    case 'confirm':
      return { ...answered(record, act.answer), state: 'VERIFIED' };
    case 'lapse':
      return { ...record, state: 'VERIFYING' };
    case 'turnForward':
      return { ...answered(record, act.answer), direction: 'forward' };
    case 'advance': {
      const step = requireRow(rowAfter(rotation.strategy, record.step), act.move, record);
      return { ...activated(putInForce(record, step, 'below', act.wave), nowMs), state: step };
    }
    case 'finish': {
      const roots = retire(record.roots, oldRootsOf(rotation), nowMs);
      return { ...record, state: 'FINISHED', currentRoot: rotation.target, roots };
    }
    case 'stepBack':
      return rolledBack(record, rotation, nowMs);
    case 'settle':
      return { ...record, state: 'PREVIOUS_CA', roots: retire(record.roots, newRootsOf(rotation), nowMs) };
    case 'forget': {
      const base = { step: 'PREVIOUS_CA', generation: record.generation } as const;
      const closed = { ...record, step: base.step, base, rotation: undefined, answer: undefined };
      return { ...dropUnused(closed), state: 'NOT_ROTATING' };
    }
    case 'abort':
      return aborted(record, rotation, nowMs);
    case 'fail':
      return { ...record, state: 'FAILED', rotation: { ...rotation, failedIn: record.state, failedBecause: act.because } };
    case 'retry':
      return retried(answered(record, act.answer), rotation, nowMs);
  }
}

/** Nothing is given to any cluster before its evidence allows it. */
function started(record: RotationRecord, { rotation, roots, above }: StartAct, nowMs: number): RotationRecord {
  const step = requireRow(rowAfter(rotation.strategy, 'PREVIOUS_CA'), 'start', record);
  const resting: RotationRecord = { ...record, rotation, roots, step: 'PREVIOUS_CA', direction: 'forward', answer: undefined };
  const joined = above === undefined ? resting : takeIn({ ...resting, lastGeneration: Math.max(record.lastGeneration, above) });
  return { ...putInForce(dropUnused(joined), step, 'below', noWave(nowMs)), state: step };
}

/** What adopted clusters held before is told under a generation that none of them has seen. */
function takeIn(record: RotationRecord): RotationRecord {
  return { ...withAdopted(record), ...nextGeneration(record) };
}

/** A new row is a new generation: evidence of the one before no longer counts. */
function putInForce(record: RotationRecord, step: Step, enteredFrom: RotationRecord['enteredFrom'], wave: Wave): RotationRecord {
  const { generation } = record;
  return {
    ...record,
    step,
    enteredFrom,
    wave,
    base: { step: record.step, generation },
    ...nextGeneration(record),
    provenAtMs: undefined,
  };
}

/** Higher than any that was ever given to any cluster. */
function nextGeneration({ lastGeneration }: RotationRecord): Pick<RotationRecord, 'generation' | 'lastGeneration'> {
  return { generation: lastGeneration + 1, lastGeneration: lastGeneration + 1 };
}

/**
 * Every member of the wave is told the row under the generation in force, unless it was told the row before under a
 * higher one: then under one that is higher still.
 */
function released(record: RotationRecord, wave: Wave): RotationRecord {
  let { lastGeneration } = record;
  const ahead = Object.entries(record.ahead).map(([cluster, generation]): [string, number] => {
    const reached = isReleased({ ...record, wave }, cluster) && !isReleased(record, cluster);
    if (!reached || generation < record.generation) return [cluster, generation];
    lastGeneration += 1;
    return [cluster, lastGeneration];
  });
  return { ...record, wave, lastGeneration, ahead: Object.fromEntries(ahead) };
}

/** From the moment on that a cluster is told to be signed by it, the new root is active. */
function activated(record: RotationRecord, nowMs: number): RotationRecord {
  const { rotation } = record;
  if (rotation === undefined || !isSignedByTarget(record.step)) return record;
  return { ...record, roots: changePhase(record.roots, rotation.target, 'active', nowMs) };
}

/**
 * Live leaves and bundles may be one row behind the row in force, in the direction that it was entered from. From above,
 * that is two rows from the one before it: so nobody is told that one until everybody is proven to have left.
 */
function rolledBack(record: RotationRecord, rotation: Rotation, nowMs: number): RotationRecord {
  const step = requireRow(rowBefore(rotation.strategy, record.step), 'stepBack', record);
  const gated = { ...noWave(nowMs), provenAtMs: record.wave.provenAtMs };
  const wave = record.enteredFrom === 'above' ? gated : wholeWave(nowMs);
  const back = putInForce(record, step, 'above', wave);
  return {
    ...back,
    state: 'ROLLING_BACK',
    direction: 'back',
    answer: undefined,
    rotation: withoutFailure(rotation),
  };
}

/** The key of a root that no cluster ever heard of is of no use to anybody. */
function aborted(record: RotationRecord, rotation: Rotation, nowMs: number): RotationRecord {
  const target = record.roots.find(({ fingerprint }) => fingerprint === rotation.target);
  const roots =
    target?.phase === 'created'
      ? changePhase(record.roots, rotation.target, 'destroyed', nowMs)
      : retire(record.roots, newRootsOf(rotation), nowMs);
  const rest = putInForce(withHeldBack({ ...record, roots }, rotation, nowMs), 'PREVIOUS_CA', 'below', wholeWave(nowMs));
  const base = { step: 'PREVIOUS_CA', generation: rest.generation } as const;
  return { ...rest, base, state: 'NOT_ROTATING', direction: 'forward', rotation: undefined, answer: undefined };
}

function withoutFailure(rotation: Rotation): Rotation {
  return { ...rotation, failedIn: undefined, failedBecause: undefined };
}

/** The time that a wave may take begins anew. */
function retried(record: RotationRecord, rotation: Rotation, nowMs: number): RotationRecord {
  const wave = { ...record.wave, releasedAtMs: nowMs, provenAtMs: undefined };
  return {
    ...record,
    wave,
    state: rotation.failedIn ?? 'FAILED',
    rotation: withoutFailure(rotation),
  };
}

/**
 * An operator's answer is a new generation too, of the same row: only evidence that an agent gathered after it counts,
 * and the same answer, sent twice, is told apart from a new one.
 */
function answered(record: RotationRecord, answer: Omit<Answered, 'generation'> | undefined): RotationRecord {
  if (answer === undefined) return record;
  const { generation } = record;
  return {
    ...record,
    answer: { ...answer, generation },
    ...nextGeneration(record),
  };
}

function includes(states: readonly State[], state: State): boolean {
  return states.includes(state);
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
