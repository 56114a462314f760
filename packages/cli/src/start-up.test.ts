import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { meshStatus } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';

let server: MeshServer;

beforeAll(async () => {
  server = await startMeshServer(() => ({ status: 200, body: meshStatus() }));
});
afterAll(() => server.stop());

/** Has a process write on stderr whatever it loads. */
const hook = `import { registerHooks } from 'node:module'; import { writeSync } from 'node:fs';
registerHooks({ load: (url, context, next) => { writeSync(2, url + '\\n'); return next(url, context); } });`;

async function loadedBy(...words: string[]): Promise<readonly string[]> {
  const args = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, `${import.meta.dirname}/main.js`, ...words];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { env: { HOME: '/nowhere' } });
  expect(stdout).not.toBe('');
  return stderr.split('\n').filter((line) => /^(file|node):/.test(line));
}

describe('a start', () => {
  it.each([
    ['--help'],
    ['rotate', '--help'],
    ['version', '--server', 'http://127.0.0.1:1'],
    ['status', '--mesh', 'demo', '-o', 'json', '--server', 'here'],
    ['explain', 'WaveSoaking'],
  ])(
    'loads no schema, no YAML, no protobuf and no certificate for: %s',
    async (...words) => {
      const loaded = await loadedBy(...words.map((word) => (word === 'here' ? server.url : word)));
      expect(loaded.length).toBeGreaterThan(10);
      expect(loaded.filter((url) => /\/(zod|yaml|protobufjs|node-forge|pki)\//.test(url))).toEqual([]);
    },
    60_000,
  );

  it('loads what one verb needs, and no other verb', async () => {
    const loaded = await loadedBy('status', '--mesh', 'demo', '--server', server.url);
    const verbs = loaded.filter((url) => /\/cli\/src\/(status|rotate|audit|cluster|nats|pki|context|preflight)\.ts$/.test(url));
    expect(verbs.map((url) => url.replace(/.*\//, ''))).toEqual(['status.ts']);
  }, 60_000);
});

describe('what is compiled', () => {
  it.each([
    ['the cache of the person', { XDG_CACHE_HOME: '.', HOME: 'unused' }, 'reroot/compiled'],
    [
      'their home, where no folder is named from the root on',
      { XDG_CACHE_HOME: 'relative', HOME: '.' },
      '.cache/reroot/compiled',
    ],
  ])(
    'is kept in %s',
    async (_, env, kept) => {
      const folder = await mkdtemp(join(tmpdir(), 'reroot-cli-'));
      const named = Object.entries(env).map(([name, value]) => [name, value === '.' ? folder : value]);
      try {
        await promisify(execFile)(process.execPath, [`${import.meta.dirname}/main.js`, 'completion', 'bash'], {
          env: Object.fromEntries(named) as Record<string, string>,
          cwd: folder,
        });
        expect(existsSync(join(folder, kept))).toBe(true);
        expect(await readdir(folder)).toHaveLength(1);
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    60_000,
  );
});
