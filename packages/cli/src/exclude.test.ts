import { clusterStatus, meshStatus, statusEnteredAt } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

let server: MeshServer;
let answer: Answer;
const deviation = { by: 'ana', why: 'its rack is being moved', since: statusEnteredAt };
const excluded = meshStatus({ clusters: [clusterStatus({ name: 'east', membership: 'excluded', deviation })] });

beforeEach(async () => {
  answer = { status: 200, body: excluded };
  server = await startMeshServer(() => answer);
});

afterEach(() => server.stop());

const exclude = (...more: string[]): string[] => ['exclude', '--server', server.url, '--mesh', 'demo', ...more];

describe('reroot exclude', () => {
  it('takes the cluster out of the gates, and shows who did so and why', async () => {
    const run = await runCaptured(exclude('east', '--why', 'its rack is being moved'));
    expect(server.asked).toMatchObject([{ method: 'POST', path: '/v1/meshes/demo/clusters/east/exclude' }]);
    expect(JSON.parse(server.asked[0]!.body)).toEqual({ by: 'ana', why: 'its rack is being moved' });
    expect(run.exit).toBe(0);
    expect(run.stderr).toBe('cluster east of mesh demo is excluded: it keeps what it holds, and nothing waits for it\n');
    expect(run.stdout).toMatch(/excluded for [^,]+, by ana: its rack is being moved/);
  });

  it('gives exactly what mgmt answered as one JSON document', async () => {
    const run = await runCaptured(exclude('east', '--why', 'x', '--by', 'bob', '-o', 'json'));
    expect(JSON.parse(server.asked[0]!.body)).toEqual({ by: 'bob', why: 'x' });
    expect(JSON.parse(run.stdout)).toEqual(excluded);
  });

  it('exits 4 with the remedy of mgmt when it is so already', async () => {
    answer = { status: 409, body: { code: 'RR_CLUSTER_ALREADY', detail: 'cluster east is so already', remedy: 'look' } };
    const run = await runCaptured(exclude('east', '--why', 'x'));
    expect(run).toMatchObject({ exit: 4, code: 'RR_CLUSTER_ALREADY', remedy: 'look', stdout: '' });
  });

  it.each([
    ['no cluster', ['--why', 'x'], 'RR_OPTION_INVALID'],
    ['no reason', ['east'], 'RR_OPTION_INVALID'],
    ['a name that leads elsewhere', ['..', '--why', 'x'], 'RR_NAME_INVALID'],
  ])('with %s asks nothing', async (_, args, code) => {
    expect(await runCaptured(exclude(...args))).toMatchObject({ code, stdout: '' });
    expect(server.asked).toEqual([]);
  });
});
