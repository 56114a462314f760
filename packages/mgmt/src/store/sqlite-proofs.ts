import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type Proof, type ProofSummary, summaryOf } from './proof.ts';
import { execute, rows } from './sqlite-rows.ts';
import { readStored, storedForms } from './stored-form.ts';

const summaryRow = z.object({ id: z.string(), summary: z.string() });
const proofRow = summaryRow.extend({ evidence: z.string() });

/** Runs inside the caller's transaction. */
export function keepProof(database: DatabaseSync, mesh: string, proof: Proof, limit: number): void {
  execute(database, 'INSERT INTO proof (mesh, id, summary, evidence) VALUES (?, ?, ?, ?)', [
    mesh,
    proof.id,
    JSON.stringify(summaryOf(proof)),
    JSON.stringify(proof.checks.map(({ evidence }) => evidence)),
  ]);
  const ofCause = "mesh = ? AND summary ->> '$.cause' = ?";
  const firstTooOld = `SELECT seq FROM proof WHERE ${ofCause} ORDER BY seq DESC LIMIT 1 OFFSET ?`;
  const both = [mesh, proof.cause];
  execute(database, `DELETE FROM proof WHERE ${ofCause} AND seq <= (${firstTooOld})`, [...both, ...both, limit]);
}

/** Newest first. @throws RR_STORE_CORRUPT */
export function listProofs(database: DatabaseSync, mesh: string): ProofSummary[] {
  return rows(database, 'SELECT id, summary FROM proof WHERE mesh = ? ORDER BY seq DESC', [mesh], summaryRow).map(
    ({ id, summary }) => readStored(storedForms.proof, summary, `proof ${id} of mesh ${mesh}`),
  );
}

/** @throws RR_STORE_CORRUPT */
export function readProof(database: DatabaseSync, mesh: string, id: string): Proof | undefined {
  const [row] = rows(database, 'SELECT id, summary, evidence FROM proof WHERE mesh = ? AND id = ?', [mesh, id], proofRow);
  if (row === undefined) return undefined;
  const place = `proof ${id} of mesh ${mesh}`;
  const summary = readStored(storedForms.proof, row.summary, place);
  const evidence = readStored(storedForms.evidence, row.evidence, place);
  return { ...summary, checks: summary.checks.map((check, index) => ({ ...check, evidence: evidence[index] ?? {} })) };
}
