import type { Verdict } from '@reroot/shared/api';
import { assertNever } from '@reroot/shared/errors';
import type { Snapshot } from './evidence.ts';
import { type GatePolicy, judgeMesh } from './gate.ts';
import type { RotationRecord, Transition } from './record.ts';
import { rowAfter } from './row.ts';
import { makeMove } from './transition.ts';

/** What of the configuration bears on decisions. */
export interface Policy extends GatePolicy {
  /** How long FINISHED is shown before the mesh is NOT_ROTATING again. */
  readonly finishedHoldMs: number;
}

/** What happens next, and what it waits for if nothing does. */
export type Decision =
  | { readonly kind: 'transition'; readonly transition: Transition; readonly verdict: Verdict }
  | { readonly kind: 'wait'; readonly verdict: Verdict }
  /** No rotation is under way; the verdict says whether every cluster holds the current root. */
  | { readonly kind: 'rest'; readonly verdict: Verdict };

/**
 * Decides the next transition of a mesh from its record and the evidence alone.
 * Pure: the same arguments give the same decision, so after a crash nothing is lost by asking again.
 */
export function decide(record: RotationRecord, snapshot: Snapshot, policy: Policy, nowMs: number): Decision {
  const verdict = judgeMesh(record, snapshot, policy, nowMs);
  const move = (...args: [Parameters<typeof makeMove>[1], string, string[]?]): Decision => {
    const [name, message, errors = []] = args;
    return { kind: 'transition', transition: makeMove(record, name, nowMs, { message, errors }), verdict };
  };
  const expired = isUnderWay(record) ? expiredTarget(record, nowMs) : undefined;
  if (expired !== undefined) return move('fail', 'the rotation cannot go on', [expired]);

  switch (record.state) {
    case 'NOT_ROTATING':
    case 'PREVIOUS_CA':
      return { kind: 'rest', verdict };
    case 'FINISHED':
      if (nowMs - record.enteredAtMs < policy.finishedHoldMs) return { kind: 'rest', verdict };
      return move('forget', 'the new root is the current one; the rotation is closed');
    case 'FAILED':
      return { kind: 'wait', verdict: waiting('AwaitingOperator', `failed at ${record.step}; retry or roll back`) };
    case 'ADDING_NEW_ROOT':
    case 'PROPAGATING_NEW_INTERMEDIATE':
    case 'DELETING_OLD_ROOT':
    case 'ROLLING_BACK':
      return verdict.passed ? move('verify', `every cluster is proven to hold ${record.step}`) : { kind: 'wait', verdict };
    case 'VERIFYING':
      if (record.rotation?.verification === 'none') return move('confirm', `${record.step} goes on without verification`);
      return {
        kind: 'wait',
        verdict: verdict.passed ? waiting('AwaitingVerification', `verify ${record.step} and answer`) : verdict,
      };
    case 'VERIFIED':
      return decideVerified(record, verdict, move);
    default:
      return assertNever(record.state);
  }
}

function decideVerified(
  record: RotationRecord,
  verdict: Verdict,
  move: (name: 'advance' | 'finish' | 'settle', message: string) => Decision,
): Decision {
  // Evidence is asked again here: between the proof and the approval a replica may have come back with old trust,
  // and the next row must not begin while it is anywhere two rows away.
  if (!verdict.passed) return { kind: 'wait', verdict };
  if (record.direction === 'back') {
    if (record.step === 'PREVIOUS_CA') return move('settle', 'the mesh is back on the root it had before');
    return { kind: 'wait', verdict: waiting('AwaitingOperator', `rolled back to ${record.step}; continue or roll back further`) };
  }
  const next = record.rotation === undefined ? undefined : rowAfter(record.rotation.strategy, record.step);
  return next === undefined
    ? move('finish', 'every cluster trusts the new root alone')
    : move('advance', `${record.step} is verified; ${next} begins`);
}

/** A rotation is under way while the mesh neither rests nor waits for an operator after a failure. */
function isUnderWay({ state }: RotationRecord): boolean {
  return state !== 'NOT_ROTATING' && state !== 'PREVIOUS_CA' && state !== 'FINISHED' && state !== 'FAILED';
}

/** Why the new root can no longer be handed out; rolling back stays possible, for it needs the old root only. */
function expiredTarget({ rotation, roots, direction }: RotationRecord, nowMs: number): string | undefined {
  if (rotation === undefined || direction === 'back') return undefined;
  const target = roots.find(({ fingerprint }) => fingerprint === rotation.target);
  if (target === undefined || nowMs < target.notAfterMs) return undefined;
  return `the new root ${target.fingerprint} expired at ${new Date(target.notAfterMs).toISOString()}`;
}

function waiting(reason: string, message: string): Verdict {
  return { passed: false, reason, message: `waiting: ${message}`, laggards: [] };
}
