import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { applicationId, createSchema, schemaVersion, schemaVersionRestored, upgradeSchema } from './schema.ts';

/**
 * Opens the database in `dataDir`, and makes both where there is none. The file stays locked until it is closed or
 * the process dies. It is looked at before anything is written to it; one of an earlier version is then upgraded, as a
 * whole or not at all.
 * @param upgrade `uncommitted` leaves the transaction of the upgrade open: who only reads must not take the file away from the earlier
 *   program that it belongs to. Closing it takes the upgrade back
 * @throws RR_STORE_UNWRITABLE, RR_STORE_LOCKED, RR_STORE_CORRUPT, RR_STORE_NEWER
 */
export async function openDatabase(
  dataDir: string,
  keysBeside: number,
  upgrade: 'committed' | 'uncommitted' = 'committed',
): Promise<DatabaseSync> {
  const place = join(dataDir, 'reroot.db');
  await requireWritable(dataDir);
  return guardSqlite(place, () => {
    const database = new DatabaseSync(place, { timeout: 0 });
    try {
      prepare(database, place, { keysBeside, upgrade });
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/**
 * Runs something on the database and gives its errors our codes.
 * @throws RR_STORE_LOCKED, RR_STORE_CORRUPT, RR_STORE_FAILED
 */
export function guardSqlite<T>(place: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    if (cause instanceof RerootError) throw cause;
    const code = codeOf(cause);
    throw new RerootError(code, `${messages[code]}: ${errorMessage(cause)}`, { place, cause });
  }
}

/**
 * Runs something between BEGIN and COMMIT, or not at all. IMMEDIATE: the lock for writing is there before anything is
 * compared.
 */
export function transact<T>(database: DatabaseSync, act: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = act();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk has SQLite roll back by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** The order matters: nothing that changes the file comes before the checks. */
function prepare(
  database: DatabaseSync,
  place: string,
  { keysBeside, upgrade }: { readonly keysBeside: number; readonly upgrade: 'committed' | 'uncommitted' },
): void {
  // In this mode the first access takes the lock of the file, and keeps it.
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  const fresh = isFresh(database);
  if (fresh && keysBeside > 0) throw lostStore(place, keysBeside);
  const version = fresh ? 0 : check(database, place);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  if (upgrade === 'committed' || fresh) {
    transact(database, () => (fresh ? createSchema(database) : upgradeSchema(database, version)));
  } else if (version < schemaVersion) {
    database.exec('BEGIN IMMEDIATE');
    upgradeSchema(database, version);
  }
}

/** Agents would refuse the low term of a store that begins anew, and the meshes would be forgotten without a word. */
function lostStore(place: string, keysBeside: number): RerootError {
  const keys = keysBeside === 1 ? 'a root key lies' : `${keysBeside} root keys lie`;
  return new RerootError('RR_STORE_CORRUPT', `the database is empty or missing, but ${keys} beside it`, { place });
}

function isFresh(database: DatabaseSync): boolean {
  return readNumber(database, 'SELECT count(*) FROM sqlite_schema') === 0 && readNumber(database, 'PRAGMA application_id') === 0;
}

/** @returns the version of the schema */
function check(database: DatabaseSync, place: string): number {
  if (readNumber(database, 'PRAGMA application_id') !== applicationId) {
    throw new RerootError('RR_STORE_CORRUPT', 'the file is a database of another program', { place });
  }
  const [row] = database.prepare('PRAGMA quick_check(1)').all();
  const finding = Object.values(row ?? {})[0];
  if (finding !== 'ok') throw new RerootError('RR_STORE_CORRUPT', `the database is damaged: ${String(finding)}`, { place });
  const version = readNumber(database, 'SELECT version FROM schema_version');
  if (!(version >= 1)) throw new RerootError('RR_STORE_CORRUPT', 'the database does not say its version', { place });
  if (version > schemaVersionRestored) {
    const message = `the store has version ${version}, and this program knows ${schemaVersionRestored}`;
    throw new RerootError('RR_STORE_NEWER', message, { place });
  }
  return version;
}

function readNumber(database: DatabaseSync, sql: string): number {
  const value = Object.values(database.prepare(sql).get() ?? {})[0];
  return typeof value === 'number' ? value : Number.NaN;
}

async function requireWritable(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new RerootError('RR_STORE_UNWRITABLE', `the data directory cannot be used: ${errorMessage(cause)}`, {
      place: dataDir,
      cause,
    });
  }
}

type SqliteCode = 'RR_STORE_LOCKED' | 'RR_STORE_CORRUPT' | 'RR_STORE_UNWRITABLE' | 'RR_STORE_FAILED';

const messages: Readonly<Record<SqliteCode, string>> = {
  RR_STORE_LOCKED: 'another process has the database open',
  RR_STORE_CORRUPT: 'the database is damaged',
  RR_STORE_UNWRITABLE: 'the database cannot be opened for writing',
  RR_STORE_FAILED: 'the database refuses',
};

/** Primary result codes, https://www.sqlite.org/rescode.html; extended ones carry them in their lowest byte. */
const codes: Readonly<Record<number, SqliteCode>> = {
  // SQL that is right for our schema fails on another one only: a table or column is missing.
  1: 'RR_STORE_CORRUPT',
  5: 'RR_STORE_LOCKED',
  8: 'RR_STORE_UNWRITABLE',
  11: 'RR_STORE_CORRUPT',
  14: 'RR_STORE_UNWRITABLE',
  26: 'RR_STORE_CORRUPT',
};

function codeOf(error: unknown): SqliteCode {
  const result = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0;
  return codes[result] ?? 'RR_STORE_FAILED';
}
