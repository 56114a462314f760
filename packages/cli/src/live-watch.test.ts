import type { MeshStatus } from '@reroot/shared/api';
import { meshStatus, passedVerdict } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type MeshServer, type Say, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const servers: MeshServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const at = '2026-01-01T00:00:00Z';
const snapshot = (cursor: string, ...meshes: MeshStatus[]): object => ({ type: 'snapshot', at, cursor, meshes });
const finished = meshStatus({
  ...{ state: 'FINISHED', step: 'DELETING_OLD_ROOT', generation: 4 },
  verdict: passedVerdict('every cluster holds DELETING_OLD_ROOT'),
});

/** A mgmt that answers requests with a mesh that never changes, and says over its live stream what `onLive` has it say. */
async function serve(onLive: (say: Say) => void): Promise<MeshServer> {
  const server = await startMeshServer(({ method }) => ({ status: method === 'POST' ? 201 : 200, body: meshStatus() }), onLive);
  servers.push(server);
  return server;
}

const rotate = ({ url }: MeshServer): string[] => ['rotate', '--yes', '--server', url, '--mesh', 'demo', '--timeout', '20s'];

describe('a rotation that is followed', () => {
  it('is seen to end by the live stream alone, of which only the mesh counts that is meant', async () => {
    const server = await serve((say) => {
      say(snapshot('1', meshStatus({ mesh: 'another', state: 'FAILED' }), meshStatus({ generation: 3 })));
      say({ type: 'heartbeat', at, cursor: '2' });
      say(snapshot('3', meshStatus({ mesh: 'another', state: 'FAILED' }), finished));
    });
    const run = await runCaptured(rotate(server));
    expect(run).toMatchObject({ exit: 0, code: undefined });
    expect(run.stderr).toContain('FINISHED at DELETING_OLD_ROOT, generation 4');
  });

  it('is asked for where the stream says nothing', async () => {
    let reads = 0;
    const server = await startMeshServer(
      ({ method }) => ({ status: 200, body: method === 'GET' && ++reads > 2 ? finished : meshStatus() }),
      () => undefined,
    );
    servers.push(server);
    expect(await runCaptured(rotate(server))).toMatchObject({ exit: 0 });
  });
});

describe('a mgmt whose live stream is refused', () => {
  it('is asked instead, and that is said once', async () => {
    let reads = 0;
    const server = await startMeshServer(({ method }) => ({
      status: 200,
      body: method === 'GET' && ++reads > 20 ? finished : meshStatus({ generation: reads }),
    }));
    servers.push(server);
    const run = await runCaptured(rotate(server));
    expect(run).toMatchObject({ exit: 0 });
    expect(run.stderr.match(/Z there is no live stream \(.+\): mgmt is asked again and again instead$/gm)).toHaveLength(1);
  });
});

describe('reroot status --watch', () => {
  it('shows each state that the stream tells, and asks no more than it must', async () => {
    const stop = new AbortController();
    const server = await serve((say) => {
      say(snapshot('1', meshStatus({ generation: 3 })));
      setTimeout(() => say(snapshot('2', meshStatus({ generation: 4 }))), 300);
    });
    const run = await runCaptured(['status', '--watch', '-o', 'json', '--server', server.url, '--mesh', 'demo'], {
      signal: stop.signal,
      onOut: (text) => {
        if (text.includes('"generation":4')) stop.abort();
      },
    });
    const lines = run.stdout.trim().split('\n');
    const generations = lines.map((line) => (JSON.parse(line) as MeshStatus).generation);
    expect(generations.slice(-2)).toEqual([3, 4]);
    expect(server.asked.filter(({ method }) => method === 'GET').length).toBeLessThan(6);
  });
});
