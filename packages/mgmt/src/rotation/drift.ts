import { type Assignment, isMember, memberAssignmentOf } from './assignment.ts';
import { type DriftKind, driftKinds } from './drift-kind.ts';
import type { ClusterEvidence, Holding, ReportedProblem, Snapshot } from './evidence.ts';
import { hasLoaded, holdsRow, isProven, trustsRow } from './holds-row.ts';
import { isAtRest } from './operator.ts';
import type { RotationRecord } from './record.ts';

/** One kind of drift in one cluster. */
export interface Drift {
  readonly cluster: string;
  readonly kind: DriftKind;
  /** The first place, as people call it. */
  readonly place: string;
  /** How many places there are. */
  readonly count: number;
  /** A sentence, with the cluster. */
  readonly message: string;
}

/**
 * Codes by which an agent says that its Secret is not as reroot left it. It may have accepted nothing over it, least of all the term
 * of a mgmt that was restarted since, so they count whatever it has applied.
 */
const changeCodes: readonly string[] = ['RR_SECRET_EDITED', 'RR_SECRET_DRIFTED', 'RR_SECRET_UNREADABLE', 'RR_SECRET_NOT_OURS'];

/**
 * What members hold at rest that they should not. Nothing is said while a rotation is under way, for its gates wait for the same,
 * nor of a cluster whose agent has not accepted what it was told: it is on its way. Pure.
 * @param wasProven whether the cluster has ever been seen to hold it all: before that it is being installed, and has left nothing
 */
export function findDrift(
  record: RotationRecord,
  { clusters, evidence, knownRoots }: Pick<Snapshot, 'clusters' | 'evidence' | 'knownRoots'>,
  wasProven: (cluster: string) => boolean,
): readonly Drift[] {
  if (!isAtRest(record)) return [];
  return clusters
    .filter((cluster) => isMember(record, cluster) && wasProven(cluster))
    .flatMap((cluster) => {
      const known = evidence.get(cluster);
      const goal = memberAssignmentOf(record, cluster);
      return isSettled(known, goal) ? driftOf(cluster, known, goal, knownRoots) : [];
    });
}

/**
 * Whether what is known of a member can show drift, and so the end of it: its agent has reported, alone under its name, has read
 * the Secret, and has accepted what it was told or says that somebody else has changed it. Pure.
 */
export function showsDrift(record: RotationRecord, cluster: string, evidence: ClusterEvidence | undefined): boolean {
  return isSettled(evidence, memberAssignmentOf(record, cluster));
}

function isSettled(evidence: ClusterEvidence | undefined, { generation }: Assignment): evidence is ClusterEvidence {
  if (evidence === undefined || evidence.namesake !== undefined || evidence.secret === 'unknown') return false;
  return evidence.appliedGeneration === generation || evidence.problems.some(isChange);
}

function isChange({ code }: ReportedProblem): boolean {
  return changeCodes.includes(code);
}

function driftOf(
  cluster: string,
  evidence: ClusterEvidence,
  goal: Assignment,
  knownRoots: ReadonlySet<string>,
): readonly Drift[] {
  const places: Readonly<Record<DriftKind, readonly string[]>> = {
    secret: secretPlaces(evidence, goal),
    replica: evidence.replicas
      .filter((replica) => replica.holding !== undefined && !hasLoaded(replica, evidence.written))
      .map(({ replica }) => `replica ${replica}`),
    namespace: (evidence.namespaces ?? [])
      .filter(({ holding }) => !trustsRow(holding, goal.row))
      .map(({ namespace }) => `namespace ${namespace}`),
    workload: (evidence.workloads ?? [])
      .filter((group) => isProven(group) && !holdsRow(group.holding, goal.row))
      .flatMap(({ namespace, examples, count }) => Array<string>(count).fill(`workload ${namespace}/${examples[0] ?? ''}`)),
    'foreign-root': foreignPlaces(evidence, knownRoots),
  };
  return driftKinds.flatMap((kind) => {
    const [place] = places[kind];
    if (place === undefined) return [];
    const count = places[kind].length;
    const more = count === 1 ? '' : ` and ${count - 1} more`;
    return [{ cluster, kind, place, count, message: `${cluster}: ${texts[kind]} (${place}${more})` }];
  });
}

const texts: Readonly<Record<DriftKind, string>> = {
  secret: 'the cacerts Secret was changed by somebody else',
  replica: 'an istiod holds other files than the Secret',
  namespace: 'istio-ca-root-cert does not hold the root of the mesh',
  workload: 'workloads trust or hold something else than the mesh has',
  'foreign-root': 'a root is trusted that this mesh never had',
};

function secretPlaces({ written, problems }: ClusterEvidence, { row }: Assignment): readonly string[] {
  const changed = problems.some(isChange);
  if (written === undefined) return ['the Secret is gone'];
  return changed || !holdsRow(written, row) ? ['Secret cacerts'] : [];
}

/** Each place that trusts a root which the mesh never had; the root is named, for that is what people look for. */
function foreignPlaces(
  { written, replicas, namespaces = [], workloads = [] }: ClusterEvidence,
  knownRoots: ReadonlySet<string>,
): readonly string[] {
  const held: readonly (readonly [string, Holding | undefined])[] = [
    ['Secret cacerts', written],
    ...replicas.map(({ replica, holding }) => [`replica ${replica}`, holding] as const),
    ...namespaces.map(({ namespace, holding }) => [`namespace ${namespace}`, holding] as const),
    ...workloads.map(({ namespace, examples, holding }) => [`workload ${namespace}/${examples[0] ?? ''}`, holding] as const),
  ];
  return held.flatMap(([place, holding]) => {
    const foreign = holding?.roots.find((root) => !knownRoots.has(root));
    return foreign === undefined ? [] : [`${foreign.slice(0, 12)} in ${place}`];
  });
}
