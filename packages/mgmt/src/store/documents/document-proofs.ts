import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { type Proof, type ProofSummary, summaryOf } from '../proof.ts';
import { readStored, storedForms } from '../stored-form.ts';
import { nextNumber } from './counters.ts';
import type { DocumentChanges, DocumentReader, DocumentSpace } from './document-space.ts';
import { createKeptList } from './kept-list.ts';

/** The proofs of a mesh, those of each cause apart. What they rest on lies in a blob each. */
export const proofList = createKeptList(
  z.strictObject({ number: z.int().positive(), summary: storedForms.proof, evidence: z.string() }),
  'proofs',
);

/** The causes of which each mesh has a list. */
export const proofCauses = ['rotation', 'operator'] as const satisfies readonly Proof['cause'][];

/** Where the proofs of a mesh lie. */
export function proofGroup(mesh: string, cause: Proof['cause']): string {
  return `proof/${mesh}/${cause}`;
}

/** What a proof rests on, as it is kept. */
export function packEvidence({ checks }: Proof): Uint8Array {
  return gzipSync(JSON.stringify(checks.map(({ evidence }) => evidence)));
}

/**
 * Runs inside a transaction.
 * @param evidence the blob
 * @returns the blobs of proofs that are no longer kept
 */
export async function keepProof(
  documents: DocumentChanges,
  mesh: string,
  kept: { readonly proof: Proof; readonly evidence: string },
  limit: number,
): Promise<readonly string[]> {
  const summary = summaryOf(kept.proof);
  const number = await nextNumber(documents, 'proof', summary.atMs);
  const group = proofGroup(mesh, summary.cause);
  const dropped = await proofList.append(documents, group, { number, summary, evidence: kept.evidence }, limit);
  return dropped.map(({ evidence }) => evidence);
}

/** Newest first. */
export async function listProofs(documents: DocumentReader, mesh: string, limit: number): Promise<readonly ProofSummary[]> {
  return (await readAll(documents, mesh, limit)).map(({ summary }) => summary);
}

/** Undefined when there is no such proof, or no longer. */
export async function readProof(
  space: DocumentSpace,
  { mesh, id }: { readonly mesh: string; readonly id: string },
  limit: number,
): Promise<Proof | undefined> {
  const found = (await readAll(space, mesh, limit)).find(({ summary }) => summary.id === id);
  const bytes = found === undefined ? undefined : await space.readBlob(found.evidence);
  if (found === undefined || bytes === undefined) return undefined;
  const { summary } = found;
  const evidence = readStored(storedForms.evidence, gunzipSync(bytes).toString(), `proof ${id} of mesh ${mesh}`);
  return { ...summary, checks: summary.checks.map((check, index) => ({ ...check, evidence: evidence[index] ?? {} })) };
}

async function readAll(documents: DocumentReader, mesh: string, limit: number) {
  const lists = proofCauses.map((cause) => proofList.read(documents, proofGroup(mesh, cause), limit));
  return (await Promise.all(lists)).flat().toSorted((a, b) => b.number - a.number);
}
