import { type PlannedRoot, unmadeRoot } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { backdateMs, validityEndMs } from '../authorities/index.ts';
import { isMadeToOrder } from '../mesh/index.ts';
import {
  awaitsApproval,
  type Emergency,
  effectivePolicyOf,
  emergencyPolicyOf,
  entryOf,
  excludeCluster,
  isAtRest,
  isMember,
  type NewRoot,
  type Policy,
  type RotationRecord,
  requestStart,
} from '../rotation/index.ts';
import type { PlanAsk, PlanFacts } from './plan-facts.ts';

/** The rotation that a plan is of. */
export interface PlannedStart {
  readonly of: 'start' | 'rest';
  /** Under way: that of the mesh, or one that the real start has made of it. */
  readonly record: RotationRecord;
  readonly policy: Policy;
  readonly startMs: number;
  /** Whether it begins with the approval of a person, which the plan takes to be given at its start. */
  readonly awaits: 'approval' | 'nobody';
  readonly oldRoot: PlannedRoot;
  readonly newRoot: PlannedRoot;
  /** What adopted clusters came with, and is to go as the old root does. */
  readonly alsoOld: readonly PlannedRoot[];
}

/**
 * Starts the rotation that is asked for, in memory alone and with everything that a real start refuses; or takes up the one
 * that is under way.
 * @throws RR_CLUSTER_NOT_FOUND, RR_CLUSTER_LAST; RR_ROTATION_IN_PROGRESS when another start is asked for while one is under way;
 *   RR_ROTATION_UNSAFE, RR_ROTATION_TARGET_INVALID as a start does
 */
export function planStart(facts: PlanFacts, ask: PlanAsk): PlannedStart {
  for (const cluster of [...ask.offline, ...ask.exclude]) requireCluster(facts, cluster);
  const startMs = Math.max(facts.nowMs, ask.atMs ?? facts.nowMs);
  const record = withExcluded(facts, ask, startMs);
  if (!isAtRest(facts.record)) {
    requireNoOtherStart(facts.record, ask);
    const approved = asApproved(record, facts.nowMs);
    const policy = effectivePolicyOf(facts.policy, approved);
    return { of: 'rest', ...partsOf(record, approved, facts), policy, startMs: facts.nowMs };
  }
  const policy = policyOf(facts, ask);
  const emergency = ask.pace === 'emergency' ? { emergency: unasked } : {};
  const request = { rotationId: 'plan', target: targetOf(facts, ask, startMs), by: 'plan', ...emergency };
  const started = requestStart(record, request, policy, startMs).record;
  return { of: 'start', ...partsOf(started, asApproved(started, startMs), facts), policy, startMs };
}

/** Why it is one, and what it gives up, bears on no moment of it. */
const unasked: Emergency = { reason: 'the plan is asked for', excludeSilent: [], losses: [] };

/** As a start goes by it. */
function policyOf({ policy, spec: { rotation } }: PlanFacts, { strategy, verification, pace }: PlanAsk): Policy {
  if (pace === 'emergency') return emergencyPolicyOf({ ...policy, strategy: rotation.strategy }, { strategy, verification });
  return { ...policy, strategy: strategy ?? rotation.strategy, verification: verification ?? rotation.verification };
}

/** A rotation in an emergency that waits for its approval goes by another policy from then on: whoever approves is to see that. */
function asApproved(record: RotationRecord, atMs: number): RotationRecord {
  const { rotation } = record;
  if (rotation?.emergency === undefined || !awaitsApproval(record)) return record;
  const approval = { by: 'plan', atMs, why: 'the plan is of what an approval leads to' };
  return { ...record, rotation: { ...rotation, emergency: { ...rotation.emergency, approval } } };
}

/** @param before with its approval, where it has one already */
function partsOf(
  before: RotationRecord,
  record: RotationRecord,
  facts: PlanFacts,
): Pick<PlannedStart, 'record' | 'awaits' | 'oldRoot' | 'newRoot' | 'alsoOld'> {
  const { rotation, currentRoot } = record;
  const oldRoot = describeRoot(rotation?.old ?? currentRoot, record, facts);
  const newRoot = describeRoot(rotation?.target ?? currentRoot, record, facts);
  const alsoOld = (rotation?.alsoOld ?? [])
    .filter((root) => root !== oldRoot.fingerprint && root !== newRoot.fingerprint)
    .map((root) => describeRoot(root, record, facts));
  return { record, awaits: awaitsApproval(before) ? 'approval' : 'nobody', oldRoot, newRoot, alsoOld };
}

/** A root that is made for the rotation cannot be known before, but what it will be like can. */
function targetOf({ record, spec, offer }: PlanFacts, { targetRoot }: PlanAsk, startMs: number): NewRoot {
  if (targetRoot !== undefined) {
    const known = record.roots.find(({ fingerprint }) => fingerprint === targetRoot);
    if (known !== undefined) return known;
    throw new RerootError('RR_ROTATION_TARGET_INVALID', `mesh ${record.mesh} knows no root ${targetRoot}`);
  }
  if (!isMadeToOrder(spec.rootSource) && offer?.kind === 'root') {
    const { fingerprint, notBefore, notAfter } = offer;
    return { fingerprint, notBeforeMs: Date.parse(notBefore), notAfterMs: Date.parse(notAfter) };
  }
  return {
    fingerprint: unmadeRoot,
    notBeforeMs: startMs - backdateMs,
    notAfterMs: validityEndMs(startMs, spec.root.ttlDays),
  };
}

function describeRoot(fingerprint: string, record: RotationRecord, { record: present, roots, offer }: PlanFacts): PlannedRoot {
  const known = record.roots.find((root) => root.fingerprint === fingerprint);
  const lifetime =
    known === undefined
      ? {}
      : { notBefore: new Date(known.notBeforeMs).toISOString(), notAfter: new Date(known.notAfterMs).toISOString() };
  if (fingerprint === unmadeRoot) return { fingerprint, origin: 'unmade', ...lifetime };
  const kept = roots.get(fingerprint);
  const subjectKnown = kept === undefined ? {} : { subject: kept.certificate.subject };
  if (present.roots.some((root) => root.fingerprint === fingerprint))
    return { fingerprint, origin: 'known', ...subjectKnown, ...lifetime };
  const subject = offer?.kind === 'root' ? { subject: offer.subject } : {};
  return { fingerprint, origin: 'offered', ...subject, ...lifetime };
}

/** As an operator would exclude them right before the start. */
function withExcluded({ record, snapshot: { clusters } }: PlanFacts, { exclude }: PlanAsk, startMs: number): RotationRecord {
  return exclude
    .filter((cluster) => entryOf(record.deviations, cluster)?.kind !== 'excluded')
    .reduce((before, cluster) => {
      const act = { by: 'plan', why: 'the plan is asked for without it', cause: 'operator', members: clusters } as const;
      return isMember(before, cluster) || entryOf(before.deviations, cluster)?.kind === 'returning'
        ? excludeCluster(before, cluster, act, startMs).record
        : before;
    }, record);
}

function requireCluster({ snapshot, record }: PlanFacts, cluster: string): void {
  if (snapshot.clusters.includes(cluster)) return;
  throw new RerootError('RR_CLUSTER_NOT_FOUND', `cluster ${cluster} does not belong to mesh ${record.mesh}`);
}

function requireNoOtherStart({ mesh, state, step, rotation }: RotationRecord, ask: PlanAsk): void {
  const other =
    (ask.strategy !== undefined && ask.strategy !== rotation?.strategy) ||
    (ask.verification !== undefined && ask.verification !== rotation?.verification) ||
    (ask.targetRoot !== undefined && ask.targetRoot !== rotation?.target) ||
    (ask.pace !== undefined && (ask.pace === 'emergency') !== (rotation?.emergency !== undefined)) ||
    ask.atMs !== undefined;
  if (!other) return;
  throw new RerootError('RR_ROTATION_IN_PROGRESS', `rotation ${rotation?.id ?? '?'} of mesh ${mesh} is in ${state} at ${step}`, {
    remedy:
      'ask for the plan without strategy, verification, target, start and emergency: it shows what is left of that rotation',
  });
}
