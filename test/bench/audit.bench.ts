import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryStore, createPackMaker, keepRotation, openSqliteStore } from '@reroot/mgmt/testing';
import {
  type ChainedEntry,
  checkPack,
  createChainCheck,
  digestOfEntry,
  linkHash,
  originHash,
  readAuditLine,
  readZip,
  signHead,
  writeAuditLine,
  writeZip,
} from '@reroot/shared/audit';
import { systemClock } from '@reroot/shared/clock';
import { generateIdentity } from '@reroot/shared/protocol';
import { defineBench, type Result } from './frame/bench.ts';
import { giveTurn } from './frame/give-turn.ts';
import { timeOf } from './frame/sample.ts';

const { identity } = generateIdentity();

/** Entries as a mgmt appends them: each signed, in a transaction of its own that waits for the disk. */
async function measureAppending(appended: number, signal: AbortSignal): Promise<readonly Result[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'reroot-bench-audit-'));
  const store = await openSqliteStore({ dataDir, audit: { identity } });
  try {
    const term = await store.takeTerm();
    const note = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n += 1) {
        signal.throwIfAborted();
        await store.note({ kind: 'start', action: 'mgmt.start', message: `start ${n}` }, term);
      }
    };
    await note(200);
    const before = process.cpuUsage();
    const ms = await timeOf(() => note(appended));
    const { user, system } = process.cpuUsage(before);
    return [
      { metric: 'appended, each signed and flushed to disk', value: (appended * 1_000) / ms, unit: 'entries/s' },
      { metric: 'of one core for each of them', value: (user + system) / 1_000 / appended, unit: 'ms' },
    ];
  } finally {
    await store.close();
    await rm(dataDir, { recursive: true });
  }
}

/** A journal of lines, as `audit.log` writes it, with a head at every 256th entry. */
async function writeJournal(count: number, signal: AbortSignal): Promise<readonly string[]> {
  const lines: string[] = [];
  let previous = originHash;
  for (let seq = 1; seq <= count; seq += 1) {
    const by = { name: 'ann@example.org', via: 'oidc' };
    const message = `cluster cluster-${seq} is excluded: it is being rebuilt`;
    const entry: ChainedEntry['entry'] = { seq, atMs: seq, kind: 'act', action: 'cluster.exclude', by, mesh: 'demo', message };
    const hash = linkHash(previous, digestOfEntry(entry));
    lines.push(writeAuditLine({ previous, hash, entry }));
    previous = hash;
    if (seq % 256 !== 0 && seq !== count) continue;
    lines.push(writeAuditLine({ head: signHead(identity, { seq, hash, atMs: seq }) }));
    await giveTurn(signal);
  }
  return lines;
}

async function measureVerifying(verified: number, signal: AbortSignal): Promise<readonly Result[]> {
  const lines = await writeJournal(verified, signal);
  const before = process.cpuUsage();
  const ms = await timeOf(async () => {
    const chain = createChainCheck();
    for (const [index, text] of lines.entries()) {
      const line = readAuditLine(text, index + 1);
      if ('head' in line) {
        chain.takeHead(line.head);
        await giveTurn(signal);
      } else {
        chain.take(line);
      }
    }
    chain.finish();
  });
  const { user, system } = process.cpuUsage(before);
  return [
    { metric: `${verified} entries read and verified, with their heads`, value: ms / 1_000, unit: 's' },
    { metric: 'of one core for that', value: (user + system) / 1e6, unit: 's' },
  ];
}

async function measurePack(clusters: number, signal: AbortSignal): Promise<readonly Result[]> {
  const store = createMemoryStore({ audit: { identity } });
  await giveTurn(signal);
  const rotationId = await keepRotation({ store, clusters });
  const makePack = createPackMaker({ store, identity, mgmtVersion: '0.1.0', clock: systemClock });
  let archive: Buffer = Buffer.of();
  const makeMs = await timeOf(async () => {
    archive = writeZip(await makePack('demo', rotationId));
  });
  await giveTurn(signal);
  const checkMs = await timeOf(() => checkPack(readZip(archive)));
  return [
    { metric: `pack of a rotation of ${clusters} clusters made, signed and archived`, value: makeMs, unit: 'ms' },
    { metric: 'the same verified, every byte of it', value: checkMs, unit: 'ms' },
    { metric: 'its size', value: archive.length / 1e6, unit: 'MB' },
  ];
}

export default defineBench({
  about: 'the journal and the evidence pack: appending, verifying, exporting',
  params: { appended: 2_000, verified: 100_000, clusters: 1_000 },
  takes: { verified: { to: 1_000_000 } },
  measure: async ({ appended, verified, clusters }, { signal }) => [
    ...(await measureAppending(appended, signal)),
    ...(await measureVerifying(verified, signal)),
    ...(await measurePack(clusters, signal)),
  ],
});
