import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { listClusters } from '../documents/document-clusters.ts';
import { listSigners } from '../documents/document-issued.ts';
import { listRotations, readWholeJournal } from '../documents/document-journal.ts';
import { historyGroup, historyKinds, historyList, listMeshes } from '../documents/document-meshes.ts';
import { proofCauses, proofGroup, proofList } from '../documents/document-proofs.ts';
import type { DocumentReader, DocumentSpace } from '../documents/document-space.ts';
import { readTerm, takeTerms } from '../documents/document-transactions.ts';
import { historyLimits } from '../history-kind.ts';
import { keptProofs } from '../proof.ts';
import { readStored } from '../stored-form.ts';
import { clearDocuments, fillDocuments, isBeingFilled } from './fill-documents.ts';
import { type ImageLine, type ImageLineOf, imageLineSchema } from './image-line.ts';
import { requireEmpty } from './require-empty.ts';
import type { StoreContents } from './store-contents.ts';

/**
 * All that a store has whose documents lie in a space, which is closed with it. It is read as it is at one moment, also while an mgmt goes on
 * writing.
 * @param place where the space is, for messages
 */
export function createDocumentContents(space: DocumentSpace, place: string): StoreContents {
  const contents: StoreContents = {
    place,
    isEmpty: async () => (await isBeingFilled(space)) || (await isEmpty(space)),
    readTerm: () => readTerm(space),
    raiseTerm: (by) => space.transact((documents) => takeTerms(documents, by)),
    read: async function* () {
      for (const found of await findAll(await space.snapshot())) {
        const line = 'blob' in found ? await withBlob(space, found) : found;
        if (line !== undefined) yield line;
      }
    },
    fill: async (lines) => {
      await requireEmpty(contents);
      await clearDocuments(space);
      try {
        await fillDocuments(space, lines);
      } catch (error) {
        await clearDocuments(space);
        throw error;
      }
    },
    close: () => space.close(),
  };
  return contents;
}

/** A line whose evidence lies in a blob. */
type Blobbed = (Omit<ImageLineOf<'proof'>, 'evidence'> | Omit<ImageLineOf<'evidence'>, 'evidence'>) & { readonly blob: string };

/**
 * Undefined where the evidence is gone: one that was made up would not have the digest that the journal has of it, and a proof would rest on
 * nothing. The store has no such proof any more either: it may have been dropped meanwhile.
 */
async function withBlob(space: DocumentSpace, { blob, ...line }: Blobbed): Promise<ImageLine | undefined> {
  const bytes = await space.readBlob(blob);
  if (bytes === undefined) return undefined;
  const evidence = gunzipSync(bytes).toString();
  if (line.kind === 'evidence') return { ...line, evidence };
  return { ...line, evidence: readStored(proofEvidence, evidence, `evidence of proof ${line.summary.id}`) };
}

const proofEvidence = z.array(z.record(z.string(), z.unknown()));

async function isEmpty(documents: DocumentReader): Promise<boolean> {
  const { entries } = await readWholeJournal(documents);
  return entries.length === 0 && (await listMeshes(documents)).length === 0 && (await listClusters(documents)).length === 0;
}

/** In the order of an image. */
async function findAll(documents: DocumentReader): Promise<readonly (ImageLine | Blobbed)[]> {
  const meshes = await listMeshes(documents);
  const each = async <T>(find: (mesh: string) => Promise<readonly T[]>): Promise<readonly T[]> =>
    (await Promise.all(meshes.map(find))).flat();
  const rest: readonly (ImageLine | Blobbed)[] = [
    ...(await each((mesh) => readGroup(documents, `mesh/${mesh}`, 'mesh', { mesh }))),
    ...byNumber(await each((mesh) => listGroup(documents, `root/${mesh}`, 'root', { mesh }))),
    ...byNumber(await each((mesh) => findConditions(documents, mesh))),
    ...(await each((mesh) => findIssued(documents, mesh))),
    ...(await listGroup(documents, 'cluster', 'cluster', {})),
    ...byNumber(await each((mesh) => findProofs(documents, mesh))),
  ];
  const { entries, head } = await readWholeJournal(documents);
  const isKept = entries.at(-1)?.head !== undefined;
  const evidence = (await listRotations(documents)).flatMap(({ rotationId, evidence: refs }) =>
    refs.map(({ mesh, seq, blob }) => ({ kind: 'evidence' as const, mesh, rotationId, seq, blob })),
  );
  return [
    ...rest,
    ...entries.map((entry) => ({ kind: 'entry' as const, ...entry })),
    ...(head === undefined || isKept ? [] : [{ kind: 'head' as const, head }]),
    ...evidence.toSorted((a, b) => a.seq - b.seq),
  ];
}

function byNumber<T extends ImageLine | Blobbed>(lines: readonly T[]): readonly T[] {
  const numberOf = (line: T): number => ('number' in line ? line.number : 0);
  return lines.toSorted((a, b) => numberOf(a) - numberOf(b));
}

/** A document as a line, as it is: what the forms make of it is for those who work with it. */
function lineOf(kind: ImageLine['kind'], value: unknown, more: object, place: string): ImageLine {
  const line = { kind, ...more, ...Object(value) } as ImageLine;
  readStored(imageLineSchema, JSON.stringify(line), place);
  return line;
}

async function readGroup(
  documents: DocumentReader,
  key: string,
  kind: ImageLine['kind'],
  more: object,
): Promise<readonly ImageLine[]> {
  return [lineOf(kind, await documents.get(key), more, key)];
}

async function listGroup(
  documents: DocumentReader,
  group: string,
  kind: ImageLine['kind'],
  more: object,
): Promise<readonly ImageLine[]> {
  return (await documents.list(group)).map(({ key, value }) => lineOf(kind, value, more, key));
}

async function findConditions(documents: DocumentReader, mesh: string): Promise<readonly ImageLine[]> {
  const lists = await Promise.all(
    historyKinds.map((kind) => historyList.read(documents, historyGroup(mesh, kind), historyLimits[kind])),
  );
  return lists.flat().map(({ number, condition }) => ({ kind: 'condition', mesh, number, condition }));
}

async function findProofs(documents: DocumentReader, mesh: string): Promise<readonly Blobbed[]> {
  const lists = await Promise.all(proofCauses.map((cause) => proofList.read(documents, proofGroup(mesh, cause), keptProofs)));
  return lists.flat().map(({ number, summary, evidence }) => ({ kind: 'proof', mesh, number, summary, blob: evidence }));
}

async function findIssued(documents: DocumentReader, mesh: string): Promise<readonly ImageLine[]> {
  return (await listSigners(documents, mesh)).flatMap(({ signerRoot, cluster, issued }) =>
    issued
      .toSorted((a, b) => (a.serial < b.serial ? -1 : 1))
      .map((each) => ({ kind: 'issued' as const, mesh, cluster, signerRoot, ...each })),
  );
}
