import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, type Asked, type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const servers: MeshServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const matrix = {
  mesh: 'demo',
  takenAt: '2026-01-01T00:00:00.000Z',
  gate: 'asked',
  counts: { green: 1, red: 0, unknown: 0 },
  classes: [{ clusters: ['east'], others: [], leaves: [], bundles: [], leavesKnown: 'all', bundlesKnown: 'all' }],
  cells: ['g'],
};
const pair = { mesh: 'demo', from: 'east', to: 'west', state: 'green', reason: 'EveryLeafTrusted', message: 'm', unknown: [] };

async function run(...args: readonly string[]) {
  const server = await startMeshServer(
    ({ path }: Asked): Answer => ({ status: 200, body: path.endsWith('matrix') ? matrix : pair }),
  );
  servers.push(server);
  return { ...(await runCaptured(['matrix', '--server', server.url, '--mesh', 'demo', ...args])), asked: server.asked };
}

describe('reroot matrix', () => {
  it('shows the matrix, and gives it as one JSON document', async () => {
    const shown = await run();
    expect(shown).toMatchObject({ exit: 0, stderr: '' });
    expect(shown.stdout).toContain('mesh demo: 1 of 1 pairs green');
    expect(JSON.parse((await run('-o', 'json')).stdout)).toEqual(matrix);
  });

  it('shows it as it will be', async () => {
    expect((await run('--projected')).stdout).toContain('no row is to come');
  });

  it('explains one pair', async () => {
    const shown = await run('--from', 'east', '--to', 'west');
    expect(shown.asked[0]?.path).toBe('/v1/meshes/demo/matrix/east/west');
    expect(shown.stdout).toContain('east → west: green (EveryLeafTrusted)');
    expect(JSON.parse((await run('--from', 'east', '--to', 'west', '-o', 'json')).stdout)).toEqual(pair);
  });

  it('needs both sides of a pair', async () => {
    expect(await run('--from', 'east')).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID', asked: [] });
  });
});
