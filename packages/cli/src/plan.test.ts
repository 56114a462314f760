import { meshStatus, oldRoot, rotationPlan } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type Asked, type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const servers: MeshServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function serve(): Promise<MeshServer> {
  const server = await startMeshServer(({ path }: Asked) => ({
    status: 200,
    body: path.includes('/plan') ? rotationPlan() : path === '/v1/meshes' ? { meshes: [meshStatus()] } : meshStatus(),
  }));
  servers.push(server);
  return server;
}

describe('reroot plan', () => {
  it('shows what mgmt would do, on stdout', async () => {
    const { url, asked } = await serve();
    const run = await runCaptured(['plan', '--server', url]);
    expect(run).toMatchObject({ exit: 0, stderr: '' });
    expect(run.stdout).toContain('plan of mesh demo: a new rotation · MULTI_ROOT');
    expect(asked.at(-1)).toMatchObject({ method: 'GET', path: '/v1/meshes/demo/plan' });
  });

  it('gives exactly what mgmt answered as one JSON document', async () => {
    const { url } = await serve();
    const run = await runCaptured(['plan', '-o', 'json', '--server', url, '--mesh', 'demo']);
    expect(JSON.parse(run.stdout)).toEqual(rotationPlan());
  });

  it('passes on what is asked for, and finds the target by its first digits', async () => {
    const { url, asked } = await serve();
    const target = ['--target', oldRoot.slice(0, 8), '--strategy', 'none', '--verification', 'manual'];
    const outage = ['--at', '2h', '--offline', 'east,west', '--offline', 'north', '--until', '6h', '--exclude', 'south'];
    await runCaptured(['plan', '--server', url, '--mesh', 'demo', ...target, ...outage]);
    const query = new URL(asked.at(-1)?.path ?? '', url).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      ...{ strategy: 'NONE', verification: 'manual', targetRoot: oldRoot, at: '2h', offline: 'east,west,north' },
      ...{ until: '6h', exclude: 'south' },
    });
  });

  it('asks of a rotation in an emergency, and shows what differs', async () => {
    const policy = { strategy: 'MULTI_ROOT', verification: 'none', requiredEvidence: 'held' } as const;
    const emergency = {
      losses: [{ reason: 'SoakSkipped', message: 'the soak of 10 min after each wave' }],
      policy: { ...policy, restarts: 'when-refused', workloadRestarts: 'when-needed' } as const,
    };
    const server = await startMeshServer(() => ({ status: 200, body: { ...rotationPlan(), emergency } }));
    servers.push(server);
    const run = await runCaptured(['plan', '--emergency', '--server', server.url, '--mesh', 'demo']);
    expect(server.asked.at(-1)?.path).toBe('/v1/meshes/demo/plan?pace=emergency');
    expect(run.stdout).toContain('evidence held · istiod restarts when-refused · workload restarts when-needed');
    expect(run.stdout).toContain('lost: the soak of 10 min after each wave (SoakSkipped)');
  });

  it('refuses names that are none before it asks anybody', async () => {
    const run = await runCaptured(['plan', '--offline', 'East', '--server', 'http://127.0.0.1:1']);
    expect(run).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID' });
  });
});
