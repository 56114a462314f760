import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cliVersion } from './cli-version.ts';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const servers: MeshServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function mgmtOf(version: string, replica?: object): Promise<MeshServer> {
  const server = await startMeshServer(({ path }) =>
    path === '/v1/version'
      ? { status: 200, body: { version, api: 'v1', ...(replica === undefined ? {} : { replica }) } }
      : { status: 404, body: { status: 404, code: 'RR_API_NOT_FOUND', title: 'x', detail: 'there is none', remedy: 'none' } },
  );
  servers.push(server);
  return server;
}

describe('reroot version', () => {
  it('is that of its package', () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(cliVersion).toBe(version);
  });

  it('shows that of mgmt and of its API, and has no fault to find where both are of one minor version', async () => {
    const { url } = await mgmtOf(cliVersion.replace(/\d+$/, '99'));
    const run = await runCaptured(['version', '--server', url]);
    expect(run).toMatchObject({ exit: 0, stderr: '' });
    expect(run.stdout).toMatch(
      /^reroot 0\.1\.0 · run from its sources · node v\S+ · \S+\nmgmt 0\.1\.99 · commit unknown · API v1 · http:\S+\n$/,
    );
    const { stdout } = await runCaptured(['version', '--server', url, '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      reroot: cliVersion,
      commit: 'unknown',
      mgmt: { server: url, version: '0.1.99', api: 'v1' },
    });
  });

  it('shows which of several replicas has answered, and which of them leads', async () => {
    const leader = { name: 'mgmt-1_b', since: '2026-11-29T12:00:00.000000Z', transitions: 3 };
    const standing = await mgmtOf('0.1.0', { name: 'mgmt-0_a', role: 'standby', leader });
    expect((await runCaptured(['version', '--server', standing.url])).stdout).toMatch(
      /\nreplica mgmt-0_a has answered, which stands by · mgmt-1_b leads\n$/,
    );
    const leading = await mgmtOf('0.1.0', { name: 'mgmt-1_b', role: 'leader', leader });
    expect((await runCaptured(['version', '--server', leading.url])).stdout).toMatch(
      /\nreplica mgmt-1_b has answered, which leads\n$/,
    );
    const alone = await mgmtOf('0.1.0', { name: 'mgmt-0_a', role: 'standby' });
    expect((await runCaptured(['version', '--server', alone.url])).stdout).toContain('no replica leads now');
  });

  it('warns of an mgmt of another minor version', async () => {
    const { url } = await mgmtOf('0.2.0');
    const run = await runCaptured(['version', '--server', url]);
    expect(run.exit).toBe(0);
    expect(run.stderr).toBe('warning: this reroot is 0.1.0, and mgmt is 0.2.0: take a reroot of the version of mgmt\n');
  });

  it('takes the server of the context, and is not stopped by a damaged file of them', async () => {
    const { url } = await mgmtOf('0.1.0');
    const dir = await mkdtemp(join(tmpdir(), 'reroot-cli-'));
    const env = { REROOT_CONFIG: join(dir, 'contexts.yaml') };
    await writeFile(env.REROOT_CONFIG, `current: prod\ncontexts: {prod: {server: "${url}"}}\n`);
    expect((await runCaptured(['version'], { env })).stdout).toContain(`mgmt 0.1.0 · commit unknown · API v1 · ${url}`);
    await writeFile(env.REROOT_CONFIG, 'contexts: [');
    const damaged = await runCaptured(['version', '-o', 'json'], { env });
    expect(damaged).toMatchObject({ exit: 0, stderr: '' });
    expect(JSON.parse(damaged.stdout)).toMatchObject({ mgmt: { problem: { code: 'RR_CONFIG_INVALID' } } });
    await rm(dir, { recursive: true });
  });

  it('says why that of mgmt is not known, and is no failure', async () => {
    const run = await runCaptured(['version', '--server', 'http://127.0.0.1:1']);
    expect(run).toMatchObject({ exit: 0 });
    expect(run.stdout.split('\n')).toHaveLength(2);
    expect(run.stderr).toMatch(/^the version of mgmt is not known: http:.* cannot be reached/);
  });

  it('waits no longer than two seconds for one that says nothing', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const run = await runCaptured(['version', '--server', `http://127.0.0.1:${port}`]);
    expect(run.exit).toBe(0);
    expect(run.stderr).toContain('no answer within 2 s');
    silent.close();
  });

  it('is told by an option too, which asks no server', async () => {
    const run = await runCaptured(['--version']);
    expect(run).toMatchObject({ exit: 0, stderr: '' });
    expect(run.stdout).toBe(`reroot ${cliVersion} · run from its sources · node ${process.version}\n`);
  });

  it('asks no server where only the program is meant', async () => {
    const server = await mgmtOf('0.2.0');
    const run = await runCaptured(['version', '--client', '--server', server.url, '-o', 'json']);
    expect(run).toMatchObject({ exit: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).not.toHaveProperty('mgmt');
    expect(server.asked).toEqual([]);
  });
});
