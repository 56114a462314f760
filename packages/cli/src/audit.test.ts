import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditEntry, type ChainedEntry, digestOfEntry, linkHash, originHash, signHead } from '@reroot/shared/audit';
import { generateIdentity } from '@reroot/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const { identity, publicKeyPem } = generateIdentity();

let dir: string;
let server: MeshServer;
let entries: ChainedEntry[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-audit-cli-'));
  entries = [];
  for (let seq = 1; seq <= 3; seq += 1) append(`cluster ${seq} is excluded`);
  server = await startMeshServer(({ path }) => ({ status: 200, body: pageOf(new URL(path, 'http://x').searchParams) }));
});
afterEach(async () => {
  await server.stop();
  await rm(dir, { recursive: true });
});

function append(message: string): void {
  const previous = entries.at(-1)?.hash ?? originHash;
  const by = { name: 'ann', via: 'oidc' };
  const entry: AuditEntry = {
    seq: entries.length + 1,
    atMs: 0,
    kind: 'act',
    action: 'x',
    by,
    why: 'no power',
    mesh: 'demo',
    message,
  };
  entries.push({ previous, hash: linkHash(previous, digestOfEntry(entry)), entry });
}

function pageOf(query: URLSearchParams): unknown {
  const shown = entries.filter(({ entry }) => entry.seq > Number(query.get('after'))).slice(0, Number(query.get('limit')));
  const last = entries.at(-1);
  const head = signHead(identity, { seq: entries.length, hash: last?.hash ?? '', atMs: 0 });
  const heads = shown.at(-1) === last && last !== undefined ? [head] : [];
  return { entries: shown, heads, head, total: entries.length };
}

const reroot = (...args: string[]) => runCaptured(['audit', ...args, '--server', server.url]);

describe('reroot audit', () => {
  it('lists who did what and why', async () => {
    const run = await reroot('list', '--last', '2');
    expect([run.exit, run.stdout.split('\n').length]).toEqual([0, 4]);
    expect(run.stdout).toMatch(/3\s+1970-01-01T00:00:00.000Z\s+act\s+ann \(oidc\)\s+demo\s+cluster 3 is excluded - no power/);
  });

  it('verifies the journal of mgmt, and says what that proves', async () => {
    const alone = await reroot('verify');
    expect(alone.exit).toBe(0);
    expect(alone.stdout).toContain(`3 entries hold, from its beginning\nhead: 3:${entries[2]?.hash ?? ''}`);
    expect(alone.stderr).toContain('this proves only that it holds in itself');
    const file = join(dir, 'mgmt.pem');
    await writeFile(file, publicKeyPem);
    for (const key of [identity.keyId, file]) {
      const run = await reroot('verify', '--mgmt-key', key);
      expect([run.exit, run.stderr]).toEqual([0, `the journal was signed by the key of mgmt, ${identity.keyId}\n`]);
    }
    const other = await reroot('verify', '--mgmt-key', 'a'.repeat(64));
    expect([other.exit, other.code]).toEqual([1, 'RR_AUDIT_OTHER_KEY']);
  });

  it('exports a file that verifies without mgmt, and overwrites none', async () => {
    const file = join(dir, 'audit.jsonl');
    expect((await reroot('export', '--out', file)).exit).toBe(0);
    expect(await reroot('export', '--out', file)).toMatchObject({ exit: 4, code: 'RR_FILE_EXISTS' });
    const run = await runCaptured(['audit', 'verify', file, '-o', 'json']);
    expect(JSON.parse(run.stdout)).toMatchObject({ first: 1, last: 3, signedUpTo: 3, keys: [identity.keyId] });
    expect((await reroot('export')).stdout).toBe(await readFile(file, 'utf8'));
    expect((await reroot('export', '--out', '-')).stdout).toBe(await readFile(file, 'utf8'));
    await writeFile(file, (await readFile(file, 'utf8')).replace('cluster 2', 'cluster 9'));
    const broken = await runCaptured(['audit', 'verify', file]);
    expect([broken.exit, broken.message]).toEqual([1, expect.stringContaining('entry 2 of the journal was changed')]);
  });

  it('takes no entry for that of mgmt that somebody has put behind the end that mgmt has signed', async () => {
    const file = join(dir, 'audit.jsonl');
    await reroot('export', '--out', file);
    append('forged');
    const [forged] = entries.slice(-1);
    await appendFile(file, `${JSON.stringify(forged)}\n`);
    const run = await runCaptured(['audit', 'verify', file, '--mgmt-key', identity.keyId]);
    expect([run.exit, run.code]).toEqual([1, 'RR_AUDIT_BROKEN']);
    expect(run.message).toContain('entry 3 of the journal is the last that is signed: what follows, up to entry 4');
    expect((await runCaptured(['audit', 'verify', file])).stdout).toContain(
      '4 entries hold, from its beginning, signed up to entry 3',
    );
  });

  it('leaves no half of an export behind', async () => {
    await server.stop();
    let pages = 0;
    server = await startMeshServer(({ path }) => {
      pages += 1;
      if (pages > 1) return { status: 403, body: { code: 'RR_API_FORBIDDEN', detail: 'no more', remedy: 'ask' } };
      return { status: 200, body: pageOf(new URL(path, 'http://x').searchParams) };
    });
    const file = join(dir, 'audit.jsonl');
    expect(await reroot('export', '--out', file)).toMatchObject({ code: 'RR_API_FORBIDDEN' });
    expect(await readdir(dir)).toEqual([]);
  });

  it('understands --file for --out, as it was called before', async () => {
    const file = join(dir, 'audit.jsonl');
    expect((await reroot('export', '--file', file)).exit).toBe(0);
    expect(await readdir(dir)).toEqual(['audit.jsonl']);
  });

  it('finds that what was noted before is there no more', async () => {
    const noted = `3:${entries[2]?.hash ?? ''}`;
    append('and more');
    expect((await reroot('verify', '--head', noted)).exit).toBe(0);
    entries.splice(2);
    append('rewritten');
    const run = await reroot('verify', '--head', noted);
    expect([run.exit, run.code]).toEqual([1, 'RR_AUDIT_BROKEN']);
    expect(run.message).toContain('was noted');
  });
});
