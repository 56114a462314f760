import { execFile } from 'node:child_process';
import { meshStatus } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';

const servers: MeshServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

describe('the reroot process', () => {
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
});

async function reroot(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ exit: number; stdout: string; stderr: string }> {
  const { promise, resolve } = Promise.withResolvers<{ exit: number; stdout: string; stderr: string }>();
  const options = { env: { ...process.env, ...env }, timeout: 10_000 };
  const child = execFile(process.execPath, [`${import.meta.dirname}/main.js`, ...args], options, (_, stdout, stderr) => {
    resolve({ exit: child.exitCode ?? -1, stdout, stderr });
  });
  return promise;
}
