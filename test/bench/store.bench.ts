import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '@reroot/mgmt/testing';
import { generateIdentity, type Identity } from '@reroot/shared/protocol';
import { defineBench, measured, type Result } from './frame/bench.ts';
import { giveTurn } from './frame/give-turn.ts';
import { timeOf } from './frame/sample.ts';
import { measureKubernetesStore } from './kubernetes-store-speed.ts';
import { beginMesh, keepAtOnce, noteAtOnce, quantiles, type StoreParams } from './store-acts.ts';

async function measureSqlite(
  { commits, certificates, entries }: StoreParams,
  identity: Identity,
  signal: AbortSignal,
): Promise<readonly Result[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'reroot-bench-store-'));
  const store = await openSqliteStore({ dataDir, audit: { identity } });
  const file = openSync(join(dataDir, 'bare'), 'w');
  // What SQLite adds to its log for one entry: two pages of 4 KiB.
  const page = Buffer.alloc(8_192, 1);
  try {
    const term = await beginMesh(store);
    const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
    const note = () => store.note({ kind: 'start', action: 'mgmt.start', message: 'one more' }, term);
    const flush = (): void => {
      writeSync(file, page);
      fdatasyncSync(file);
    };
    for (let n = 0; n < commits + 20; n += 1) {
      await giveTurn(signal);
      const [bareMs, oursMs] = [await timeOf(flush), await timeOf(note)];
      if (n < 20) continue;
      times.ours.push(oursMs);
      times.bare.push(bareMs);
    }
    const [ours, bare] = [quantiles(times.ours), quantiles(times.bare)];
    const is = '8 KiB written to a file and flushed';
    return [
      { metric: 'SQLite: a commit by itself, median', unit: 'ms', value: ours.median, limit: measured(is, bare.median) },
      { metric: 'SQLite: a commit by itself, 99th of 100', unit: 'ms', value: ours.p99, limit: measured(is, bare.p99) },
      {
        ...{ metric: `SQLite: ${certificates} certificates kept at once`, unit: 's' },
        value: (await timeOf(() => keepAtOnce(store, certificates))) / 1_000,
      },
      {
        ...{ metric: `SQLite: ${entries} entries of the journal at once`, unit: 's' },
        value: (await timeOf(() => noteAtOnce(store, term, entries))) / 1_000,
      },
    ];
  } finally {
    closeSync(file);
    await store.close();
    await rm(dataDir, { recursive: true });
  }
}

export default defineBench({
  about:
    'the store: a commit by itself, many changes at once, and opening; in SQLite, and in Secrets of a real API server where one is installed',
  params: { commits: 200, certificates: 1_000, entries: 4_000 },
  long: { commits: 1_000, certificates: 5_000, entries: 20_000 },
  measure: async (params, run) => {
    const { identity } = generateIdentity();
    run.progress('SQLite');
    return [...(await measureSqlite(params, identity, run.signal)), ...(await measureKubernetesStore(params, identity, run))];
  },
});
