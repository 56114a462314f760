import type { State, Strategy } from '@reroot/shared/api';
import { assertNever } from '@reroot/shared/errors';
import type { Nudge, ReplicaRestart, Step } from '@reroot/shared/protocol';
import type { Rotation, RotationRecord } from './record.ts';

/** What every cluster shall hold while a row is in force. */
export interface Row {
  /** Empty outside of a rotation. */
  readonly rotationId: string;
  readonly step: Step;
  /** Fingerprints, oldest first. */
  readonly roots: readonly string[];
  /** Fingerprint of the one of `roots` that signs. */
  readonly signer: string;
  readonly nudge: Nudge;
  readonly replicaRestart: ReplicaRestart;
}

/**
 * The rows that a strategy passes through, in order. Two neighbours of MULTI_ROOT are compatible: whoever holds one
 * verifies, and is verified by, whoever holds the other. Rows two apart are not, and neither are the two of NONE.
 */
export const paths = {
  MULTI_ROOT: ['PREVIOUS_CA', 'ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'],
  NONE: ['PREVIOUS_CA', 'DELETING_OLD_ROOT'],
} as const satisfies Record<Strategy, readonly Step[]>;

/** The row after `step` on the strategy's path; undefined after the last. */
export function rowAfter(strategy: Strategy, step: Step): Step | undefined {
  const path: readonly Step[] = paths[strategy];
  return path[path.indexOf(step) + 1];
}

/** The row before `step` on the strategy's path; undefined before the first. */
export function rowBefore(strategy: Strategy, step: Step): Step | undefined {
  const path: readonly Step[] = paths[strategy];
  return path[path.indexOf(step) - 1];
}

/** Here the row was proven before, nudge included: another would make every proxy ask again for nothing. */
const provenStates: readonly State[] = ['VERIFIED', 'FINISHED', 'PREVIOUS_CA'];

/** The row that the record puts in force. */
export function rowOf(record: RotationRecord): Row {
  const { rotation, step } = record;
  if (rotation === undefined) {
    return {
      rotationId: '',
      step,
      roots: [record.currentRoot],
      signer: record.currentRoot,
      nudge: 'laggards',
      replicaRestart: 'never',
    };
  }
  return {
    rotationId: rotation.id,
    step,
    ...trustOf(rotation, step),
    nudge: provenStates.includes(record.state) ? 'laggards' : nudgeOf(step, record.direction),
    replicaRestart: rotation.strategy === 'NONE' ? 'when-refused' : 'never',
  };
}

function trustOf(rotation: Rotation, step: Step): Pick<Row, 'roots' | 'signer'> {
  switch (step) {
    case 'PREVIOUS_CA':
      return { roots: [rotation.old], signer: rotation.old };
    case 'ADDING_NEW_ROOT':
      return { roots: [rotation.old, rotation.target], signer: rotation.old };
    case 'PROPAGATING_NEW_INTERMEDIATE':
      return { roots: [rotation.old, rotation.target], signer: rotation.target };
    case 'DELETING_OLD_ROOT':
      return { roots: [rotation.target], signer: rotation.target };
    default:
      return assertNever(step);
  }
}

/**
 * A bundle that only grows changes its bytes, and that already makes every proxy ask; whoever then missed it is a
 * laggard. A changed signer moves no bytes at all, and after a shrunk bundle a proxy told by a fresh replica may have
 * asked a late one: both need the nudge once every replica is proven, and never before, or it is lost.
 */
function nudgeOf(step: Step, direction: RotationRecord['direction']): Nudge {
  const grows = direction === 'forward' ? step === 'ADDING_NEW_ROOT' : step === 'PROPAGATING_NEW_INTERMEDIATE';
  return grows ? 'laggards' : 'when-loaded';
}
