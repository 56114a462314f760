import type { DatabaseSync } from 'node:sqlite';
import { RerootError } from '@reroot/shared/errors';
import type { z } from 'zod';

type Value = string | number | Uint8Array | null;

/** What a query finds, each row checked. @throws RR_STORE_CORRUPT */
export function rows<T>(database: DatabaseSync, sql: string, values: readonly Value[], row: z.ZodType<T>): T[] {
  return database
    .prepare(sql)
    .all(...values)
    .map((found) => {
      const parsed = row.safeParse(found);
      if (parsed.success) return parsed.data;
      throw new RerootError('RR_STORE_CORRUPT', 'a row of the database makes no sense', { place: sql, cause: parsed.error });
    });
}

/** Carries a statement out, and gives how many rows it changed. */
export function execute(database: DatabaseSync, sql: string, values: readonly Value[]): number {
  return Number(database.prepare(sql).run(...values).changes);
}
