import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { freePort } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

const mgmtProgram = resolve(import.meta.dirname, '../../packages/mgmt/src/main.ts');
const cliProgram = resolve(import.meta.dirname, '../../packages/cli/src/main.js');

const fleetOf = shareFleet(() => launchSimulatedMesh({ clusters: 1, ratePerSecond: 20 }));

interface Run {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(program: string, ...args: string[]): Promise<Run> {
  const { promise, resolve: settle } = Promise.withResolvers<Run>();
  const child = execFile(process.execPath, [program, ...args], { timeout: 60_000 }, (_, stdout, stderr) => {
    settle({ exit: child.exitCode, stdout, stderr });
  });
  return promise;
}

/** Runs mgmt with the fleet's configuration, changed, and a data directory of its own. */
async function runMgmt(name: string, change: (config: MgmtConfig) => object): Promise<Run> {
  const fleet = fleetOf();
  const dir = join(fleet.dir, name);
  await mkdir(dir, { recursive: true });
  const config = JSON.parse(await readFile(join(fleet.dir, 'mgmt.json'), 'utf8')) as MgmtConfig;
  const own = { ...config, dataDir: join(dir, 'data'), api: { port: 0 } };
  await writeFile(join(dir, 'mgmt.json'), JSON.stringify({ ...own, ...change(own) }, null, 2));
  return run(mgmtProgram, '--config', join(dir, 'mgmt.json'));
}

interface MgmtConfig {
  readonly timings: object;
}

describe('mgmt refuses to start, with one coded line and a remedy,', () => {
  it('when the configuration has a key that it does not know', async () => {
    const { exit, stderr } = await runMgmt('unknown-key', ({ timings }) => ({ timings: { ...timings, tikMs: 1 } }));
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^error RR_CONFIG_INVALID: .*tikMs.* \(\S+mgmt\.json:\d+:\d+ \(timings.*\)\)\nremedy: .+\n$/);
  });

  it('when another process has the port', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address() as { port: number };
    try {
      const { exit, stderr } = await runMgmt('port-taken', () => ({ api: { port: address.port } }));
      expect(exit).toBe(3);
      expect(stderr).toMatch(new RegExp(`error RR_ADDRESS_IN_USE: .*127\\.0\\.0\\.1:${address.port}.*\\nremedy: .+\\n$`));
    } finally {
      server.close();
    }
  });

  it('when there is no nats-server', async () => {
    const port = await freePort();
    const { exit, stderr } = await runMgmt('no-nats', () => ({ nats: { servers: [`nats://127.0.0.1:${port}`] } }));
    expect(exit).toBe(3);
    expect(stderr).toMatch(/error RR_NATS_UNREACHABLE: .+\nremedy: .+\n$/);
  });

  it('when another mgmt has the store open', async () => {
    const { exit, stderr } = await runMgmt('store-open', () => ({ dataDir: join(fleetOf().dir, 'data') }));
    expect(exit).toBe(4);
    expect(stderr).toMatch(/error RR_STORE_LOCKED: .+\nremedy: .+\n$/);
  });

  it('when the store is damaged, and leaves the damaged file as it is', async () => {
    const { dir } = fleetOf();
    const file = join(dir, 'damaged', 'data', 'reroot.db');
    await mkdir(join(dir, 'damaged', 'data'), { recursive: true });
    await writeFile(file, 'this was a database once'.repeat(1_000));
    const before = await readFile(file);
    const { exit, stderr } = await runMgmt('damaged', () => ({}));
    expect(exit).toBe(1);
    expect(stderr).toMatch(/error RR_STORE_CORRUPT: .+reroot\.db.*\nremedy: .+\n$/);
    expect(await readFile(file)).toEqual(before);
  });
});

describe('a running mgmt refuses a mesh and changes nothing', () => {
  it.each([
    ['that is no YAML', 'metadata: {name: [', /RR_CONFIG_INVALID/],
    ['with an unknown key', meshWith('  colour: blue'), /RR_(CONFIG|MESH)_INVALID: .*colour/],
    [
      'with a cluster that it does not know',
      meshWith('').replace('cluster-1', 'cluster-9'),
      /RR_MESH_CLUSTER_UNKNOWN: .*cluster-9/,
    ],
  ])('%s', async (_, text, error) => {
    const fleet = fleetOf();
    const before = await fleet.status();
    const file = join(fleet.dir, 'bad-mesh.yaml');
    await writeFile(file, text);
    const { exit, stdout, stderr } = await run(cliProgram, 'apply', '-f', file, '--server', fleet.api.server);
    expect(exit).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(error);
    expect(stderr).toMatch(/\nremedy: .+\n$/);
    const { state, generation, roots, term } = await fleet.status();
    expect({ state, generation, roots, term }).toEqual({
      state: before.state,
      generation: before.generation,
      roots: before.roots,
      term: before.term,
    });
    expect(await fleet.api.listMeshes(fleet.broken)).toHaveLength(1);
  });
});

function meshWith(line: string): string {
  return `apiVersion: reroot.dev/v1
kind: VirtualMesh
metadata: {name: test}
spec:
  clusters: [cluster-1]
${line}
  mtlsConfig:
    shared:
      rootCertificateAuthority: {generated: {}}
`;
}
