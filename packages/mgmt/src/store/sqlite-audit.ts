import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { type AuditHead, auditEntrySchema, auditHeadSchema, canonicalJson } from '@reroot/shared/audit';
import { RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import { type AuditDraft, type AuditOptions, type AuditPage, type AuditQuery, itself, nextEntry } from './audit.ts';
import { execute, rows } from './sqlite-rows.ts';
import type { StepEvidence } from './store.ts';
import { readStored } from './stored-form.ts';

const lastRow = z.object({ seq: z.int(), hash: z.string() });
const countRow = z.object({ total: z.int() });
const entryRow = z.object({ seq: z.int(), previous: z.string(), hash: z.string(), entry: z.string() });
const headRow = z.object({ seq: z.int(), head: z.string() });
const historyRow = z.object({ mesh: z.string(), text: z.string() });

/**
 * Appends an entry. Runs inside the transaction of the change that it tells of.
 * @returns its number
 */
export function appendEntry(database: DatabaseSync, draft: AuditDraft, options: AuditOptions): number {
  const [last] = rows(database, 'SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1', [], lastRow);
  const { chained, head, keepsHead } = nextEntry(draft, last, options);
  const { previous, hash, entry } = chained;
  execute(database, 'INSERT INTO audit (seq, previous, hash, entry) VALUES (?, ?, ?, ?)', [
    entry.seq,
    previous,
    hash,
    canonicalJson(entry),
  ]);
  if (head === undefined) return entry.seq;
  execute(database, 'DELETE FROM audit_head WHERE kept = 0', []);
  const sql = 'INSERT INTO audit_head (seq, head, kept) VALUES (?, ?, ?)';
  execute(database, sql, [entry.seq, canonicalJson(head), keepsHead === 'always' ? 1 : 0]);
  return entry.seq;
}

/**
 * Begins a journal that has not begun, with the digest of what was there before it. Runs inside the caller's transaction.
 * @throws RR_STORE_CORRUPT when the end of one that has begun is not what was signed: nothing is to be written after that
 */
export function beginJournal(database: DatabaseSync, options: AuditOptions): void {
  const [last] = rows(database, 'SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1', [], lastRow);
  const [head] = readHeads(database, 'ORDER BY seq DESC LIMIT 1', []);
  if (head !== undefined && (head.seq > (last?.seq ?? 0) || (head.seq === last?.seq && head.hash !== last.hash))) {
    const found = last === undefined ? 'has no entry' : `ends with entry ${last.seq}, ${last.hash}`;
    throw new RerootError('RR_STORE_CORRUPT', `the journal ${found}, and mgmt has signed entry ${head.seq}, ${head.hash}`);
  }
  if (last !== undefined) return;
  const history = digestRows(database, 'SELECT mesh, condition AS text FROM condition ORDER BY id');
  const meshes = digestRows(database, 'SELECT name AS mesh, record AS text FROM mesh ORDER BY name');
  const proofs = digestRows(database, 'SELECT mesh, summary || evidence AS text FROM proof ORDER BY seq');
  const message =
    meshes.count === 0
      ? 'the journal begins with an empty store'
      : `the journal begins; before it were ${meshes.count} meshes, ${history.count} entries of their history and ${proofs.count} proofs`;
  const digests = { history: history.digest, records: meshes.digest, proofs: proofs.digest };
  appendEntry(database, { kind: 'origin', action: 'journal.begin', by: itself, message, digests }, options);
}

/** Of every row its length too, so that no two different lists of rows have the same digest. */
function digestRows(database: DatabaseSync, sql: string): { readonly count: number; readonly digest: string } {
  const found = rows(database, sql, [], historyRow);
  const digest = createHash('sha256');
  for (const row of found) digest.update(`${canonicalJson(row)}\n`);
  return { count: found.length, digest: digest.digest('hex') };
}

/** A part of the journal. @throws RR_STORE_CORRUPT */
export function readAuditPage(database: DatabaseSync, { after, limit, rotationId }: AuditQuery): AuditPage {
  const [count] = rows(database, 'SELECT coalesce(max(seq), 0) AS total FROM audit', [], countRow);
  const ofRotation = rotationId === undefined ? '' : "AND entry ->> '$.rotationId' = ?";
  const sql = `SELECT seq, previous, hash, entry FROM audit WHERE seq > ? ${ofRotation} ORDER BY seq LIMIT ?`;
  const values = rotationId === undefined ? [after, limit] : [after, rotationId, limit];
  const entries = rows(database, sql, values, entryRow).map(({ seq, previous, hash, entry }) => ({
    ...{ previous, hash },
    entry: readStored(auditEntrySchema, entry, `entry ${seq} of the journal`),
  }));
  const shown = new Set(entries.map(({ entry: { seq } }) => seq));
  const heads = readHeads(database, 'WHERE seq > ? AND seq <= ? ORDER BY seq', [after, entries.at(-1)?.entry.seq ?? after]);
  const [head] = readHeads(database, 'ORDER BY seq DESC LIMIT 1', []);
  return { entries, heads: heads.filter(({ seq }) => shown.has(seq)), head, total: count?.total ?? 0 };
}

function readHeads(database: DatabaseSync, where: string, values: readonly number[]): AuditHead[] {
  return rows(database, `SELECT seq, head FROM audit_head ${where}`, values, headRow).map(({ seq, head }) =>
    readStored(auditHeadSchema, head, `head of the journal at entry ${seq}`),
  );
}

/** Keeps what clusters held when a step passed. Runs inside the transaction of the change. */
export function keepStepEvidence(
  database: DatabaseSync,
  { mesh, rotationId, seq, evidence }: StepEvidence & { readonly mesh: string; readonly rotationId: string },
): void {
  const sql = 'INSERT INTO step_evidence (seq, mesh, rotation, evidence) VALUES (?, ?, ?, ?)';
  execute(database, sql, [seq, mesh, rotationId, evidence]);
}

/** Oldest first. */
export function listStepEvidence(database: DatabaseSync, mesh: string, rotationId: string): StepEvidence[] {
  const sql = 'SELECT seq, evidence FROM step_evidence WHERE mesh = ? AND rotation = ? ORDER BY seq';
  return rows(database, sql, [mesh, rotationId], z.object({ seq: z.int(), evidence: z.string() }));
}
