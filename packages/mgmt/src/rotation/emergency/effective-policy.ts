import type { Strategy, Verification } from '@reroot/shared/api';
import { defaultAutomaticPolicy } from '../automatic-policy.ts';
import { moves } from '../moves.ts';
import type { Policy, RotationPolicy } from '../policy.ts';
import type { RotationRecord } from '../record.ts';

/**
 * The policy that a rotation really goes by: that of the mesh, and for a rotation in an emergency, from its approval until it is
 * over or taken back, what `hurry` leaves of it. Everything that decides, tells or shows asks here. Pure; the same again for its
 * own result.
 */
export function effectivePolicyOf<P extends RotationPolicy>(policy: P, record: Pick<RotationRecord, 'state' | 'rotation'>): P {
  const { state, rotation } = record;
  // The record names the last rotation while the mesh is at rest: what it was allowed is not allowed for ever.
  const isOver = moves.start.from.some((from) => from === state);
  return isOver || rotation?.emergency?.approval === undefined ? policy : hurry(policy, rotation.strategy);
}

/**
 * A policy without anything that takes time and proves nothing. What proves stays, and is asked for in full: it is all that is
 * left. Nothing takes the rotation back by itself, for back is where the danger is.
 */
export function hurry<P extends RotationPolicy>(policy: P, strategy: Strategy): P {
  const { emergency } = policy;
  return {
    ...policy,
    waves: { canaries: [], size: { kind: 'all' }, soakMs: 0, onFailure: 'stop' },
    stepTimeout: { afterMs: undefined, then: 'hold' },
    automatic: { ...(policy.automatic ?? defaultAutomaticPolicy), soakMs: 0, onFailure: 'hold' },
    minimumOverlapMs: 0,
    // Without the overlap, nothing but evidence of the workloads says that no leaf of the old root is left.
    requiredEvidence: strategy === 'MULTI_ROOT' ? 'held' : policy.requiredEvidence,
    restarts: policy.restarts === 'never' ? emergency.restarts : policy.restarts,
    workloadRestarts: policy.workloadRestarts === 'never' ? emergency.workloadRestarts : policy.workloadRestarts,
    ...('window' in policy ? { window: { kind: 'open' } satisfies Policy['window'] } : {}),
  };
}

/** What of a start can be asked for, where it is not to be as the policy says. */
export interface AskedFor {
  readonly strategy?: Strategy | undefined;
  readonly verification?: Verification | undefined;
}

/**
 * The policy that a rotation in an emergency would go by, with what is asked for at its start. Its steps are verified by evidence
 * alone unless somebody asks for more; the one person that is needed approves it as a whole.
 */
export function emergencyPolicyOf<P extends RotationPolicy>(policy: P, { strategy, verification = 'none' }: AskedFor): P {
  const chosen = strategy ?? policy.strategy;
  const approvals = verification === 'none' ? { ...policy.approvals, by: 'anybody' as const } : policy.approvals;
  return hurry({ ...policy, strategy: chosen, verification, approvals }, chosen);
}
