import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { auditHeadSchema, canonicalJson } from '@reroot/shared/audit';
import { assertNever, RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import { markRestored } from '../schema.ts';
import { guardSqlite, openDatabase } from '../sqlite-file.ts';
import { execute, rows } from '../sqlite-rows.ts';
import { checkStored, readStored } from '../stored-form.ts';
import { type ImageLine, imageLineSchema } from './image-line.ts';
import { requireEmpty } from './require-empty.ts';
import type { StoreContents } from './store-contents.ts';

/**
 * Opens what is in `dataDir/reroot.db`, for this process alone.
 * @param whenMissing what becomes of a database that is not there; with `refuse`, one of an earlier version stays one until its term is raised
 * @throws RR_STORE_MISSING, RR_STORE_LOCKED, RR_STORE_UNWRITABLE, RR_STORE_CORRUPT, RR_STORE_NEWER
 */
export async function openSqliteContents(dataDir: string, whenMissing: 'make' | 'refuse'): Promise<StoreContents> {
  const place = join(dataDir, 'reroot.db');
  if (whenMissing === 'refuse' && !existsSync(place)) {
    throw new RerootError('RR_STORE_MISSING', 'there is no store', { place });
  }
  const database = await openDatabase(dataDir, 0, whenMissing === 'refuse' ? 'uncommitted' : 'committed');
  const run = <T>(act: () => T): T => guardSqlite(place, act);
  const contents: StoreContents = {
    place,
    isEmpty: async () => run(() => isEmpty(database)),
    readTerm: async () => run(() => readTerm(database)),
    raiseTerm: async (by) =>
      run(() => {
        // Whoever takes the store over has it brought along too, where that was not so yet.
        if (database.isTransaction) database.exec('COMMIT');
        return raiseTerm(database, by);
      }),
    read: async function* () {
      for (const query of queries) {
        for (const row of run(() => query.select(database))) yield query.lineOf(row);
      }
    },
    fill: async (lines) => {
      await requireEmpty(contents);
      database.exec('BEGIN IMMEDIATE');
      try {
        for await (const line of lines) run(() => put(database, line));
        run(() => database.exec('COMMIT'));
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    close: async () => {
      database.close();
    },
  };
  return contents;
}

const tablesWithContent = ['mesh', 'root', 'condition', 'issued', 'cluster', 'proof', 'audit', 'step_evidence'] as const;
const countRow = z.object({ count: z.int() });
const termRow = z.object({ value: z.int() });

function isEmpty(database: DatabaseSync): boolean {
  const union = tablesWithContent.map((table) => `SELECT count(*) AS n FROM ${table}`).join(' UNION ALL ');
  return rows(database, `SELECT sum(n) AS count FROM (${union})`, [], countRow)[0]?.count === 0;
}

function readTerm(database: DatabaseSync): number {
  return termOf(rows(database, 'SELECT value FROM term WHERE id = 1', [], termRow));
}

function raiseTerm(database: DatabaseSync, by: number): number {
  return termOf(rows(database, 'UPDATE term SET value = value + ? WHERE id = 1 RETURNING value', [by], termRow));
}

function termOf([row]: readonly z.infer<typeof termRow>[]): number {
  if (row === undefined) throw new RerootError('RR_STORE_CORRUPT', 'the term is missing');
  return row.value;
}

/** What a row is in an image: JSON is parsed and checked, and otherwise stays what it was. */
interface Query {
  select(database: DatabaseSync): Iterable<Row>;
  lineOf(row: Row): ImageLine;
}

type Row = Readonly<Record<string, unknown>>;

function query(kind: ImageLine['kind'], sql: string, json: readonly string[] = [], place?: (row: Row) => string): Query {
  return {
    select: (database) => database.prepare(sql).iterate() as Iterable<Row>,
    lineOf: (row) => {
      const where = place?.(row) ?? `${kind} ${String(Object.values(row)[0])}`;
      const parsed = Object.entries(row)
        .filter(([, value]) => value !== null)
        .map(([key, value]) => [key, json.includes(key) ? readStored(z.unknown(), value, where) : value] as const);
      return checkedLine({ kind, ...Object.fromEntries(parsed) }, where);
    },
  };
}

function checkedLine(value: object, place: string): ImageLine {
  checkStored(imageLineSchema, value, place);
  // What the schemas make of it is for those who work with it: the image keeps what was stored.
  return value as ImageLine;
}

const queries: readonly Query[] = [
  query('mesh', 'SELECT name AS mesh, revision, spec, record, verdict FROM mesh ORDER BY name', ['spec', 'record', 'verdict']),
  query(
    'root',
    'SELECT mesh, id AS number, fingerprint, certificate AS certificatePem, custody FROM root ORDER BY id',
    ['custody'],
    ({ fingerprint }) => `custody of root ${String(fingerprint)}`,
  ),
  query('condition', 'SELECT mesh, id AS number, condition FROM condition ORDER BY id', ['condition']),
  query(
    'issued',
    `SELECT mesh, cluster, signer_root AS signerRoot, csr_sha256 AS csrSha256, serial, chain FROM issued
      ORDER BY mesh, signer_root, cluster, serial`,
    ['chain'],
  ),
  query('cluster', 'SELECT revision, record FROM cluster ORDER BY name', ['record']),
  query('proof', 'SELECT mesh, seq AS number, summary, evidence FROM proof ORDER BY seq', ['summary', 'evidence']),
  query(
    'entry',
    `SELECT previous, hash, entry, head FROM audit LEFT JOIN (SELECT seq AS at, head FROM audit_head WHERE kept = 1) ON at = seq
      ORDER BY seq`,
    ['entry', 'head'],
  ),
  query('head', 'SELECT head FROM audit_head WHERE kept = 0', ['head'], () => 'head of the journal'),
  query('evidence', 'SELECT mesh, rotation AS rotationId, seq, evidence FROM step_evidence ORDER BY seq'),
];

/** Runs inside the transaction. */
function put(database: DatabaseSync, line: ImageLine): void {
  const insert = (table: string, values: Readonly<Record<string, string | number | null>>): void => {
    const names = Object.keys(values);
    const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    execute(database, sql, Object.values(values));
  };
  const json = (value: unknown): string => JSON.stringify(value);
  switch (line.kind) {
    case 'mesh': {
      const { mesh: name, revision, spec, record, verdict } = line;
      const kept = verdict === undefined ? null : json(verdict);
      insert('mesh', { name, revision, spec: json(spec), record: json(record), verdict: kept });
      if (record.restored !== undefined) markRestored(database);
      return;
    }
    case 'root': {
      const { mesh, number: id, fingerprint, certificatePem: certificate, custody } = line;
      insert('root', { id, mesh, fingerprint, certificate, custody: json(custody) });
      return;
    }
    case 'condition':
      insert('condition', { id: line.number, mesh: line.mesh, condition: json(line.condition) });
      return;
    case 'issued': {
      const { mesh, cluster, signerRoot: signer_root, csrSha256: csr_sha256, serial, chain } = line;
      insert('issued', { mesh, cluster, signer_root, csr_sha256, serial, chain: json(chain) });
      return;
    }
    case 'cluster':
      insert('cluster', { name: line.record.name, revision: line.revision, record: json(line.record) });
      return;
    case 'proof': {
      const { mesh, number: seq, summary, evidence } = line;
      insert('proof', { seq, mesh, id: summary.id, summary: json(summary), evidence: json(evidence) });
      return;
    }
    case 'entry': {
      const { previous, hash, entry, head } = line;
      insert('audit', { seq: entry.seq, previous, hash, entry: canonicalJson(entry) });
      if (head !== undefined) insert('audit_head', { seq: head.seq, head: canonicalJson(head), kept: 1 });
      return;
    }
    case 'head': {
      const head = auditHeadSchema.parse(line.head);
      insert('audit_head', { seq: head.seq, head: canonicalJson(head), kept: 0 });
      return;
    }
    case 'evidence': {
      const { mesh, rotationId: rotation, seq, evidence } = line;
      insert('step_evidence', { seq, mesh, rotation, evidence });
      return;
    }
    case 'key':
      // They lie elsewhere.
      return;
    default:
      assertNever(line);
  }
}
