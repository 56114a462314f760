import { clusterStatus, meshStatus, statusEnteredAt } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

let server: MeshServer;
let answer: Answer;
const deviation = { by: 'ana', why: 'its rack is back', since: statusEnteredAt };
const returning = meshStatus({ clusters: [clusterStatus({ name: 'east', membership: 'returning', deviation })] });

beforeEach(async () => {
  answer = { status: 200, body: returning };
  server = await startMeshServer(() => answer);
});

afterEach(() => server.stop());

const include = (...more: string[]): string[] => ['include', '--server', server.url, '--mesh', 'demo', ...more];

describe('reroot include', () => {
  it('lets the cluster come back, and shows that it is on its way', async () => {
    const run = await runCaptured(include('east', '--why', 'its rack is back'));
    expect(server.asked).toMatchObject([{ method: 'POST', path: '/v1/meshes/demo/clusters/east/include' }]);
    expect(JSON.parse(server.asked[0]!.body)).toEqual({ by: 'ana', why: 'its rack is back' });
    expect(run.exit).toBe(0);
    expect(run.stderr).toBe('cluster east of mesh demo returns, and counts once it is proven to hold what the others hold\n');
    expect(run.stdout).toMatch(/returning for [^,]+, by ana: its rack is back/);
  });

  it('gives exactly what mgmt answered as one JSON document', async () => {
    const run = await runCaptured(include('east', '--why', 'x', '--by', 'bob', '-o', 'json'));
    expect(JSON.parse(server.asked[0]!.body)).toEqual({ by: 'bob', why: 'x' });
    expect(JSON.parse(run.stdout)).toEqual(returning);
  });

  it('exits 4 with the remedy of mgmt when it is so already', async () => {
    answer = { status: 409, body: { code: 'RR_CLUSTER_ALREADY', detail: 'cluster east is so already', remedy: 'look' } };
    const run = await runCaptured(include('east', '--why', 'x'));
    expect(run).toMatchObject({ exit: 4, code: 'RR_CLUSTER_ALREADY', remedy: 'look', stdout: '' });
  });

  it.each([
    ['no cluster', ['--why', 'x'], 'RR_OPTION_INVALID'],
    ['no reason', ['east'], 'RR_OPTION_INVALID'],
    ['a name that leads elsewhere', ['..', '--why', 'x'], 'RR_NAME_INVALID'],
  ])('with %s asks nothing', async (_, args, code) => {
    expect(await runCaptured(include(...args))).toMatchObject({ code, stdout: '' });
    expect(server.asked).toEqual([]);
  });
});
