import type { MeshStatus } from '@reroot/shared/api';
import { meshStatus, waitingVerdict } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const servers: MeshServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function serve(...states: readonly MeshStatus[]): Promise<string> {
  let next = 0;
  const server = await startMeshServer(() => ({ status: 200, body: states[Math.min(next++, states.length - 1)] }));
  servers.push(server);
  return server.url;
}

const status = (url: string, ...more: string[]): string[] => ['status', '--server', url, '--mesh', 'demo', ...more];
const laggards = Array.from({ length: 12 }, (_, index) => ({
  cluster: `c-${index}`,
  reason: 'NotWritten',
  message: `lag ${index}`,
}));

describe('-o', () => {
  it('yaml gives what json gives, without aliases', async () => {
    const url = await serve(meshStatus());
    const { stdout } = await runCaptured(status(url, '-o', 'yaml'));
    expect(parse(stdout)).toEqual(meshStatus());
    expect(stdout).not.toMatch(/[&*]a\d/);
  });

  it('text is table, as it was called before', async () => {
    const url = await serve(meshStatus());
    const [text, table] = [await runCaptured(status(url, '-o', 'text')), await runCaptured(status(url, '-o', 'table'))];
    expect(text.stdout.split('\n')[0]).toContain('mesh demo: ADDING_NEW_ROOT');
    expect(text.stdout.replaceAll(/for \S+ \S+/g, '')).toBe(table.stdout.replaceAll(/for \S+ \S+/g, ''));
  });

  it('wide names what a table counts, and has columns besides', async () => {
    const verdict = { ...waitingVerdict('NotWritten', 'lag 0 (and 11 more)', laggards), laggardCount: laggards.length };
    const url = await serve(meshStatus({ verdict }));
    expect((await runCaptured(status(url))).stdout).toContain('and 2 more');
    const { stdout } = await runCaptured(status(url, '-o', 'wide'));
    expect(stdout).toContain('lag 11');
    expect(stdout).toMatch(/WORKLOADS +TOLD +INTERMEDIATE UNTIL +REPORT +NUDGES +AGENT +WAITS FOR/);
  });

  it('yaml and --watch give one document for each change', async () => {
    const stop = new AbortController();
    const url = await serve(meshStatus({ generation: 2 }), meshStatus({ generation: 2 }), meshStatus({ generation: 3 }));
    const run = runCaptured(status(url, '-o', 'yaml', '--watch'), {
      signal: stop.signal,
      onOut: (text) => {
        if (text.includes('generation: 3')) stop.abort();
      },
    });
    const documents = parseAllDocuments((await run).stdout).map((document) => document.toJS() as MeshStatus);
    expect(documents.map(({ generation }) => generation)).toEqual([2, 3]);
  });

  it('knows no other format, and names those there are', async () => {
    expect(await runCaptured(status('http://127.0.0.1:1', '-o', 'xml'))).toMatchObject({
      ...{ exit: 2, code: 'RR_OPTION_INVALID' },
      message: expect.stringContaining('table, wide, json, yaml'),
    });
  });
});

describe('-o json and yaml', () => {
  it.each([
    ['token new', ['token', 'new', '--name', 'ci', '--role', 'viewer']],
    ['context list', ['context', 'list']],
  ])('give one document and no words: %s', async (_, args) => {
    const env = { REROOT_CONFIG: '/nowhere/config.yaml' };
    const json = await runCaptured([...args, '-o', 'json'], { env });
    const yaml = await runCaptured([...args, '-o', 'yaml'], { env });
    expect([json.stderr, yaml.stderr]).toEqual(['', '']);
    expect(Object.keys(parse(yaml.stdout) as object)).toEqual(Object.keys(JSON.parse(json.stdout) as object));
  });
});
