/** Facts of meshes for plans: clusters that hold what they are told, unless a test says otherwise. */
import { readMesh, windowAt } from '../../mesh/index.ts';
import { evidenceFor, rootA } from '../../rotation/evidence-sample.ts';
import {
  assignmentOf,
  type ClusterEvidence,
  decide,
  memberAssignmentOf,
  newRecord,
  noLinks,
  type Policy,
  type RotationRecord,
  type Snapshot,
} from '../../rotation/index.ts';
import { type MeshDocumentOptions, meshDocument } from '../../testing/mesh-document.ts';
import type { PlanAsk, PlanFacts } from '../plan-facts.ts';

export const nowMs = Date.UTC(2027, 0, 4, 12);
export const dayMs = 86_400_000;
export const knownRoot = { ...rootA, notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + 1_000 * dayMs };
export const restingRecord = newRecord('demo', knownRoot, nowMs - dayMs);

export interface Sample extends MeshDocumentOptions {
  readonly record?: RotationRecord;
  /** How clusters differ from holding what they are told; undefined for one that never reported. */
  readonly except?: Readonly<Record<string, Partial<ClusterEvidence> | undefined>>;
  readonly facts?: Partial<PlanFacts>;
}

export function planFacts({ record = restingRecord, except = {}, facts = {}, ...document }: Sample = {}): PlanFacts {
  const spec = readMesh(meshDocument(document), 'demo', 'test');
  const policy: Policy = {
    ...spec.rotation,
    ...{ silentAfterMs: 35_000, finishedHoldMs: 60_000, window: windowAt(spec.maintenanceWindows, nowMs) },
  };
  const evidence = spec.clusters.flatMap((cluster): [string, ClusterEvidence][] => {
    if (cluster in except && except[cluster] === undefined) return [];
    const told = assignmentOf(record, cluster) ?? memberAssignmentOf(record, cluster);
    const whole = evidenceFor(told);
    const written = whole.written === undefined ? undefined : { ...whole.written, signerNotAfterMs: nowMs + 300 * dayMs };
    return [[cluster, { ...whole, written, receivedAtMs: nowMs, ...except[cluster] }]];
  });
  const snapshot: Snapshot = {
    clusters: spec.clusters,
    evidence: new Map(evidence),
    knownRoots: new Set(record.roots.map(({ fingerprint }) => fingerprint)),
    heardSinceMs: 0,
    links: noLinks,
  };
  const { verdict } = decide(record, snapshot, policy, nowMs);
  const nothing = { alarms: [], roots: new Map(), offer: undefined, budgets: new Map(), history: [] };
  return { record, spec, snapshot, policy, verdict, ...nothing, nowMs, ...facts };
}

export function ask(changes: Partial<PlanAsk> = {}): PlanAsk {
  return { offline: [], exclude: [], ...changes };
}
