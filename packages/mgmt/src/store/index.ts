/** What must survive mgmt. */
export { openSqliteStore, type SqliteStoreOptions } from './sqlite-store.ts';
export type { Issued, IssueKey, MeshChange, NewMesh, Store, StoredMesh, StoredRoot, StoredVerdict } from './store.ts';
