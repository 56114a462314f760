import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditEntry, digestOfEntry, linkHash, originHash, sealPack, signHead, writeAuditLine } from '@reroot/shared/audit';
import { generateIdentity } from '@reroot/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const { identity } = generateIdentity();

let dir: string;
let server: MeshServer;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-evidence-cli-'));
  server = await startMeshServer(() => ({ status: 200, body: { files: makeFiles() } }));
});
afterEach(async () => {
  await server.stop();
  await rm(dir, { recursive: true });
});

function makeFiles(): { readonly path: string; readonly text: string }[] {
  const entry: AuditEntry = { seq: 1, atMs: 1, kind: 'act', action: 'x', by: { name: 'ann', via: 'oidc' }, message: 'started' };
  const hash = linkHash(originHash, digestOfEntry(entry));
  const head = signHead(identity, { seq: 1, hash, atMs: 1 });
  const journal = `${writeAuditLine({ previous: originHash, hash, entry })}\n${writeAuditLine({ head })}\n`;
  const files = [
    { path: 'journal.jsonl', bytes: Buffer.from(journal) },
    { path: 'report.html', bytes: Buffer.from('<p>grün</p>') },
  ];
  const about = {
    mesh: 'demo',
    rotationId: 'r1',
    madeAt: '2026-01-01T00:00:00.000Z',
    mgmtVersion: '0.1.0',
    lacks: ['its start'],
  };
  return sealPack(files, about, identity).map(({ path, bytes }) => ({ path, text: Buffer.from(bytes).toString('utf8') }));
}

const exported = (file: string) =>
  runCaptured(['evidence', 'export', 'r1', '--out', file, '--mesh', 'demo', '--server', server.url]);

describe('reroot evidence', () => {
  it('writes one archive, which verifies without mgmt, and says what that proves', async () => {
    const file = join(dir, 'pack.zip');
    const run = await exported(file);
    expect([run.exit, server.asked[0]?.path]).toEqual([0, '/v1/meshes/demo/rotations/r1/evidence']);
    expect(await exported(file)).toMatchObject({ exit: 4, code: 'RR_FILE_EXISTS' });
    const alone = await runCaptured(['evidence', 'verify', file]);
    expect(alone.stdout).toContain('every byte holds: 2 files of rotation r1 of mesh demo');
    expect(alone.stdout).toContain('not in it: its start');
    expect([alone.exit, alone.stderr]).toEqual([0, expect.stringContaining('proves only that it holds in itself')]);
    const pinned = await runCaptured(['evidence', 'verify', file, '--mgmt-key', identity.keyId]);
    expect([pinned.exit, pinned.stderr]).toEqual([0, `the evidence pack was signed by the key of mgmt, ${identity.keyId}\n`]);
    const other = await runCaptured(['evidence', 'verify', file, '--mgmt-key', 'a'.repeat(64)]);
    expect([other.exit, other.code]).toEqual([1, 'RR_AUDIT_OTHER_KEY']);
  });

  it.each([
    [
      'the last rotation where none is named',
      [{}, { rotationId: 'r1' }, { rotationId: 'r2' }, {}],
      '/v1/meshes/demo/rotations/r2/evidence',
    ],
    ['nothing where there was none', [{}], '/v1/meshes/demo/history'],
  ])('is of %s', async (_, conditions, path) => {
    await server.stop();
    const at = { timestamp: '2026-01-01T00:00:00.000Z', state: 'FINISHED', step: 'DELETING_OLD_ROOT', generation: 1 };
    const items = conditions.map((each) => ({ ...at, message: '', errors: [], ...each }));
    server = await startMeshServer(({ path: asked }) => {
      return { status: 200, body: asked.includes('/history') ? { conditions: items } : { files: makeFiles() } };
    });
    const run = await runCaptured(['evidence', 'export', '--out', join(dir, 'l.zip'), '--mesh', 'demo', '--server', server.url]);
    expect(server.asked.at(-1)?.path).toContain(path);
    expect(run.code).toBe(conditions.length > 1 ? undefined : 'RR_EVIDENCE_NOT_FOUND');
  });

  it('understands --file for --out, as it was called before', async () => {
    const file = join(dir, 'pack.zip');
    const run = await runCaptured(['evidence', 'export', 'r1', '--file', file, '--mesh', 'demo', '--server', server.url]);
    expect([run.exit, await readdir(dir)]).toEqual([0, ['pack.zip']]);
  });

  it('finds a byte that was changed', async () => {
    const file = join(dir, 'pack.zip');
    await exported(file);
    const bytes = await readFile(file);
    const place = bytes.indexOf('started');
    bytes[place] = 0x53;
    await writeFile(file, bytes);
    const run = await runCaptured(['evidence', 'verify', file]);
    expect([run.exit, run.code]).toEqual([1, 'RR_EVIDENCE_BROKEN']);
  });
});
