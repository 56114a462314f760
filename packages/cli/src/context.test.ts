import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meshStatus } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { type Run, runCaptured } from './testing/run-captured.ts';

let dir: string;
let file: string;
let token: string;
let server: MeshServer;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-cli-'));
  file = join(dir, 'reroot', 'config.yaml');
  token = join(dir, 'token');
  await writeFile(token, 'sesame\n');
  server = await startMeshServer(() => ({ status: 200, body: meshStatus() }));
});

afterEach(async () => {
  await server.stop();
  await rm(dir, { recursive: true });
});

const reroot = (args: readonly string[], env: Record<string, string> = {}): Promise<Run> =>
  runCaptured(args, { env: { XDG_CONFIG_HOME: dir, ...env } });
const add = (name: string, ...more: string[]): Promise<Run> =>
  reroot(['context', 'add', name, '--server', server.url, '--mesh', 'demo', '--token-file', token, ...more]);

describe('reroot context', () => {
  it('keeps a server under a name, for its owner alone, and never a token', async () => {
    expect(await add('prod')).toMatchObject({ exit: 0, stderr: `context prod is kept in ${file}, and used from now on\n` });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, 'utf8');
    expect(text).toContain(`tokenFile: ${token}`);
    expect(text).not.toContain('sesame');
  });

  it('is used by verbs that name no server: its address, its mesh, its token', async () => {
    await add('prod');
    expect(await reroot(['status'])).toMatchObject({ exit: 0 });
    expect(server.asked).toMatchObject([{ path: '/v1/meshes/demo', authorization: 'Bearer sesame' }]);
  });

  it('gives way to the environment, and both to an option', async () => {
    await add('prod');
    const other = join(dir, 'other');
    await writeFile(other, 'plum');
    await reroot(['status'], { REROOT_TOKEN_FILE: other });
    await reroot(['status', '--mesh', 'blue', '--token-file', token], { REROOT_TOKEN_FILE: other });
    expect(server.asked).toMatchObject([
      { path: '/v1/meshes/demo', authorization: 'Bearer plum' },
      { path: '/v1/meshes/blue', authorization: 'Bearer sesame' },
    ]);
  });

  it('sends no token of a context to another server that is named', async () => {
    await add('prod');
    await reroot(['status', '--server', server.url, '--mesh', 'blue']);
    await reroot(['status', '--mesh', 'blue'], { REROOT_SERVER: server.url });
    expect(server.asked.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
  });

  it.each([
    ['--context', ['--context', 'second'], {}],
    ['REROOT_CONTEXT', [], { REROOT_CONTEXT: 'second' }],
  ] as const)('is chosen by %s', async (_, args, env) => {
    await add('first');
    await add('second', '--mesh', 'blue');
    await reroot(['status', ...args], env);
    expect(server.asked).toMatchObject([{ path: '/v1/meshes/blue' }]);
  });

  it('is listed, shown, used from now on, and forgotten', async () => {
    await add('first');
    await add('second', '--mesh', 'blue');
    expect((await reroot(['context', 'list'])).stdout).toMatch(
      /^ +NAME +SERVER.*\n\* +first +.*token\n +second +.*blue +token\n$/,
    );
    expect(await reroot(['context', 'use', 'second'])).toMatchObject({ exit: 0 });
    expect(JSON.parse((await reroot(['context', 'show', '-o', 'json'])).stdout)).toEqual({
      ...{ name: 'second', server: server.url, mesh: 'blue', tokenFile: token },
    });
    expect((await reroot(['context', 'remove', 'second'])).stderr).toContain('none is used now');
    expect(JSON.parse((await reroot(['context', 'list', '-o', 'json'])).stdout)).toEqual({
      ...{ file, contexts: { first: { server: server.url, mesh: 'demo', tokenFile: token } } },
    });
  });

  it('takes the place of another one only when that was asked for', async () => {
    await add('prod');
    expect(await add('prod', '--mesh', 'blue')).toMatchObject({ exit: 4, code: 'RR_CONTEXT_EXISTS' });
    expect(await add('prod', '--mesh', 'blue', '--replace')).toMatchObject({ exit: 0 });
    expect((await reroot(['context', 'show', '-o', 'json'])).stdout).toContain('"mesh": "blue"');
  });

  it.each([
    ['without a server', ['prod'], 'RR_OPTION_INVALID'],
    ['with a server that is none', ['prod', '--server', 'ftp://x'], 'RR_OPTION_INVALID'],
    ['with a file that is not there', ['prod', '--server', 'http://x', '--token-file', '/none'], 'RR_CONFIG_UNREADABLE'],
    ['by a name that is none', ['__proto__', '--server', 'http://x'], 'RR_OPTION_INVALID'],
  ])('keeps nothing %s', async (_, args, code) => {
    expect(await reroot(['context', 'add', ...args])).toMatchObject({ exit: 2, code });
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it.each(['use', 'show', 'remove'])('names those that there are when %s is told of another', async (act) => {
    await add('prod');
    expect(await reroot(['context', act, 'prot'])).toMatchObject({
      ...{ exit: 2, code: 'RR_CONTEXT_NOT_FOUND' },
      remedy: 'name one of these: prod; or make it with `reroot context add`',
    });
  });
});

describe('the file of contexts', () => {
  beforeEach(() => add('prod'));

  it('is not believed when others may write it', async () => {
    await chmod(file, 0o620);
    expect(await reroot(['status'])).toMatchObject({ exit: 2, code: 'RR_CONFIG_UNREADABLE', place: file });
    expect(server.asked).toEqual([]);
  });

  it('has no key besides those that are known, and says where', async () => {
    await writeFile(file, `contexts:\n  prod:\n    server: ${server.url}\n    token: sesame\n`);
    const run = await reroot(['status']);
    expect(run).toMatchObject({ exit: 2, code: 'RR_CONFIG_INVALID' });
    expect(run.place).toContain(`${file}:4:5`);
    expect(JSON.stringify(run)).not.toContain('sesame');
  });

  it('stops no verb that asks no server, nor one that names its server', async () => {
    await writeFile(file, 'nonsense');
    expect(await reroot(['token', 'new', '--name', 'ci', '--role', 'viewer'])).toMatchObject({ exit: 0 });
    expect(await reroot(['status', '--server', server.url, '--mesh', 'demo'])).toMatchObject({ exit: 0 });
  });

  it.each([
    ['audit', 'RR_AUDIT_UNREADABLE'],
    ['evidence', 'RR_CONFIG_UNREADABLE'],
  ])('stops no `reroot %s verify` of a file, and stops all else that it has', async (verb, code) => {
    await writeFile(file, 'nonsense');
    // Both have come as far as the file that is not there.
    expect(await reroot([verb, 'verify', join(dir, 'none')])).toMatchObject({ code, place: join(dir, 'none') });
    const online = verb === 'audit' ? ['audit', 'verify'] : ['evidence', 'export', 'r1'];
    expect(await reroot(online)).toMatchObject({ code: 'RR_CONFIG_INVALID' });
  });

  it('names files beside itself, and may be empty', async () => {
    await writeFile(file, `current: prod\ncontexts:\n  prod: {server: "${server.url}", mesh: demo, tokenFile: ../token}\n`);
    await reroot(['status']);
    expect(server.asked[0]?.authorization).toBe('Bearer sesame');
    await writeFile(file, '');
    expect((await reroot(['context', 'list'])).stderr).toContain('there is no context');
  });

  it('stands where REROOT_CONFIG says, or in the home where nothing does', async () => {
    const elsewhere = { REROOT_CONFIG: join(dir, 'mine.yaml') };
    expect((await reroot(['context', 'show'], elsewhere)).code).toBe('RR_CONTEXT_NOT_FOUND');
    const run = await runCaptured(['context', 'list'], { env: { HOME: dir } });
    expect(run.stderr).toContain(join(dir, '.config/reroot/config.yaml'));
  });
});
