/** Documents of the public API of Gloo Mesh, read as meshes of reroot. */
export { type ClusterNames, type GlooImport, type ImportedMesh, importGloo } from './import-gloo.ts';
export type { FieldReport } from './report.ts';
