import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore, type SqliteStoreOptions } from '../sqlite-store.ts';
import type { Store } from '../store.ts';

/** A data directory with the file of a SQLite store in it. */
export interface SqliteFolder {
  readonly dataDir: string;
  readonly file: string;
  /** Opens the store; `dispose` closes it, where nobody has. */
  open(options?: Partial<SqliteStoreOptions>): Promise<Store>;
  /** Changes the file behind the back of the store. */
  tamper(sql: string): void;
  dispose(): Promise<void>;
}

/** Makes an empty one. */
export async function makeSqliteFolder(): Promise<SqliteFolder> {
  const dataDir = await mkdtemp(join(tmpdir(), 'reroot-store-'));
  const file = join(dataDir, 'reroot.db');
  const opened: Store[] = [];
  return {
    dataDir,
    file,
    open: async (options = {}) => {
      const store = await openSqliteStore({ dataDir, ...options });
      opened.push(store);
      return store;
    },
    tamper: (sql) => {
      const database = new DatabaseSync(file);
      try {
        database.exec(sql);
      } finally {
        database.close();
      }
    },
    dispose: async () => {
      for (const store of opened) await store.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
