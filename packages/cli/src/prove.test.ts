import type { ProofStatus } from '@reroot/shared/api';
import { meshStatus } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, type Asked, type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const servers: MeshServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const running: ProofStatus = {
  ...{ id: 'p1', outcome: 'running', message: 'handshakes: 12 of 40', cause: 'operator', by: 'ana', state: 'NOT_ROTATING' },
  ...{ step: 'PREVIOUS_CA', generation: 2, startedAt: '2026-01-01T00:00:00.000Z', checks: [] },
};
const passed: ProofStatus = {
  ...running,
  ...{ outcome: 'passed', message: 'handshakes: 40 of 40', finishedAt: '2026-01-01T00:00:09.000Z' },
  checks: [{ name: 'handshakes', outcome: 'passed', message: '40 of 40', laggards: [] }],
};
const failed: ProofStatus = {
  ...passed,
  ...{ outcome: 'failed', message: 'handshakes: 1 of 40 did not come out as they shall' },
  checks: [
    {
      name: 'handshakes',
      outcome: 'failed',
      message: '1 of 40 did not come out as they shall',
      laggards: [{ cluster: 'west', reason: 'HandshakeRefused', message: 'handshake from east to west: unknown CA' }],
    },
  ],
};

/** mgmt that makes a proof while it is asked for twice. */
async function serve(end: ProofStatus): Promise<MeshServer> {
  let reads = 0;
  const server = await startMeshServer(({ method, path }: Asked): Answer => {
    if (path === '/v1/meshes') return { status: 200, body: { meshes: [meshStatus({ mesh: 'demo' })] } };
    if (method === 'POST') return { status: 202, body: running };
    if (path.endsWith('/proofs?limit=1000')) return { status: 200, body: { proofs: [end, passed] } };
    reads += 1;
    return { status: 200, body: reads < 3 ? running : end };
  });
  servers.push(server);
  return server;
}

describe('reroot prove', () => {
  it('has a mesh proven, waits for it, and shows each check', async () => {
    const server = await serve(passed);
    const run = await runCaptured(['prove', '--server', server.url, '--check', 'handshakes', '--check', 'matrix']);
    expect(run).toMatchObject({ exit: 0, stderr: 'proof p1 of mesh demo has begun\nhandshakes: 12 of 40\n' });
    expect(run.stdout).toBe(
      [
        'proof p1: passed · PREVIOUS_CA · generation 2 · 2026-01-01T00:00:00.000Z to 2026-01-01T00:00:09.000Z',
        'CHECK       OUTCOME  WHAT',
        'handshakes  passed   40 of 40\n',
      ].join('\n'),
    );
    const [asked] = server.asked.filter(({ method }) => method === 'POST');
    expect(asked).toMatchObject({ path: '/v1/meshes/demo/proofs' });
    expect(JSON.parse(asked?.body ?? '')).toEqual({ by: 'ana', checks: ['handshakes', 'matrix'] });
  });

  it('exits 4 when the mesh is not proven, and names who is behind it', async () => {
    const { url } = await serve(failed);
    const run = await runCaptured(['prove', '--server', url]);
    expect(run).toMatchObject({
      ...{ exit: 4, code: 'RR_PROOF_FAILED' },
      message: 'mesh demo is not proven: handshakes: 1 of 40 did not come out as they shall',
    });
    expect(run.stdout).toContain('  west: handshake from east to west: unknown CA\n');
  });

  it('begins it only, with --no-wait', async () => {
    const { url } = await serve(failed);
    const run = await runCaptured(['prove', '--server', url, '--no-wait', '-o', 'json']);
    expect(run.exit).toBe(0);
    expect(JSON.parse(run.stdout)).toEqual(running);
  });

  it('exits 5 when it is not made in time', async () => {
    const server = await startMeshServer(({ path, method }) =>
      path === '/v1/meshes'
        ? { status: 200, body: { meshes: [meshStatus({ mesh: 'demo' })] } }
        : { status: method === 'POST' ? 202 : 200, body: running },
    );
    servers.push(server);
    const run = await runCaptured(['prove', '--server', server.url, '--timeout', '200ms']);
    expect(run).toMatchObject({ exit: 5, code: 'RR_PROOF_TIMEOUT' });
  });
});

describe('reroot proofs', () => {
  it('lists them, and shows one', async () => {
    const { url } = await serve(failed);
    const list = await runCaptured(['proofs', '--server', url]);
    expect(list.stdout).toContain('PROOF  BEGUN                     STEP         GENERATION  OUTCOME  FOR  WHAT\n');
    expect(list.stdout).toContain('p1     2026-01-01T00:00:00.000Z  PREVIOUS_CA  2           failed   ana  handshakes: 1 of 40');
    const json = await runCaptured(['proofs', '--server', url, '-o', 'json']);
    expect(JSON.parse(json.stdout)).toEqual({ proofs: [failed, passed] });
    for (let read = 0; read < 2; read += 1) await runCaptured(['proofs', 'p1', '--server', url]);
    const one = await runCaptured(['proofs', 'p1', '--server', url]);
    expect(one).toMatchObject({ exit: 0 });
    expect(one.stdout).toMatch(/^proof p1: failed/);
  });
});
