import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { meshStatus } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';

const servers: MeshServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

describe('the reroot process', { timeout: 60_000 }, () => {
  it('keeps data on stdout and takes the server from the environment', async () => {
    const server = await startMeshServer(() => ({ status: 200, body: meshStatus() }));
    servers.push(server);
    const run = await reroot(['status', '--mesh', 'demo', '-o', 'json'], { REROOT_SERVER: server.url });
    expect(run).toMatchObject({ exit: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toEqual(meshStatus());
  });

  it('prints one coded error with its remedy and exits with the code of the catalogue', async () => {
    const run = await reroot(['status', '--mesh', 'demo', '--server', 'http://127.0.0.1:1'], {});
    expect(run).toMatchObject({ exit: 3, stdout: '' });
    expect(run.stderr).toMatch(/^error RR_API_UNREACHABLE: .+\nremedy: .+\n$/);
  });

  it.each([
    ['a rotation that is followed is no success', ['wait'], 130],
    ['a mesh that is watched is how that ends', ['status', '--watch'], 0],
  ])('knows that an interrupt of %s', async (_, args, exit) => {
    const running: { child?: ChildProcess } = {};
    const server = await startMeshServer(() => {
      // It has asked for the mesh, and follows it from now on.
      if (server.asked.length === 3) running.child?.kill('SIGINT');
      return { status: 200, body: meshStatus() };
    });
    servers.push(server);
    const child = start([...args, '--mesh', 'demo', '--server', server.url], 'ignore');
    running.child = child;
    expect(await once(child, 'close')).toEqual([exit, null]);
  });

  it('does not pass for having written what could not be written, as on a full disk', async () => {
    const readOnly = openSync(main, 'r');
    const child = start(['token', 'new', '--name', 'ci', '--role', 'viewer', '-o', 'json'], readOnly);
    const [words, [exit]] = await Promise.all([text(child.stderr!), once(child, 'close')]);
    closeSync(readOnly);
    expect(words).toMatch(/^error RR_FILE_UNWRITABLE: cannot write to stdout: EBADF.*\nremedy: .+\n$/);
    expect(exit).toBe(1);
  });
});

function start(args: readonly string[], stdout: 'ignore' | number): ChildProcess {
  return spawn(process.execPath, [main, ...args], { stdio: ['ignore', stdout, 'pipe'], timeout: 20_000 });
}

const main = `${import.meta.dirname}/main.js`;

async function reroot(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ exit: number; stdout: string; stderr: string }> {
  const { promise, resolve } = Promise.withResolvers<{ exit: number; stdout: string; stderr: string }>();
  const options = { env: { ...process.env, ...env }, timeout: 30_000 };
  const child = execFile(process.execPath, [main, ...args], options, (_, stdout, stderr) => {
    resolve({ exit: child.exitCode ?? -1, stdout, stderr });
  });
  return promise;
}
