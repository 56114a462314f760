/** The VirtualMesh: what an operator writes, and what it means. */
export type { CertOptions, MeshSpec } from './mesh-spec.ts';
export { readMesh } from './read-mesh.ts';
export { requireChangeable, requireConfigured, requireFree } from './spec-change.ts';
