import { type Drift, findDrift, type RotationRecord, type Snapshot } from '../rotation/index.ts';

/** What was found to have drifted, cluster by cluster; a mesh of thousands is not measured anew for each report of one of them. */
export interface DriftFindings {
  /** Notes that what is known of a cluster is another. */
  heard(cluster: string): void;
  /** The clusters that `find` would look at. */
  pending(record: RotationRecord, snapshot: Snapshot): readonly string[];
  /**
   * All drift there is, of the clusters that were heard measured anew.
   * @param snapshot its evidence may be the same map as before, changed where `heard` was told
   * @param wasProven as `findDrift` takes it; may change where `heard` was told
   */
  find(record: RotationRecord, snapshot: Snapshot, wasProven: (cluster: string) => boolean): readonly Drift[];
}

/** Starts with nothing known. */
export function createFindings(): DriftFindings {
  const dirty = new Set<string>();
  const found = new Map<string, readonly Drift[]>();
  let basis: Basis | undefined;
  const isNew = (record: RotationRecord, snapshot: Snapshot): boolean => !isSame(basis, basisOf(record, snapshot));
  const pending = (record: RotationRecord, snapshot: Snapshot): readonly string[] =>
    isNew(record, snapshot) ? snapshot.clusters : [...dirty];
  return {
    heard: (cluster) => {
      dirty.add(cluster);
    },
    pending,
    find: (record, snapshot, wasProven) => {
      const clusters = pending(record, snapshot);
      if (isNew(record, snapshot)) found.clear();
      for (const cluster of clusters) found.delete(cluster);
      const drifted = findDrift(record, { ...snapshot, clusters }, wasProven);
      for (const [cluster, drifts] of Map.groupBy(drifted, ({ cluster: name }) => name)) found.set(cluster, drifts);
      basis = basisOf(record, snapshot);
      dirty.clear();
      return [...found.values()].flat();
    },
  };
}

/** What the findings of all clusters rest on. */
interface Basis extends Pick<Snapshot, 'clusters' | 'evidence' | 'knownRoots'> {
  readonly record: RotationRecord;
}

function basisOf(record: RotationRecord, { clusters, evidence, knownRoots }: Snapshot): Basis {
  return { record, clusters, evidence, knownRoots };
}

function isSame(before: Basis | undefined, now: Basis): boolean {
  return (
    before !== undefined &&
    before.record === now.record &&
    before.clusters === now.clusters &&
    before.evidence === now.evidence &&
    before.knownRoots === now.knownRoots
  );
}
