import { RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import type { ClusterRecord, StoredCluster } from '../cluster-record.ts';
import { storedForms } from '../stored-form.ts';
import { documentForm } from './document-form.ts';
import type { DocumentChanges, DocumentReader } from './document-space.ts';

const clusterForm = documentForm<StoredCluster>(z.strictObject({ revision: z.int().positive(), record: storedForms.cluster }));

/** Sorted by name. */
export async function listClusters(documents: DocumentReader): Promise<readonly StoredCluster[]> {
  return (await documents.list('cluster')).map(({ key, value }) => clusterForm.read(value, `record of ${key}`));
}

/** Undefined when there is none of this name. */
export async function readCluster(documents: DocumentReader, name: string): Promise<StoredCluster | undefined> {
  return clusterForm.find(await documents.get(`cluster/${name}`), `record of cluster ${name}`);
}

/**
 * @param before the one that was read in this transaction
 * @throws RR_STORE_CONFLICT
 */
export function putCluster(
  documents: DocumentChanges,
  before: StoredCluster | undefined,
  { revision, record }: StoredCluster,
): StoredCluster {
  if ((before?.revision ?? 0) !== revision) {
    throw new RerootError('RR_STORE_CONFLICT', `cluster ${record.name} is not at revision ${revision}`);
  }
  const stored = { revision: revision + 1, record };
  documents.put(`cluster/${record.name}`, stored);
  return stored;
}

/** @throws RR_STORE_CONFLICT */
export async function renameCluster(
  documents: DocumentChanges,
  { from, revision, record }: { readonly from: string; readonly revision: number; readonly record: ClusterRecord },
): Promise<StoredCluster> {
  const before = await readCluster(documents, from);
  if (before?.revision !== revision || (await readCluster(documents, record.name)) !== undefined) {
    throw new RerootError(
      'RR_STORE_CONFLICT',
      `cluster ${from} is not at revision ${revision}, or ${record.name} is there already`,
    );
  }
  documents.delete(`cluster/${from}`);
  const stored = { revision: revision + 1, record };
  documents.put(`cluster/${record.name}`, stored);
  return stored;
}
