/**
 * How a cluster has left what it was proven to hold. `secret`: somebody changed `cacerts`. `replica`: an istiod holds other files.
 * `namespace`: a root ConfigMap is missing or stale. `workload`: workloads trust or hold something else. `foreign-root`: a root is
 * trusted somewhere that the mesh never had.
 */
export type DriftKind = (typeof driftKinds)[number];

export const driftKinds = ['secret', 'replica', 'namespace', 'workload', 'foreign-root'] as const;
