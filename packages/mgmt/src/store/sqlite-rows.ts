import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { RerootError } from '@reroot/shared/errors';
import type { z } from 'zod';

type Value = string | number | Uint8Array | null;

/** What a query finds, each row checked. @throws RR_STORE_CORRUPT */
export function rows<T>(database: DatabaseSync, sql: string, values: readonly Value[], row: z.ZodType<T>): T[] {
  return statementOf(database, sql)
    .all(...values)
    .map((found) => {
      const parsed = row.safeParse(found);
      if (parsed.success) return parsed.data;
      throw new RerootError('RR_STORE_CORRUPT', 'a row of the database makes no sense', { place: sql, cause: parsed.error });
    });
}

/** Carries a statement out, and gives how many rows it changed. */
export function execute(database: DatabaseSync, sql: string, values: readonly Value[]): number {
  return Number(statementOf(database, sql).run(...values).changes);
}

/** Compiled once: the texts are ours, and few. SQLite compiles them anew by itself where the schema has changed. */
const statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

function statementOf(database: DatabaseSync, sql: string): StatementSync {
  const compiled = statements.get(database) ?? new Map<string, StatementSync>();
  statements.set(database, compiled);
  const statement = compiled.get(sql) ?? database.prepare(sql);
  compiled.set(sql, statement);
  return statement;
}
