import { createPrivateKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meshStatus } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

let dir: string;
let server: MeshServer;
const mesh = 'kind: VirtualMesh\nmetadata: {name: demo}\n';

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-cli-'));
  server = await startMeshServer(({ path }) => {
    const conditions = [
      {
        timestamp: '2026-01-01T00:00:00Z',
        state: 'FAILED',
        step: 'ADDING_NEW_ROOT',
        generation: 2,
        message: 'it cannot go on',
        errors: ['expired'],
      },
    ];
    return { status: 200, body: path.endsWith('/history?limit=1000') ? { conditions } : meshStatus() };
  });
});

afterEach(async () => {
  await server.stop();
  await rm(dir, { recursive: true });
});

describe('reroot apply', () => {
  it('sends the file as it is to the mesh that it names', async () => {
    await writeFile(join(dir, 'mesh.yaml'), mesh);
    const run = await runCaptured(['apply', '-f', join(dir, 'mesh.yaml'), '--server', server.url]);
    expect(run.exit).toBe(0);
    expect(server.asked).toMatchObject([{ method: 'PUT', path: '/v1/meshes/demo', body: mesh }]);
  });

  it('reads stdin when the file is -', async () => {
    await runCaptured(['apply', '-f', '-', '--server', server.url], { stdin: mesh });
    expect(server.asked).toMatchObject([{ path: '/v1/meshes/demo', body: mesh }]);
  });

  it.each([
    ['is no YAML', 'metadata: {name: [', 'RR_CONFIG_INVALID'],
    ['has no name', 'kind: VirtualMesh', 'RR_CONFIG_INVALID'],
    ['has another name than --mesh', 'metadata: {name: other}', 'RR_OPTION_INVALID'],
  ])('sends nothing when the document %s', async (_, text, code) => {
    const run = await runCaptured(['apply', '-f', '-', '--server', server.url, '--mesh', 'demo'], { stdin: text });
    expect(run).toMatchObject({ exit: 2, code });
    expect(server.asked).toEqual([]);
  });

  it('names the file that cannot be read', async () => {
    const run = await runCaptured(['apply', '-f', join(dir, 'missing.yaml'), '--server', server.url]);
    expect(run).toMatchObject({ exit: 2, code: 'RR_CONFIG_UNREADABLE' });
    expect(run.message).toContain('missing.yaml');
  });
});

describe('reroot history', () => {
  it('shows what happened with its errors', async () => {
    const run = await runCaptured(['history', '--server', server.url, '--mesh', 'demo']);
    expect(run.stdout).toMatch(/2026-01-01T00:00:00Z +2 +FAILED +ADDING_NEW_ROOT +it cannot go on\n {2}expired\n/);
  });

  it('gives the conditions as JSON', async () => {
    const run = await runCaptured(['history', '--server', server.url, '--mesh', 'demo', '-o', 'json']);
    expect(JSON.parse(run.stdout)).toMatchObject({ conditions: [{ state: 'FAILED', errors: ['expired'] }] });
  });
});

describe('reroot keygen', () => {
  it('writes a private key that only the owner may read and prints the public one', async () => {
    const file = join(dir, 'agent.pem');
    const run = await runCaptured(['keygen', '--out', file]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(createPrivateKey(await readFile(file, 'utf8')).asymmetricKeyType).toBe('ed25519');
    expect(run.stdout).toMatch(/^-----BEGIN PUBLIC KEY-----\n[^-]+-----END PUBLIC KEY-----\n$/);
    expect(run.stderr).not.toContain('PRIVATE KEY-----');
  });

  it('never writes over a file', async () => {
    const file = join(dir, 'agent.pem');
    await writeFile(file, 'precious');
    expect(await runCaptured(['keygen', '--out', file])).toMatchObject({ exit: 4, code: 'RR_FILE_EXISTS', stdout: '' });
    expect(await readFile(file, 'utf8')).toBe('precious');
  });

  it('says why it cannot write', async () => {
    const run = await runCaptured(['keygen', '--out', join(dir, 'missing', 'agent.pem')]);
    expect(run).toMatchObject({ exit: 1, code: 'RR_FILE_UNWRITABLE' });
  });
});
