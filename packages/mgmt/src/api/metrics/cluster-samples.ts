import type { Sample } from '@reroot/shared/metrics';
import { type EvidenceLevel, entryOf, evidenceLevelOf, evidenceLevels, isSilent } from '../../rotation/index.ts';
import type { MeshMoment } from '../../runner/index.ts';
import { countEach, sample, unixTime } from './measured-mesh.ts';

/** What is looked at in one cluster. */
interface Seen {
  readonly cluster: string;
  readonly level: EvidenceLevel;
  readonly presence: 'reporting' | 'silent' | 'never-seen';
  readonly membership: 'member' | 'excluded' | 'returning';
  readonly reportedAtMs: number | undefined;
  readonly intermediateNotAfterMs: number | undefined;
}

/**
 * The clusters of a mesh, counted, and some of them by name. A label with a cluster is the one thing that grows with a fleet, so there is a
 * bound to it: beyond that, only those are named that people look for, which are those that lag behind.
 */
export function clusterSamples(moment: MeshMoment, maxShown: number): readonly Sample[] {
  const { mesh } = moment.view.stored.spec;
  const seen = moment.snapshot.clusters.map((cluster) => look(cluster, moment));
  const counts = {
    presence: countEach(['reporting', 'silent', 'never-seen'], seen, ({ presence }) => presence),
    membership: countEach(['member', 'excluded', 'returning'], seen, ({ membership }) => membership),
    level: countEach(evidenceLevels, seen, ({ level }) => level),
  };
  const firstEnd = Math.min(...seen.map(({ intermediateNotAfterMs = Number.POSITIVE_INFINITY }) => intermediateNotAfterMs));
  const shown = choose(seen, moment, maxShown);
  return [
    ...[...counts.presence].map(([presence, value]) => sample('reroot_mesh_clusters_by_presence', { mesh, presence }, value)),
    ...[...counts.membership].map(([membership, value]) =>
      sample('reroot_mesh_clusters_by_membership', { mesh, membership }, value),
    ),
    ...[...counts.level].map(([level, value]) => sample('reroot_mesh_clusters_by_evidence', { mesh, level }, value)),
    ...(Number.isFinite(firstEnd)
      ? [sample('reroot_mesh_intermediate_expiry_timestamp_seconds', { mesh }, unixTime(firstEnd))]
      : []),
    sample('reroot_mesh_clusters_shown', { mesh }, shown.length),
    ...shown.flatMap((each) => samplesOf(each, mesh)),
  ];
}

function look(cluster: string, { view, snapshot, policy, nowMs }: MeshMoment): Seen {
  const { record } = view.stored;
  const evidence = snapshot.evidence.get(cluster);
  return {
    cluster,
    level: evidenceLevelOf(record, cluster, snapshot),
    presence: evidence === undefined ? 'never-seen' : isSilent(evidence, policy, nowMs) ? 'silent' : 'reporting',
    membership: entryOf(record.deviations, cluster)?.kind ?? 'member',
    reportedAtMs: evidence?.receivedAtMs,
    intermediateNotAfterMs: evidence?.written?.signerNotAfterMs,
  };
}

/** The verdict lists those that it waits for; of the others, those first that are not heard, and those whose evidence goes least far. */
function choose(seen: readonly Seen[], { decision }: MeshMoment, maxShown: number): readonly Seen[] {
  if (seen.length <= maxShown) return seen;
  const waitedFor = new Set(decision.verdict.laggards.map(({ cluster }) => cluster));
  const lagging = seen.filter(
    ({ cluster, level, presence }) => waitedFor.has(cluster) || presence !== 'reporting' || level === 'none',
  );
  return lagging.toSorted((a, b) => Number(waitedFor.has(b.cluster)) - Number(waitedFor.has(a.cluster))).slice(0, maxShown);
}

function samplesOf({ cluster, level, reportedAtMs, intermediateNotAfterMs }: Seen, mesh: string): readonly Sample[] {
  const labels = { mesh, cluster };
  return [
    sample('reroot_cluster_evidence_level', labels, evidenceLevels.indexOf(level)),
    ...(reportedAtMs === undefined ? [] : [sample('reroot_cluster_report_timestamp_seconds', labels, unixTime(reportedAtMs))]),
    ...(intermediateNotAfterMs === undefined
      ? []
      : [sample('reroot_cluster_intermediate_expiry_timestamp_seconds', labels, unixTime(intermediateNotAfterMs))]),
  ];
}
