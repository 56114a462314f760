import { meshStatus, rootStatus, withoutRotation } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

let server: MeshServer;
let read = meshStatus();
const rest = withoutRotation({ state: 'NOT_ROTATING', step: 'PREVIOUS_CA', roots: [rootStatus()] });

beforeEach(async () => {
  read = meshStatus();
  server = await startMeshServer(({ method }) => ({ status: 200, body: method === 'POST' ? rest : read }));
});

afterEach(() => server.stop());

const abort = (...more: string[]): string[] => ['abort', '--server', server.url, '--mesh', 'demo', ...more];

describe('reroot abort', () => {
  it('aborts the present rotation and shows the mesh at rest', async () => {
    const run = await runCaptured(abort('--why', 'the wrong day'));
    expect(run).toMatchObject({ exit: 0, stderr: 'rotation r-1 of mesh demo is aborted; no cluster was told of it\n' });
    expect(run.stdout).toContain('mesh demo: NOT_ROTATING');
    expect(server.asked.at(-1)).toMatchObject({ method: 'POST', path: '/v1/meshes/demo/abort' });
    expect(JSON.parse(server.asked.at(-1)!.body)).toEqual({ rotationId: 'r-1', by: 'ana', why: 'the wrong day' });
  });

  it('names the rotation that it is told, so that mgmt refuses when that is over', async () => {
    const run = await runCaptured(abort('--why', 'x', '--rotation', 'r-0', '--by', 'bob', '-o', 'json'));
    expect(JSON.parse(server.asked.at(-1)!.body)).toEqual({ rotationId: 'r-0', by: 'bob', why: 'x' });
    expect(JSON.parse(run.stdout)).toEqual(rest);
  });

  it('is refused where no rotation is under way', async () => {
    read = rest;
    expect(await runCaptured(abort('--why', 'x'))).toMatchObject({ exit: 4, code: 'RR_ROTATION_NOT_FOUND', stdout: '' });
    expect(server.asked.map(({ method }) => method)).toEqual(['GET']);
  });

  it('exits 4 when clusters were told, and says what to do in its place', async () => {
    await server.stop();
    const told = {
      code: 'RR_ROTATION_TOLD',
      detail: 'clusters were told',
      remedy: 'take it back with `reroot verify --rollback`',
    };
    server = await startMeshServer(({ method }) =>
      method === 'POST' ? { status: 409, body: told } : { status: 200, body: meshStatus() },
    );
    expect(await runCaptured(abort('--why', 'x'))).toMatchObject({ exit: 4, code: told.code, remedy: told.remedy, stdout: '' });
  });

  it('asks nothing without a reason', async () => {
    expect(await runCaptured(abort())).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID' });
    expect(server.asked).toEqual([]);
  });
});
