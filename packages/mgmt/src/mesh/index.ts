export { type AgentSequences, createAgentSequences } from './agent-sequences.ts';
/** The VirtualMesh: what an operator writes, and what it means. */
export { documentOf } from './document-of.ts';
export { hasCluster } from './has-cluster.ts';
export { type MaintenanceWindow, windowAt } from './maintenance-window.ts';
export type { CertOptions, MeshSpec } from './mesh-spec.ts';
export { readMesh } from './read-mesh.ts';
export { isMadeToOrder, type RootSource, type VaultRoot } from './root-source.ts';
export { type ClusterPlace, clusterChange, requireChangeable, requireFree, requireKnown } from './spec-change.ts';
