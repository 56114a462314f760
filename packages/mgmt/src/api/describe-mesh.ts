import type { Condition, DriftStatus, MeshStatus, RootOffer, RootStatus, RotationStatus, WaveStatus } from '@reroot/shared/api';
import type { MeshSpec } from '../mesh/index.ts';
import {
  driftAlarms,
  findAlarms,
  isMember,
  isReleased,
  type KnownAlarm,
  type Rotation,
  type RotationCondition,
  type RotationRecord,
  type Snapshot,
} from '../rotation/index.ts';
import { alarmPolicyOf, type MeshMoment } from '../runner/index.ts';
import { describeCluster, timestamp } from './describe-cluster.ts';
import { describeEmergency } from './describe-emergency.ts';
import { describeVerification } from './describe-proof.ts';

/**
 * What the API says of a mesh: the record, the verdict that the loop acts on, and the evidence behind it. Pure.
 * @param offer what the source of its roots offers
 */
export function describeMesh(moment: MeshMoment, term: number, offer?: RootOffer): MeshStatus {
  const { view, snapshot, decision } = moment;
  const { record, spec } = view.stored;
  const { rotation } = record;
  const verification = describeVerification(record, snapshot.verification);
  return {
    mesh: record.mesh,
    state: record.state,
    step: record.step,
    direction: record.direction,
    generation: record.generation,
    term,
    enteredAt: timestamp(record.enteredAtMs),
    trustDomain: spec.trustDomain,
    roots: record.roots.map(({ fingerprint, notBeforeMs, notAfterMs, phase, phaseAtMs }) => ({
      fingerprint,
      subject: view.roots.get(fingerprint)?.certificate.subject ?? '',
      notBefore: timestamp(notBeforeMs),
      notAfter: timestamp(notAfterMs),
      role: roleOf(fingerprint, record),
      phase,
      phaseSince: timestamp(phaseAtMs),
      custody: view.roots.get(fingerprint)?.custody.kind ?? 'key-store',
    })),
    ...(offer === undefined || isTaken(offer, view.rootNames) ? {} : { rootOffer: offer }),
    ...(rotation === undefined ? {} : { rotation: describeRotation(rotation, spec) }),
    ...(verification === undefined ? {} : { verification }),
    matrix: moment.cells,
    wave: describeWave(record, snapshot),
    verdict: decision.verdict,
    alarms: alarmsOf(moment),
    ...(moment.drift.length === 0 ? {} : { drift: moment.drift.slice(0, maxListedDrift).map(describeDrift) }),
    clusters: snapshot.clusters.map((cluster) => describeCluster(cluster, moment)),
  };
}

/** Everything of a mesh that needs an eye. Pure. */
export function alarmsOf(moment: MeshMoment): readonly KnownAlarm[] {
  const { view, snapshot, nowMs } = moment;
  const { record, spec } = view.stored;
  return [
    ...alarmsOfStart(moment),
    ...alarmsOfDrift(moment),
    ...findAlarms(record, snapshot, alarmPolicyOf(spec), nowMs),
    ...alarmsOfKeys(moment),
    ...(moment.mgmtAlarms ?? []),
  ];
}

/** A fleet of thousands may drift together. */
const maxListedDrift = 200;

/** The root nears its end, and nothing replaces it. */
function alarmsOfStart({ notStarted }: MeshMoment): readonly KnownAlarm[] {
  if (notStarted === undefined) return [];
  const message = `a rotation should start by itself, and does not: ${notStarted.message}`;
  return [{ severity: 'critical', reason: 'PreflightFailed', message }];
}

/** Who trusts a root that nobody named may be deceived by whoever has its key. */
function alarmsOfDrift({ drift }: MeshMoment): readonly KnownAlarm[] {
  return drift.map(({ cluster, kind, message }) => ({
    severity: kind === 'foreign-root' ? 'critical' : 'warning',
    reason: driftAlarms[kind],
    message,
    cluster,
  }));
}

function describeDrift({ cluster, kind, place, count, message, sinceMs }: MeshMoment['drift'][number]): DriftStatus {
  return { cluster, kind, place, count, message, since: timestamp(sinceMs) };
}

/** A key that the record calls destroyed, and that is there still, must not go unseen. */
function alarmsOfKeys({ keysLeft }: MeshMoment): readonly KnownAlarm[] {
  return [...keysLeft].map(([fingerprint, { code, message, remedy }]) => ({
    severity: 'warning',
    reason: 'KeyNotDestroyed',
    message: `the key of root ${fingerprint} is not destroyed yet: ${message}; ${remedy} (${code})`,
  }));
}

/** A root that a rotation has just taken is offered until its source is looked at again. */
function isTaken(offer: RootOffer, known: ReadonlySet<string>): boolean {
  return offer.kind === 'root' && known.has(offer.fingerprint);
}

/** An entry of the history, without the act that mgmt replays it by. Pure. */
export function describeCondition(condition: RotationCondition): Condition {
  const { atMs, state, step, generation, rotationId, message, errors } = condition;
  const named = rotationId === undefined ? {} : { rotationId };
  return { timestamp: timestamp(atMs), state, step, generation, message, errors, ...named };
}

function describeRotation(rotation: Rotation, spec: MeshSpec): RotationStatus {
  const { id, strategy, verification, approvals, startedBy, startedAtMs, old, target, origins } = rotation;
  const startedAt = timestamp(startedAtMs);
  const emergency = describeEmergency(rotation, spec);
  const roots = { oldRoot: old, newRoot: target };
  return {
    id,
    strategy,
    verification,
    approvals,
    startedBy,
    startedAt,
    ...roots,
    ...(origins === undefined ? {} : { origins }),
    ...(emergency === undefined ? {} : { emergency }),
  };
}

function describeWave(record: RotationRecord, { clusters }: Snapshot): WaveStatus {
  const { index, releasedAtMs, provenAtMs } = record.wave;
  const members = clusters.filter((cluster) => isMember(record, cluster));
  return {
    index,
    released: { reached: members.filter((cluster) => isReleased(record, cluster)).length, total: members.length },
    releasedAt: timestamp(releasedAtMs),
    ...(provenAtMs === undefined ? {} : { provenAt: timestamp(provenAtMs) }),
  };
}

/** What a root is to the mesh. Between start and end no root is current: the old one goes, the new one comes. */
export function roleOf(fingerprint: string, { state, rotation, currentRoot }: RotationRecord): RootStatus['role'] {
  const resting = state === 'NOT_ROTATING' || state === 'PREVIOUS_CA' || state === 'FINISHED';
  if (fingerprint === currentRoot && (resting || rotation === undefined)) return 'current';
  return fingerprint === rotation?.target ? 'new' : 'old';
}
