import { X509Certificate } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { assertNever } from '@reroot/shared/errors';
import { noteCounted } from '../documents/counters.ts';
import { putIssued } from '../documents/document-issued.ts';
import { createJournalFill, type EvidenceRef } from '../documents/document-journal.ts';
import { historyGroup, historyKinds, historyList, listMeshes } from '../documents/document-meshes.ts';
import { proofCauses, proofGroup, proofList } from '../documents/document-proofs.ts';
import type { DocumentChanges, DocumentReader, DocumentSpace } from '../documents/document-space.ts';
import { historyKindOf, historyLimits } from '../history-kind.ts';
import { keptProofs } from '../proof.ts';
import type { Issued } from '../store.ts';
import { readStored, storedForms } from '../stored-form.ts';
import type { ImageLine, ImageLineOf } from './image-line.ts';

/** Stands in the commit point as long as the documents are not all of a store. */
const fillingKey = 'head/filling';

/** So much goes into one transaction: the commit point has all of it for a moment. */
const maxCharacters = 200_000;

/** Whether a fill was broken off: what is there is of no use. */
export async function isBeingFilled(documents: DocumentReader): Promise<boolean> {
  return (await documents.get(fillingKey)) !== undefined;
}

type Write = (documents: DocumentChanges) => Promise<void> | void;

/** Puts every line into the space, some at a time; that it is whole shows when the mark is gone. */
export async function fillDocuments(space: DocumentSpace, lines: AsyncIterable<ImageLine>): Promise<void> {
  await space.transact(async (documents) => documents.put(fillingKey, {}));
  const journal = createJournalFill();
  const issued: ImageLineOf<'issued'>[] = [];
  let pending: Write[] = [];
  let characters = 0;
  const flush = async (last?: Write): Promise<void> => {
    const writes = last === undefined ? pending : [...pending, last];
    [pending, characters] = [[], 0];
    if (writes.length === 0) return;
    await space.transact(async (documents) => {
      for (const write of writes) await write(documents);
    });
  };
  const add = async (size: number, ...writes: readonly Write[]): Promise<void> => {
    pending.push(...writes);
    characters += size;
    if (characters >= maxCharacters) await flush();
  };
  const closeIssued = async (): Promise<void> => {
    const [first] = issued;
    if (first === undefined) return;
    const group = issued.splice(0);
    await add(JSON.stringify(group).length, (documents) => putIssued(documents, first, oldestFirst(group)));
  };
  for await (const line of lines) {
    if (line.kind !== 'issued' || !isSameGroup(line, issued[0])) await closeIssued();
    if (line.kind === 'issued') issued.push(line);
    else if (line.kind === 'entry') await add(JSON.stringify(line).length, ...journal.entry(line));
    else if (line.kind === 'head') journal.head(line.head);
    else await add(JSON.stringify(line).length, await writeOf(space, line, journal.evidence));
  }
  await closeIssued();
  for (const write of journal.rotations()) await add(1_000, write);
  await flush(async (documents) => {
    await journal.end(documents);
    documents.delete(fillingKey);
  });
}

async function writeOf(
  space: DocumentSpace,
  line: Exclude<ImageLine, { kind: 'entry' | 'head' | 'issued' }>,
  noteEvidence: (rotationId: string, ref: EvidenceRef) => void,
): Promise<Write> {
  switch (line.kind) {
    case 'mesh': {
      const { mesh, revision, spec, record, verdict } = line;
      return (documents) => documents.put(`mesh/${mesh}`, { revision, spec, record, verdict });
    }
    case 'root': {
      const { mesh, number, fingerprint, certificatePem, custody } = line;
      return async (documents) => {
        documents.put(`root/${mesh}/${fingerprint}`, { number, fingerprint, certificatePem, custody });
        await noteCounted(documents, 'root', { number, atMs: 0 });
      };
    }
    case 'condition': {
      const { mesh, number, condition } = line;
      const kind = historyKindOf(readStored(storedForms.condition, JSON.stringify(condition), `entry ${number} of the history`));
      return async (documents) => {
        await historyList.append(documents, historyGroup(mesh, kind), { number, condition }, historyLimits[kind]);
        await noteCounted(documents, 'condition', { number, atMs: condition.atMs });
      };
    }
    case 'cluster': {
      const { revision, record } = line;
      return (documents) => documents.put(`cluster/${record.name}`, { revision, record });
    }
    case 'proof': {
      const { mesh, number, summary } = line;
      const evidence = await space.keepBlob(gzipSync(JSON.stringify(line.evidence)));
      return async (documents) => {
        await proofList.append(documents, proofGroup(mesh, summary.cause), { number, summary, evidence }, keptProofs);
        await noteCounted(documents, 'proof', { number, atMs: summary.atMs });
      };
    }
    case 'evidence': {
      const { mesh, seq, rotationId } = line;
      const blob = await space.keepBlob(gzipSync(line.evidence));
      noteEvidence(rotationId, { mesh, seq, blob });
      return () => undefined;
    }
    case 'key':
      return () => undefined;
    default:
      return assertNever(line);
  }
}

function isSameGroup(a: ImageLineOf<'issued'>, b: ImageLineOf<'issued'> | undefined): boolean {
  return b === undefined || (a.mesh === b.mesh && a.signerRoot === b.signerRoot && a.cluster === b.cluster);
}

/** An image does not say when each was issued, and each says so itself. */
function oldestFirst(issued: readonly Issued[]): readonly Issued[] {
  const beganAtMs = ({ chain }: Issued): number => {
    try {
      return new X509Certificate(chain[0] ?? '').validFromDate.getTime();
    } catch {
      return 0;
    }
  };
  return issued
    .map((each) => ({ each, atMs: beganAtMs(each) }))
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ each }) => each);
}

/** Takes away what a fill has left that was broken off, its blobs too; nothing where there is no mark of one. */
export async function clearDocuments(space: DocumentSpace): Promise<void> {
  if (!(await isBeingFilled(space))) return;
  const groups = new Set(['cluster', 'journal', 'rotation', 'signers']);
  for (const mesh of await listMeshes(space)) {
    groups.add(`root/${mesh}`);
    for (const kind of historyKinds) groups.add(historyGroup(mesh, kind));
    for (const cause of proofCauses) groups.add(proofGroup(mesh, cause));
    for (const signerRoot of await rootsOf(space, mesh)) groups.add(`issued/${mesh}/${signerRoot}`);
  }
  // The meshes last: by them the others are found, should this be broken off too.
  for (const group of [...groups, 'mesh']) {
    const keys = (await space.list(group)).map(({ key }) => key);
    await space.transact(async (documents) => {
      for (const key of keys) documents.delete(key);
    });
  }
  await space.transact(async (documents) => {
    for (const key of ['head/journal', 'head/counters', fillingKey]) documents.delete(key);
  });
}

async function rootsOf(documents: DocumentReader, mesh: string): Promise<readonly string[]> {
  return (await documents.list(`root/${mesh}`)).map(({ key }) => key.slice(`root/${mesh}/`.length));
}
