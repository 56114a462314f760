import type { DatabaseSync } from 'node:sqlite';
import { RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import type { ClusterRecord, StoredCluster } from './cluster-record.ts';
import { execute, rows } from './sqlite-rows.ts';
import type { ClusterRename, MeshChange, RenamedCluster, StoredMesh } from './store.ts';
import { readStored, storedForms } from './stored-form.ts';

const clusterRow = z.object({ name: z.string(), revision: z.int(), record: z.string() });

/** Sorted by name. @throws RR_STORE_CORRUPT */
export function listClusters(database: DatabaseSync): StoredCluster[] {
  return rows(database, 'SELECT name, revision, record FROM cluster ORDER BY name', [], clusterRow).map(
    ({ name, revision, record }) => ({ revision, record: readStored(storedForms.cluster, record, `record of cluster ${name}`) }),
  );
}

/** @throws RR_STORE_CORRUPT */
export function readCluster(database: DatabaseSync, name: string): ClusterRecord | undefined {
  const [row] = rows(database, 'SELECT name, revision, record FROM cluster WHERE name = ?', [name], clusterRow);
  return row === undefined ? undefined : readStored(storedForms.cluster, row.record, `record of cluster ${name}`);
}

/** @throws RR_STORE_CONFLICT */
export function putCluster(database: DatabaseSync, record: ClusterRecord, revision: number): StoredCluster {
  const json = JSON.stringify(record);
  const written =
    revision === 0
      ? execute(database, 'INSERT INTO cluster (name, revision, record) VALUES (?, 1, ?) ON CONFLICT DO NOTHING', [
          record.name,
          json,
        ])
      : execute(database, 'UPDATE cluster SET revision = revision + 1, record = ? WHERE name = ? AND revision = ?', [
          json,
          record.name,
          revision,
        ]);
  if (written === 1) return { revision: revision + 1, record };
  throw new RerootError('RR_STORE_CONFLICT', `cluster ${record.name} is not at revision ${revision}`);
}

/**
 * Runs inside the caller's transaction.
 * @param swap changes a mesh
 * @throws RR_STORE_CONFLICT
 */
export function renameCluster(
  database: DatabaseSync,
  { from, revision, record, mesh }: ClusterRename,
  swap: (mesh: string, change: { readonly revision: number; readonly change: MeshChange }) => StoredMesh,
): RenamedCluster {
  const taken = execute(
    database,
    'UPDATE OR IGNORE cluster SET name = ?, revision = revision + 1, record = ? WHERE name = ? AND revision = ?',
    [record.name, JSON.stringify(record), from, revision],
  );
  if (taken !== 1) {
    throw new RerootError(
      'RR_STORE_CONFLICT',
      `cluster ${from} is not at revision ${revision}, or ${record.name} is there already`,
    );
  }
  execute(database, 'UPDATE OR REPLACE issued SET cluster = ? WHERE cluster = ?', [record.name, from]);
  const swapped = mesh === undefined ? undefined : swap(mesh.name, mesh);
  return { cluster: { revision: revision + 1, record }, mesh: swapped };
}
