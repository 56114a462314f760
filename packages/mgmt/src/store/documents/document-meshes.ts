import { RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import type { RotationCondition } from '../../rotation/index.ts';
import { type HistoryKind, historyKindOf } from '../history-kind.ts';
import { changedMesh, type MeshChange, type NewMesh, rootsOf, type StoredMesh, type StoredRoot } from '../store.ts';
import { storedForms } from '../stored-form.ts';
import { nextNumber } from './counters.ts';
import { documentForm } from './document-form.ts';
import type { DocumentChanges, DocumentReader } from './document-space.ts';
import { createKeptList } from './kept-list.ts';

/** JSON leaves out what is undefined; the type asks for it to be said. */
const meshForm = documentForm<StoredMesh>(
  z
    .strictObject({
      revision: z.int().positive(),
      spec: storedForms.spec,
      record: storedForms.record,
      verdict: storedForms.verdict.optional(),
    })
    .transform(({ verdict, ...rest }) => ({ ...rest, verdict })),
);
const rootForm = documentForm(
  z.strictObject({ number: z.int(), fingerprint: z.string(), certificatePem: z.string(), custody: storedForms.custody }),
);

/** The entries of a mesh's history, those of each kind apart. */
export const historyList = createKeptList(
  z.strictObject({ number: z.int().positive(), condition: storedForms.condition }),
  'entries of the history',
);

/** How many entries of each kind a mesh keeps. */
export type HistoryLimits = Readonly<Record<HistoryKind, number>>;

/** The kinds of which each mesh has a list. */
export const historyKinds = ['act', 'evidence', 'drift'] as const satisfies readonly HistoryKind[];

/** Sorted. */
export async function listMeshes(documents: DocumentReader): Promise<readonly string[]> {
  return (await documents.list('mesh')).map(({ key }) => key.slice('mesh/'.length));
}

/** @throws RR_STORE_CORRUPT */
export async function readMesh(documents: DocumentReader, mesh: string): Promise<StoredMesh | undefined> {
  return meshForm.find(await documents.get(`mesh/${mesh}`), `mesh ${mesh}`);
}

/** @throws RR_STORE_CONFLICT */
export async function createMesh(
  documents: DocumentChanges,
  { spec, record, root, condition }: NewMesh,
  limits: HistoryLimits,
): Promise<StoredMesh> {
  const { mesh } = spec;
  if ((await documents.get(`mesh/${mesh}`)) !== undefined) {
    throw new RerootError('RR_STORE_CONFLICT', `mesh ${mesh} exists already`);
  }
  const stored: StoredMesh = { revision: 1, spec, record, verdict: undefined };
  documents.put(`mesh/${mesh}`, stored);
  await addRoot(documents, mesh, root);
  await addCondition(documents, mesh, condition, limits);
  return stored;
}

/** @throws RR_STORE_CONFLICT */
export async function swapMesh(
  documents: DocumentChanges,
  mesh: string,
  { revision, change }: { readonly revision: number; readonly change: MeshChange },
  limits: HistoryLimits,
): Promise<{ readonly before: StoredMesh; readonly after: StoredMesh }> {
  const before = await readMesh(documents, mesh);
  if (before?.revision !== revision) {
    const found = before === undefined ? 'gone' : `at revision ${before.revision}`;
    throw new RerootError('RR_STORE_CONFLICT', `mesh ${mesh} is ${found}, not at ${revision}`);
  }
  const after = changedMesh(before, change);
  documents.put(`mesh/${mesh}`, after);
  for (const root of rootsOf(change)) await addRoot(documents, mesh, root);
  if (change.condition !== undefined) await addCondition(documents, mesh, change.condition, limits);
  return { before, after };
}

/** Oldest first. */
export async function listHistory(
  documents: DocumentReader,
  mesh: string,
  limits: HistoryLimits,
): Promise<readonly RotationCondition[]> {
  const lists = historyKinds.map((kind) => historyList.read(documents, historyGroup(mesh, kind), limits[kind]));
  const all = (await Promise.all(lists)).flat();
  return all.toSorted((a, b) => a.number - b.number).map(({ condition }) => condition);
}

/** Where the history of a mesh lies. */
export function historyGroup(mesh: string, kind: HistoryKind): string {
  return `history/${mesh}/${kind}`;
}

/** Oldest first. */
export async function listRoots(documents: DocumentReader, mesh: string): Promise<readonly StoredRoot[]> {
  const found = await documents.list(`root/${mesh}`);
  return found
    .map(({ key, value }) => rootForm.read(value, key))
    .toSorted((a, b) => a.number - b.number)
    .map(({ fingerprint, certificatePem, custody }) => ({ fingerprint, certificatePem, custody }));
}

async function addRoot(documents: DocumentChanges, mesh: string, root: StoredRoot): Promise<void> {
  const key = `root/${mesh}/${root.fingerprint}`;
  if ((await documents.get(key)) !== undefined) {
    throw new RerootError('RR_STORE_FAILED', `root ${root.fingerprint} of mesh ${mesh} is there already`);
  }
  documents.put(key, { number: await nextNumber(documents, 'root'), ...root });
}

async function addCondition(
  documents: DocumentChanges,
  mesh: string,
  condition: RotationCondition,
  limits: HistoryLimits,
): Promise<void> {
  const kind = historyKindOf(condition);
  const number = await nextNumber(documents, 'condition', condition.atMs);
  await historyList.append(documents, historyGroup(mesh, kind), { number, condition }, limits[kind]);
}
