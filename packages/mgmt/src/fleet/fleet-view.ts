import type { ClusterEvidence, Snapshot } from '../rotation/index.ts';

/** The newest evidence of every cluster, by mesh. Kept in memory alone: after a restart every agent is asked again. */
export interface FleetView {
  put(mesh: string, cluster: string, evidence: ClusterEvidence): void;
  /** What is known of these clusters now. */
  snapshot(mesh: string, clusters: readonly string[]): Snapshot;
}

/** Starts with nothing known. */
export function createFleetView(): FleetView {
  const meshes = new Map<string, Map<string, ClusterEvidence>>();
  return {
    put: (mesh, cluster, evidence) => {
      const known = meshes.get(mesh) ?? new Map<string, ClusterEvidence>();
      known.set(cluster, evidence);
      meshes.set(mesh, known);
    },
    snapshot: (mesh, clusters) => {
      const known = meshes.get(mesh);
      const evidence = new Map<string, ClusterEvidence>();
      for (const cluster of clusters) {
        const found = known?.get(cluster);
        if (found !== undefined) evidence.set(cluster, found);
      }
      return { clusters, evidence };
    },
  };
}
