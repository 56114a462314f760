import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { IdempotencyLimits, KeptRequest, KeyedRequest } from './idempotency.ts';
import { unpackAnswer } from './kept-answer.ts';
import { execute, rows } from './sqlite-rows.ts';

/** `answer` is null where none was kept. */
export const idempotencyTable = `CREATE TABLE IF NOT EXISTS idempotency (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    principal TEXT NOT NULL,
    key TEXT NOT NULL,
    asked TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    bytes INTEGER NOT NULL DEFAULT 0,
    is_done INTEGER NOT NULL DEFAULT 0,
    answer BLOB,
    UNIQUE (principal, key)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS idempotency_by_age ON idempotency (at_ms);
  CREATE INDEX IF NOT EXISTS idempotency_of_one ON idempotency (principal, seq);
  CREATE INDEX IF NOT EXISTS idempotency_bytes ON idempotency (seq, bytes) WHERE bytes > 0;`;

const requestRow = z.object({
  asked: z.string(),
  at_ms: z.int(),
  is_done: z.int(),
  answer: z.instanceof(Uint8Array).nullable(),
});

/** Runs inside the caller's transaction. */
export function beginRequest(
  database: DatabaseSync,
  { principal, key, asked }: KeyedRequest,
  nowMs: number,
  limits: IdempotencyLimits,
): KeptRequest | undefined {
  execute(database, 'DELETE FROM idempotency WHERE at_ms <= ?', [nowMs - limits.ageMs]);
  const sql = 'SELECT asked, at_ms, is_done, answer FROM idempotency WHERE principal = ? AND key = ?';
  const [row] = rows(database, sql, [principal, key], requestRow);
  if (row !== undefined) return keptOf(row, key);
  const values = [principal, key, asked, nowMs];
  execute(database, 'INSERT INTO idempotency (principal, key, asked, at_ms) VALUES (?, ?, ?, ?)', values);
  const ofOne = 'SELECT seq FROM idempotency WHERE principal = ? ORDER BY seq DESC LIMIT 1 OFFSET ?';
  execute(database, `DELETE FROM idempotency WHERE principal = ? AND seq <= (${ofOne})`, [
    ...[principal, principal, limits.requestsOfOne],
  ]);
  const ofAll = 'SELECT seq FROM idempotency ORDER BY seq DESC LIMIT 1 OFFSET ?';
  execute(database, `DELETE FROM idempotency WHERE seq <= (${ofAll})`, [limits.requests]);
  return undefined;
}

/** Runs inside the caller's transaction. @param packed what `packAnswer` has made */
export function endRequest(
  database: DatabaseSync,
  { principal, key }: KeyedRequest,
  packed: Uint8Array | undefined,
  limits: IdempotencyLimits,
): void {
  const kept = packed === undefined || packed.byteLength > limits.bytesOfOne ? null : packed;
  const sql = 'UPDATE idempotency SET is_done = 1, answer = ?, bytes = ? WHERE principal = ? AND key = ?';
  execute(database, sql, [kept, kept?.byteLength ?? 0, principal, key]);
  const sums = 'SELECT seq, sum(bytes) OVER (ORDER BY seq DESC) AS total FROM idempotency WHERE bytes > 0';
  const firstTooMuch = `SELECT max(seq) FROM (${sums}) WHERE total > ?`;
  execute(database, `UPDATE idempotency SET answer = NULL, bytes = 0 WHERE bytes > 0 AND seq <= (${firstTooMuch})`, [
    limits.bytes,
  ]);
}

/** Runs inside the caller's transaction. */
export function forgetRequest(database: DatabaseSync, { principal, key }: KeyedRequest): void {
  execute(database, 'DELETE FROM idempotency WHERE principal = ? AND key = ?', [principal, key]);
}

function keptOf({ asked, at_ms, is_done, answer }: z.infer<typeof requestRow>, key: string): KeptRequest {
  const known = { asked, atMs: at_ms };
  if (is_done === 0) return { ...known, outcome: { kind: 'open' } };
  if (answer === null) return { ...known, outcome: { kind: 'done' } };
  return { ...known, outcome: { kind: 'answered', answer: unpackAnswer(answer, key) } };
}
