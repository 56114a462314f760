import type { MeshSpec } from '../../mesh/index.ts';
import { rootA, rootB, samplePolicy, sampleRotation, snapshotOf } from '../../rotation/evidence-sample.ts';
import {
  type AutomaticPolicy,
  decide,
  defaultAutomaticPolicy,
  newRecord,
  type RotationRecord,
  requestStart,
} from '../../rotation/index.ts';
import type { Subject } from '../subject.ts';

const options = { ttlDays: 1, organization: 'o', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, graceRatio: 0 } as const;

/** A mesh of two clusters, verified automatically as the policy says. */
export function sampleSpec(asked: Partial<AutomaticPolicy> = {}): MeshSpec {
  return {
    mesh: 'demo',
    clusters: ['east', 'west'],
    trustDomain: 'cluster.local',
    rootSource: { kind: 'generated' },
    intermediateSource: { kind: 'mgmt' },
    root: options,
    intermediate: options,
    rotation: { ...sampleRotation, verification: 'automatic', automatic: { ...defaultAutomaticPolicy, ...asked } },
    maintenanceWindows: [],
  };
}

/** When the rotation of a sample began. */
export const startedAtMs = 1_000;

/** A rotation that is being verified at its first step, entered at `startedAtMs`. */
export function verifyingRecord(): RotationRecord {
  const policy = { ...samplePolicy, verification: 'automatic' } as const;
  const request = { rotationId: 'r1', target: rootB, by: 'ann' };
  let { record } = requestStart(newRecord('demo', rootA, 0), request, policy, startedAtMs);
  for (let steps = 0; record.state !== 'VERIFYING' && steps < 20; steps += 1) {
    const decision = decide(record, snapshotOf(record), policy, startedAtMs);
    if (decision.kind === 'transition') ({ record } = decision.transition);
  }
  return record;
}

/** That rotation as verification sees it. */
export function sampleSubject(asked: Partial<AutomaticPolicy> = {}, changes: Partial<Subject> = {}): Subject {
  const record = changes.record ?? verifyingRecord();
  const verdict = { passed: false, reason: 'VerificationRunning', message: 'waiting: x', laggards: [], laggardCount: 0 };
  return {
    spec: sampleSpec(asked),
    record,
    snapshot: snapshotOf(record),
    roots: new Map(),
    silentAfterMs: 1e9,
    verdict,
    ...changes,
  };
}
