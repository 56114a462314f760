import type { RotationPlan } from '@reroot/shared/api';
import { toRerootError } from '@reroot/shared/errors';
import { describeStart } from '../audit/index.ts';
import type { RotationCondition, RotationRecord } from '../rotation/index.ts';
import type { MeshChange } from '../store/index.ts';
import type { MeshMoment } from './mesh-loop.ts';
import type { Preflighted } from './preflight.ts';

/** A start that is about to be written. */
export interface WitnessedStart {
  /** Of the mesh before it. */
  readonly moment: MeshMoment;
  readonly change: MeshChange;
  /** Undefined where nobody was asked. */
  readonly preflighted: Preflighted | undefined;
  /** Of the mesh, oldest first. */
  readonly history: readonly RotationCondition[];
}

/** Gives the change with what stood when it was made: both are written together, and nobody has to believe it later. Never throws. */
export type StartWitness = (start: WitnessedStart) => MeshChange;

/** The plan of a rotation that has just started. */
export type PlanStarted = (moment: MeshMoment, started: RotationRecord, history: readonly RotationCondition[]) => RotationPlan;

/** @param planStarted a plan that cannot be made keeps no rotation from starting: the reason is kept in its place */
export function createStartWitness(planStarted: PlanStarted): StartWitness {
  return ({ moment, change, preflighted, history }) => {
    const { record } = change;
    if (record === undefined || preflighted === undefined) return change;
    const { report: preflight, versions } = preflighted;
    const plan = tryToPlan(() => planStarted(moment, record, history));
    const before = { ...moment, record: moment.view.stored.record };
    return { ...change, evidence: describeStart({ moment: before, rotationId: record.rotation?.id, preflight, versions, plan }) };
  };
}

function tryToPlan(plan: () => RotationPlan): RotationPlan | ReturnType<typeof toRerootError> {
  try {
    return plan();
  } catch (error) {
    return toRerootError(error);
  }
}
