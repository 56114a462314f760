import type { ClusterStatus, Condition, MeshStatus, RootStatus, RotationStatus } from '@reroot/shared/api';
import {
  type ClusterEvidence,
  judgeCluster,
  type Policy,
  type Rotation,
  type RotationCondition,
  tallyCluster,
} from '../rotation/index.ts';
import type { MeshMoment } from '../runner/index.ts';

/** What the API says of a mesh: the record, the verdict that the loop acts on, and the evidence behind it. Pure. */
export function describeMesh({ view, snapshot, decision, nowMs }: MeshMoment, term: number, policy: Policy): MeshStatus {
  const { record, spec } = view.stored;
  const { rotation } = record;
  return {
    mesh: record.mesh,
    state: record.state,
    step: record.step,
    direction: record.direction,
    generation: record.generation,
    term,
    enteredAt: timestamp(record.enteredAtMs),
    trustDomain: spec.trustDomain,
    roots: record.roots.map(({ fingerprint, notBeforeMs, notAfterMs }) => ({
      fingerprint,
      subject: view.roots.get(fingerprint)?.certificate.subject ?? '',
      notBefore: timestamp(notBeforeMs),
      notAfter: timestamp(notAfterMs),
      role: roleOf(fingerprint, view.stored.record),
    })),
    ...(rotation === undefined ? {} : { rotation: describeRotation(rotation) }),
    verdict: decision.verdict,
    clusters: snapshot.clusters.map((cluster) => {
      const evidence = snapshot.evidence.get(cluster);
      return {
        name: cluster,
        presence: presenceOf(evidence, policy, nowMs),
        verdict: judgeCluster(record, cluster, evidence, policy, nowMs),
        ...tallyCluster(record, evidence),
        ...describeEvidence(evidence),
      };
    }),
  };
}

/** An entry of the history. Pure. */
export function describeCondition({ atMs, rotationId, ...rest }: RotationCondition): Condition {
  return { timestamp: timestamp(atMs), ...rest, ...(rotationId === undefined ? {} : { rotationId }) };
}

function describeRotation({ id, strategy, verification, startedBy, startedAtMs, old, target }: Rotation): RotationStatus {
  return { id, strategy, verification, startedBy, startedAt: timestamp(startedAtMs), oldRoot: old, newRoot: target };
}

/** Between start and end no root is current: the old one goes, the new one comes. */
function roleOf(
  fingerprint: string,
  { state, rotation, currentRoot }: MeshMoment['view']['stored']['record'],
): RootStatus['role'] {
  const resting = state === 'NOT_ROTATING' || state === 'PREVIOUS_CA' || state === 'FINISHED';
  if (fingerprint === currentRoot && (resting || rotation === undefined)) return 'current';
  return fingerprint === rotation?.target ? 'new' : 'old';
}

function presenceOf(evidence: ClusterEvidence | undefined, { silentAfterMs }: Policy, nowMs: number): ClusterStatus['presence'] {
  if (evidence === undefined) return 'never-seen';
  return nowMs - evidence.receivedAtMs > silentAfterMs ? 'silent' : 'reporting';
}

function describeEvidence(
  evidence: ClusterEvidence | undefined,
): Pick<ClusterStatus, 'lastReportAt' | 'roots' | 'signerRoot' | 'nudges' | 'problems'> {
  if (evidence === undefined) return { roots: [], nudges: 0, problems: [] };
  const { written, receivedAtMs, nudges, problems } = evidence;
  return {
    lastReportAt: timestamp(receivedAtMs),
    roots: [...new Set(written?.roots)],
    ...(written?.signerRoot === undefined ? {} : { signerRoot: written.signerRoot }),
    nudges,
    problems: problems.map(({ code, message, remedy }) => ({ code, message, remedy })),
  };
}

function timestamp(ms: number): string {
  return new Date(ms).toISOString();
}
