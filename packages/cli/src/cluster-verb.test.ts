import { clusterStatus, meshStatus, statusEnteredAt } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { type Run, runCaptured } from './testing/run-captured.ts';

let server: MeshServer;
let answer: Answer;

beforeEach(async () => {
  server = await startMeshServer(() => answer);
});

afterEach(() => server.stop());

const held = 'is excluded: it keeps what it holds, and nothing waits for it';
const back = 'returns, and counts once it is proven to hold what the others hold';
const verbs = [
  { verb: 'exclude', membership: 'excluded', outcome: held },
  { verb: 'include', membership: 'returning', outcome: back },
] as const;

describe.each(verbs)('reroot $verb', ({ verb, membership, outcome }) => {
  const why = 'its rack is moved';
  const deviation = { by: 'ana', why, since: statusEnteredAt };
  const after = meshStatus({ clusters: [clusterStatus({ name: 'east', membership, deviation })] });
  const run = (...more: string[]): Promise<Run> => runCaptured([verb, '--server', server.url, '--mesh', 'demo', ...more]);

  beforeEach(() => {
    answer = { status: 200, body: after };
  });

  it('asks mgmt for it, and shows what the cluster is now, by whom and why', async () => {
    const { exit, stderr, stdout } = await run('east', '--why', why);
    expect(server.asked).toMatchObject([{ method: 'POST', path: `/v1/meshes/demo/clusters/east/${verb}` }]);
    expect(JSON.parse(server.asked[0]!.body)).toEqual({ by: 'ana', why });
    expect([exit, stderr]).toEqual([0, `cluster east of mesh demo ${outcome}\n`]);
    expect(stdout).toMatch(new RegExp(`${membership} for [^,]+, by ana: ${why}`));
  });

  it('gives exactly what mgmt answered as one JSON document', async () => {
    const { stdout } = await run('east', '--why', 'x', '--by', 'bob', '-o', 'json');
    expect(JSON.parse(server.asked[0]!.body)).toEqual({ by: 'bob', why: 'x' });
    expect(JSON.parse(stdout)).toEqual(after);
  });

  it('exits 4 with the remedy of mgmt when it is so already', async () => {
    answer = { status: 409, body: { code: 'RR_CLUSTER_ALREADY', detail: 'cluster east is so already', remedy: 'look' } };
    expect(await run('east', '--why', 'x')).toMatchObject({ exit: 4, code: 'RR_CLUSTER_ALREADY', remedy: 'look', stdout: '' });
  });

  it.each([
    ['no cluster', ['--why', 'x'], 'RR_OPTION_INVALID'],
    ['no reason', ['east'], 'RR_OPTION_INVALID'],
    ['a name that leads elsewhere', ['..', '--why', 'x'], 'RR_NAME_INVALID'],
  ])('with %s asks nothing', async (_, args, code) => {
    expect(await run(...args)).toMatchObject({ code, stdout: '' });
    expect(server.asked).toEqual([]);
  });
});
