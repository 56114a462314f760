import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meshStatus } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, type Asked, type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const servers: MeshServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function serve(answer: (asked: Asked) => Answer): Promise<MeshServer> {
  const server = await startMeshServer(answer);
  servers.push(server);
  return server;
}

function meshes(...names: string[]): Answer {
  return { status: 200, body: { meshes: names.map((mesh) => meshStatus({ mesh })) } };
}

const whole = (asked: Asked): Answer => (asked.path === '/v1/meshes' ? meshes('demo') : { status: 200, body: meshStatus() });

describe('reroot status', () => {
  it('shows the only mesh when none is named', async () => {
    const { url } = await serve(whole);
    const run = await runCaptured(['status', '--server', url]);
    expect(run).toMatchObject({ exit: 0, stderr: '' });
    expect(run.stdout).toContain('mesh demo: ADDING_NEW_ROOT');
    expect(run.stdout).toMatch(/cluster-1 +reporting +old\+new +old +2\/2 +2\/2 +4\/4/);
  });

  it('gives exactly what mgmt answered as one JSON document', async () => {
    const { url } = await serve(whole);
    const run = await runCaptured(['-o', 'json', 'status', '--server', url, '--mesh', 'demo']);
    expect(JSON.parse(run.stdout)).toEqual(meshStatus());
    expect(run.stderr).toBe('');
  });

  it('asks for a name when there are several meshes', async () => {
    const { url } = await serve(() => meshes('blue', 'green'));
    const run = await runCaptured(['status', '--server', url]);
    expect(run).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID', message: 'there is more than one mesh: blue, green' });
  });

  it('says how to make a mesh when there is none', async () => {
    const { url } = await serve(() => meshes());
    const run = await runCaptured(['status', '--server', url]);
    expect(run).toMatchObject({ code: 'RR_MESH_NOT_FOUND', remedy: 'make one with `reroot apply -f mesh.yaml`' });
  });

  it('exits 3 when nothing listens', async () => {
    const run = await runCaptured(['status', '--server', 'http://127.0.0.1:1']);
    expect(run).toMatchObject({ exit: 3, code: 'RR_API_UNREACHABLE', stdout: '' });
  });

  it('sends the token of the file and never shows it', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'reroot-cli-'));
    try {
      await writeFile(join(dir, 'token'), 'sesame\n');
      const { url, asked } = await serve(() => ({
        status: 401,
        body: { code: 'RR_API_UNAUTHORIZED', detail: 'no', remedy: 'ask' },
      }));
      const run = await runCaptured(['status', '--server', url, '--token-file', join(dir, 'token')]);
      expect(asked[0]?.authorization).toBe('Bearer sesame');
      expect(run.code).toBe('RR_API_UNAUTHORIZED');
      expect(JSON.stringify(run)).not.toContain('sesame');
    } finally {
      await rm(dir, { recursive: true });
    }
  });

  it('watches until it is interrupted, one document for each change', async () => {
    let generation = 1;
    const stop = new AbortController();
    const { url } = await serve((asked) => {
      if (asked.path === '/v1/meshes') return meshes('demo');
      generation += 1;
      if (generation === 4) stop.abort();
      return { status: 200, body: meshStatus({ generation: Math.min(generation, 3) }) };
    });
    const run = await runCaptured(['status', '--watch', '-o', 'json', '--server', url], { signal: stop.signal });
    const documents = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { generation: number });
    expect(documents.map((document) => document.generation)).toEqual([2, 3]);
  });
});

describe('a command line', () => {
  it.each([
    ['an unknown verb', ['rotat'], "unknown command 'rotat' (Did you mean rotate?)"],
    ['an unknown option', ['status', '--wach'], "unknown option '--wach' (Did you mean --watch?)"],
    ['an unknown format', ['status', '-o', 'xml'], "'xml' is invalid"],
    ['no verb', [], 'no verb was given'],
    ['too much', ['status', 'demo'], 'too many arguments'],
  ])('with %s exits 2', async (_, args, message) => {
    const run = await runCaptured(args);
    expect(run).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID' });
    expect(run.message).toContain(message);
  });

  it('--help lists the verbs on stdout and exits 0', async () => {
    const run = await runCaptured(['--help']);
    expect(run).toMatchObject({ exit: 0, stderr: '' });
    const verbs = ['status', 'plan', 'rotate', 'verify', 'abort', 'exclude', 'include', 'history', 'apply', 'keygen'];
    for (const verb of verbs) expect(run.stdout).toContain(`\n  ${verb}`);
  });
});
