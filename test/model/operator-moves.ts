import {
  type answerVerification,
  changeMembers,
  excludeCluster,
  includeCluster,
  type RotationRecord,
  requestAbort,
  requestStart,
} from '@reroot/mgmt/rotation';
import { RerootError } from '@reroot/shared/errors';
import { type Authorities, nowMs } from './materials.ts';
import { type Budget, type MgmtOptions, type MgmtState, mayRollBack, plainMoment, policyOf, spend, still } from './mgmt.ts';
import type { Kind } from './moves.ts';
import type { Rules } from './rules.ts';

/** Something that people do, and mgmt after it. */
export interface MgmtMove {
  readonly kind: Kind;
  readonly text: string;
  readonly to: MgmtState;
}

const reason = { by: 'ann', why: 'model' };

/** What people may do, and the change of leaders. */
export function operatorMoves(
  state: MgmtState,
  options: MgmtOptions,
  rules: Rules,
  authorities: Authorities,
): readonly MgmtMove[] {
  return [
    ...answerMoves(state, options, rules),
    ...failoverMoves(state),
    ...startMoves(state, options, authorities),
    ...exclusionMoves(state, options),
    ...memberMoves(state, options),
  ];
}

function failoverMoves(state: MgmtState): readonly MgmtMove[] {
  const { left, leaders } = state;
  if (left.failovers === 0) return [];
  const term = (leaders.at(-1) ?? 0) + 1;
  const to = { ...state, leaders: [...leaders, term], left: spend(left, 'failovers') };
  return [{ kind: 'fault', text: `another mgmt takes over, in term ${term}`, to }];
}

function startMoves(state: MgmtState, options: MgmtOptions, authorities: Authorities): readonly MgmtMove[] {
  const { record, left } = state;
  const policy = policyOf(options, plainMoment);
  const starts = authorities.flatMap(({ letter, root }) => {
    const start = { rotationId: `r${left.starts}`, target: root, by: 'ann' };
    const text = `an operator starts a rotation to ${letter}`;
    return act(state, 'starts', text, () => requestStart(record, start, policy, nowMs).record);
  });
  const abort = { rotationId: record.rotation?.id ?? '', ...reason };
  return [...starts, ...act(state, 'aborts', 'an operator aborts the rotation', () => requestAbort(record, abort, nowMs).record)];
}

function exclusionMoves(state: MgmtState, { excludable }: MgmtOptions): readonly MgmtMove[] {
  if (excludable === undefined) return [];
  const { record, members } = state;
  const exclusion = { ...reason, cause: 'operator', members } as const;
  const out = act(state, 'excludes', `an operator excludes ${excludable}`, () => {
    return excludeCluster(record, excludable, exclusion, nowMs).record;
  });
  const back = attempt(() => includeCluster(record, excludable, reason, nowMs).record);
  if (back === undefined) return out;
  return [...out, { kind: 'operator', text: `an operator lets ${excludable} return`, to: { ...state, record: still(back) } }];
}

function memberMoves(state: MgmtState, { joiner }: MgmtOptions): readonly MgmtMove[] {
  if (joiner === undefined) return [];
  const { record, members } = state;
  const change = (added: string[], removed: string[]): RotationRecord =>
    changeMembers(record, { added, removed }, '', nowMs).record;
  if (!members.includes(joiner)) {
    return act({ ...state, members: [...members, joiner] }, 'joins', `${joiner} joins the mesh`, () => change([joiner], []));
  }
  const others = members.filter((name) => name !== joiner);
  return act({ ...state, members: others }, 'leaves', `${joiner} leaves the mesh`, () => change([], [joiner]));
}

/** An act that is paid for, when the rules allow it. */
function act(state: MgmtState, cost: keyof Budget, text: string, change: () => RotationRecord): readonly MgmtMove[] {
  const changed = state.left[cost] > 0 ? attempt(change) : undefined;
  if (changed === undefined) return [];
  return [{ kind: 'operator', text, to: { ...state, record: still(changed), left: spend(state.left, cost) } }];
}

function answerMoves(state: MgmtState, options: MgmtOptions, rules: Rules): readonly MgmtMove[] {
  const { record, left } = state;
  const { rotation, step, generation } = record;
  if (rotation === undefined) return [];
  type Answer = Parameters<typeof answerVerification>[1];
  const answer = (action: Answer['action']): RotationRecord | undefined => {
    const given: Answer = { rotationId: rotation.id, step, generation, action, ...reason };
    return attempt(() => still(rules.answer(record, given, nowMs).record));
  };
  const moves: MgmtMove[] = [];
  const back = mayRollBack(record, options) ? answer('ROLLBACK') : undefined;
  if (back !== undefined)
    moves.push({ kind: 'rollback', text: `an operator rolls ${step} back`, to: { ...state, record: back } });
  const confirms = record.state === 'VERIFYING';
  // A confirmation leads on by itself; the other two could be given again and again.
  // So does the retry of a rollback that was not verified; without it there would be no way back.
  const retriesBack = record.state === 'FAILED' && record.direction === 'back';
  const mayContinue = retriesBack || (confirms ? rotation.verification === 'manual' : left.turns > 0);
  const on = mayContinue ? answer('CONTINUE') : undefined;
  if (on === undefined) return moves;
  // Who wants the old root back also says, row by row, that the traffic is well.
  const kind = retriesBack || (confirms && record.direction === 'back') ? 'rollback' : 'operator';
  const to = { ...state, record: on, left: confirms || retriesBack ? left : spend(left, 'turns') };
  return [...moves, { kind, text: `an operator lets ${step} go on`, to }];
}

/** What the rules refuse does not happen. */
function attempt<T>(change: () => T): T | undefined {
  try {
    return change();
  } catch (error) {
    if (error instanceof RerootError && error.code !== 'RR_INTERNAL') return undefined;
    throw error;
  }
}
