import type { Verdict } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import type { FleetView } from '../fleet/index.ts';
import { windowAt } from '../mesh/index.ts';
import {
  ageVerdict,
  type CellCounts,
  type Decision,
  decideOn,
  effectivePolicyOf,
  type JudgeIndex,
  type Policy,
  type Snapshot,
  type VerificationFacts,
} from '../rotation/index.ts';
import type { MeshView } from './mesh-view.ts';

/** What follows from the evidence about a mesh, at one moment. */
export interface JudgedMoment {
  readonly view: MeshView;
  readonly snapshot: Snapshot;
  /** The effective one. */
  readonly policy: Policy;
  readonly decision: Decision;
  /** The trust matrix of the members, counted. */
  readonly cells: CellCounts;
  readonly nowMs: number;
}

/** What a mesh is judged by. */
export interface JudgeMomentOptions {
  readonly fleet: FleetView;
  readonly index: JudgeIndex;
  readonly timings: Pick<Policy, 'silentAfterMs' | 'finishedHoldMs'>;
  readonly verification: VerificationFacts | undefined;
  /** The verdict before, for since when; the one that is stored when it is left out. */
  readonly before?: Verdict | undefined;
  readonly clock: Clock;
}

/** Judges a mesh as it is stored by the evidence of now. It changes nothing. */
export function judgeMoment(view: MeshView, options: JudgeMomentOptions): JudgedMoment {
  const { fleet, index, timings, verification, before = view.stored.verdict?.verdict, clock } = options;
  const { record, spec } = view.stored;
  const nowMs = clock.now();
  const asked: Policy = { ...spec.rotation, ...timings, window: windowAt(spec.maintenanceWindows, nowMs) };
  const policy = effectivePolicyOf(asked, record);
  const snapshot = { ...fleet.snapshot(record.mesh, spec.clusters, view.rootNames), verification };
  const decision = decideOn(index.judge(record, snapshot, policy, nowMs), record, snapshot, policy, nowMs);
  const aged = { ...decision, verdict: ageVerdict(decision.verdict, before, nowMs) };
  return { view, snapshot, policy, decision: aged, cells: index.countCells(record, snapshot, policy, nowMs), nowMs };
}
