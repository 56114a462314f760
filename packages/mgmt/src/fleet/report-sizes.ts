/** How large the last report of each cluster was, sealed as it came: NATS takes messages up to a limit. */
export interface ReportSizes {
  note(mesh: string, cluster: string, bytes: number): void;
  /** By cluster. */
  of(mesh: string): ReadonlyMap<string, number>;
  forget(mesh: string, cluster: string): void;
}

/** Starts with none. */
export function createReportSizes(): ReportSizes {
  const meshes = new Map<string, Map<string, number>>();
  return {
    note: (mesh, cluster, bytes) => {
      const sizes = meshes.get(mesh) ?? new Map<string, number>();
      meshes.set(mesh, sizes.set(cluster, bytes));
    },
    of: (mesh) => meshes.get(mesh) ?? new Map(),
    forget: (mesh, cluster) => {
      meshes.get(mesh)?.delete(cluster);
    },
  };
}
