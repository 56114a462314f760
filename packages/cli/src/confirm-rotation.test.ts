import type { MeshStatus, PreflightCheck, PreflightReport } from '@reroot/shared/api';
import { meshStatus, newRoot, oldRoot, passedVerdict, rootStatus, rotationPlan, withoutRotation } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { type Run, runCaptured } from './testing/run-captured.ts';

const servers: MeshServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const passed: PreflightCheck = {
  ...{ id: 'agents', category: 'agents', outcome: 'passed', message: 'every agent answers' },
  ...{ findings: [], findingCount: 0, clusterCount: 0 },
};
const fatal: PreflightCheck = { ...passed, id: 'clocks', outcome: 'fatal', message: 'clocks differ' };
const resting = withoutRotation({
  ...{ state: 'NOT_ROTATING', step: 'PREVIOUS_CA', verdict: passedVerdict('every cluster holds PREVIOUS_CA') },
  roots: [rootStatus({ fingerprint: oldRoot })],
});

/** A mgmt that shows a mesh, plans and looks ahead, and starts what it is asked for. */
async function serve(mesh: MeshStatus, checks: readonly PreflightCheck[] = [passed]): Promise<MeshServer> {
  const outcome = checks.includes(fatal) ? 'fatal' : 'passed';
  const report: PreflightReport = { mesh: 'demo', start: 'rotation', takenAt: '2026-01-01T00:00:00Z', outcome, checks };
  const server = await startMeshServer(({ method, path }) => {
    if (path.includes('/plan')) return { status: 200, body: rotationPlan() };
    if (path.endsWith('/preflight')) return { status: 200, body: report };
    return method === 'POST' ? { status: 201, body: meshStatus() } : { status: 200, body: mesh };
  });
  servers.push(server);
  return server;
}

const rotate = ({ url }: MeshServer, answer: string | undefined, ...more: string[]): Promise<Run> =>
  runCaptured(['rotate', '--no-wait', '--server', url, '--mesh', 'demo', ...more], {
    ...(answer === undefined ? {} : { person: 'present', stdin: `${answer}\n` }),
  });
const starts = ({ asked }: MeshServer): readonly string[] =>
  asked.filter(({ path }) => path.endsWith('/rotations')).map(({ body }) => body);

describe('reroot rotate on a terminal', () => {
  it('shows the plan and what stands in the way, and starts after a yes', async () => {
    const server = await serve(resting);
    const run = await rotate(server, 'yes', '--verification', 'manual');
    expect(run).toMatchObject({ exit: 0 });
    expect(run.stderr).toMatch(
      /2 clusters, 1 steps, 1 waves; .*\n.*preflight: .*\n.*type yes:\nrotation r-1 of mesh demo has started/s,
    );
    expect(server.asked.map(({ path }) => path)).toEqual([
      ...['/v1/meshes/demo', '/v1/meshes/demo/plan?verification=manual'],
      ...['/v1/meshes/demo/preflight', '/v1/meshes/demo/rotations'],
    ]);
  });

  it.each(['', 'no', 'y', 'demo', 'yes please'])('starts nothing after %j', async (answer) => {
    const server = await serve(resting);
    expect(await rotate(server, answer)).toMatchObject({ exit: 2, code: 'RR_NOT_CONFIRMED' });
    expect(starts(server)).toEqual([]);
  });

  it('does not ask where a check is fatal, unless that check is overridden', async () => {
    const server = await serve(resting, [passed, fatal]);
    const run = await rotate(server, 'yes');
    expect(run).toMatchObject({ exit: 4, code: 'RR_PREFLIGHT_FAILED' });
    expect(run.stderr).toContain('x clocks differ');
    expect(run.stderr).not.toContain('every agent answers');
    expect(starts(server)).toEqual([]);
    expect(await rotate(server, 'yes', '--override', 'clocks=known')).toMatchObject({ exit: 0 });
    expect(starts(server)).toHaveLength(1);
  });

  it('asks nothing where there is nothing to start', async () => {
    const onIt = await serve(resting);
    expect((await rotate(onIt, 'no', '--target', oldRoot)).stderr).toContain('is on root');
    const underWay = await serve(meshStatus());
    expect((await rotate(underWay, 'no', '--target', newRoot)).stderr).toContain('is under way already');
    expect(await rotate(underWay, 'no')).toMatchObject({ exit: 4, code: 'RR_ROTATION_IN_PROGRESS' });
    expect([...starts(onIt), ...starts(underWay)]).toEqual([]);
  });

  it('asks nobody with --yes', async () => {
    const server = await serve(resting);
    expect(await rotate(server, 'no', '--yes')).toMatchObject({ exit: 0 });
    expect(server.asked.map(({ path }) => path)).toEqual(['/v1/meshes/demo/rotations']);
  });
});

describe('reroot rotate in a script', () => {
  it('needs --yes, and asks mgmt nothing without it', async () => {
    const server = await serve(resting);
    const run = await rotate(server, undefined);
    expect(run).toMatchObject({ exit: 2, code: 'RR_NOT_CONFIRMED' });
    expect(run.remedy).toContain('give --yes');
    expect(server.asked).toEqual([]);
  });
});
