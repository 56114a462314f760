import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { meshStatus, newRoot } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

let server: MeshServer;
let dir: string;

beforeAll(async () => {
  server = await startMeshServer(({ path }) => ({
    status: 200,
    body: path === '/v1/meshes' ? { meshes: [meshStatus(), meshStatus({ mesh: '$(touch x)' })] } : meshStatus(),
  }));
  dir = await mkdtemp(join(tmpdir(), 'reroot-cli-'));
  const program = join(dir, 'reroot');
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${import.meta.dirname}/main.js' "$@"\n`);
  await chmod(program, 0o755);
  await writeFile(join(dir, 'contexts.yaml'), `contexts: {prod: {server: "${server.url}"}}\n`);
});

afterAll(async () => {
  await server.stop();
  await rm(dir, { recursive: true });
});

async function completed(...words: string[]): Promise<readonly string[]> {
  const env = { REROOT_SERVER: server.url, REROOT_CONFIG: join(dir, 'contexts.yaml') };
  const run = await runCaptured(['__complete', '--', ...words], { env });
  expect(run).toMatchObject({ exit: 0, stderr: '' });
  return run.stdout.split('\n').slice(0, -1);
}

describe('a completed word', () => {
  it.each([
    ['a verb', ['ro'], ['rotate']],
    ['a verb below another one', ['cluster', 'rot'], ['rotate-credentials']],
    ['an option of the verb', ['rotate', '--emer'], ['--emergency']],
    ['an option of every verb, after others', ['rotate', '--by', 'ana', '--out'], ['--output']],
    ['a choice', ['rotate', '--verification', 'm'], ['manual']],
    ['a choice behind =', ['rotate', '--verification=m'], ['--verification=manual']],
    ['a moment to wait for', ['rotate', '--wait', 'a'], ['approval']],
    ['an option behind one that may have a value', ['rotate', '--wait', '--time'], ['--timeout']],
    ['a mesh, and no name that a shell could run', ['status', '--mesh', ''], ['demo']],
    ['a cluster', ['--mesh', 'demo', 'exclude', 'cluster-2'], ['cluster-2']],
    ['a root', ['rotate', '--mesh', 'demo', '--target', 'b'], [newRoot.slice(0, 12)]],
    ['a context', ['status', '--context', ''], ['prod']],
    ['a context to be used', ['context', 'use', 'p'], ['prod']],
    ['a reason', ['explain', 'WaveS'], ['WaveSoaking']],
    ['a check to override', ['rotate', '--override', 'clocks'], ['clocks']],
    ['nothing where a file is named', ['apply', '-f', ''], []],
    ['nothing behind a verb that takes nothing', ['status', ''], []],
    ['no hidden verb', ['__'], []],
  ])('is %s', async (_, words, expected) => {
    expect(await completed(...words)).toEqual(expected);
  });

  it('is nothing, without a word, where mgmt does not answer', async () => {
    expect(await completed('status', '--server', 'http://127.0.0.1:1', '--mesh', '')).toEqual([]);
    expect(await completed('status', '--server', 'nonsense', '--mesh', '')).toEqual([]);
    expect(await completed('status', '--context', 'none', '--mesh', '')).toEqual([]);
  });
});

/** How each shell is had to complete a line, and to print what it finds. */
const drivers: Readonly<Record<string, (line: string) => readonly string[]>> = {
  bash: (line) => {
    const words = line.replaceAll('=', ' = ').split(' ');
    const set = `COMP_LINE='${line}' COMP_POINT=${line.length} COMP_CWORD=${words.length - 1}`;
    const run = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); _reroot reroot reroot; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return ['-c', `source <(reroot completion bash); ${set}; ${run}`];
  },
  // What zsh would do with the answers needs a terminal; that the function runs and what it gives does not.
  zsh: (line) => {
    const words = line.split(' ').map((word) => `'${word}'`);
    const stand = `compdef() { : }; compadd() { print -l -- \${(P)2} }; _files() { : }`;
    return [
      '-f',
      '-c',
      `${stand}; source <(reroot completion zsh); words=(${words.join(' ')}); CURRENT=${words.length}; _reroot`,
    ];
  },
  fish: (line) => ['-c', `reroot completion fish | source; complete -C '${line}'`],
};

async function completeIn(shell: string, line: string): Promise<string> {
  const env = { PATH: `${dir}:${process.env['PATH'] ?? ''}`, HOME: dir, REROOT_SERVER: server.url };
  const { stdout } = await promisify(execFile)(shell, [...(drivers[shell]?.(line) ?? [])], { env, timeout: 30_000 });
  return stdout.trim();
}

/** bash is everywhere that the tests are; the others where somebody has put them. */
const installed = Object.keys(drivers).filter((name) => name === 'bash' || isInstalled(name));

function isInstalled(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

describe('a real shell', () => {
  it.each(installed)(
    'completes verbs, and names that mgmt knows: %s',
    async (shell) => {
      expect(await completeIn(shell, 'reroot exclu')).toBe('exclude');
      expect(await completeIn(shell, 'reroot status --mesh de')).toBe('demo');
    },
    60_000,
  );

  it('completes what stands behind =, at which bash splits words', async () => {
    expect(await completeIn('bash', 'reroot rotate --verification=man')).toBe('manual');
  }, 60_000);
});

describe('reroot completion', () => {
  it.each(['bash', 'zsh', 'fish'])('prints a script for %s', async (shell) => {
    const run = await runCaptured(['completion', shell]);
    expect(run).toMatchObject({ exit: 0, stderr: '' });
    expect(run.stdout).toContain('reroot __complete --'.replace('reroot', shell === 'bash' ? '"$1"' : 'reroot'));
  });

  it('knows no other shell', async () => {
    expect(await runCaptured(['completion', 'tcsh'])).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID' });
  });
});
