import type { AdoptionStatus, PreflightCheck } from '@reroot/shared/api';
import { meshStatus, newRoot, oldRoot, withoutRotation } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf } from './outcome.ts';
import { type Answer, type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { type Run, runCaptured } from './testing/run-captured.ts';

const root = { fingerprint: oldRoot, subject: 'O=cluster.local', notAfter: '2036-01-01T00:00:00.000Z' };
const found: AdoptionStatus = {
  mesh: 'demo',
  root: newRoot,
  clusters: [{ name: 'east', ca: 'self-made', roots: [root], signer: oldRoot, problems: [] }],
  problems: [],
};
const origins = { east: { roots: [oldRoot], signer: oldRoot } };
const rotation = { ...meshStatus().rotation!, oldRoot: newRoot, newRoot, origins };

let server: MeshServer;
let adoption: AdoptionStatus;
let clocks: PreflightCheck['outcome'];
const clocksCheck = {
  ...{ id: 'clocks', category: 'agents', message: 'clocks differ', findingCount: 1, clusterCount: 1 },
  findings: [{ cluster: 'east', message: 'its clock is 9 s behind', remedy: 'set it' }],
};
beforeEach(async () => {
  [adoption, clocks] = [found, 'warning'];
  server = await startMeshServer(({ method, path }): Answer => {
    if (method === 'GET' && path.endsWith('/adoption')) return { status: 200, body: adoption };
    if (path.endsWith('/preflight')) {
      const report = {
        mesh: 'demo',
        start: 'adoption',
        takenAt: '2026-01-01T00:00:00Z',
        outcome: clocks === 'fatal' ? 'fatal' : 'warnings',
      };
      return { status: 200, body: { ...report, checks: [{ ...clocksCheck, outcome: clocks }] } };
    }
    const state = method === 'GET' ? 'FINISHED' : 'ADDING_NEW_ROOT';
    return { status: 200, body: meshStatus({ state, rotation }) };
  });
});
afterEach(() => server.stop());

const adopt = (...more: string[]): string[] => ['mesh', 'adopt', '--server', server.url, ...more];
const answered = (answer: string, ...more: string[]): Promise<Run> =>
  runCaptured(adopt('--mesh', 'demo', '--no-wait', ...more), { person: 'present', stdin: `${answer}\n` });
const asked = (): readonly string[] => server.asked.map(({ method, path }) => `${method} ${path}`);
const mesh = 'apiVersion: reroot.dev/v1\nkind: VirtualMesh\nmetadata: {name: demo}\n';

describe('reroot mesh adopt', () => {
  it('makes the mesh without a word to its clusters, shows what was found, and changes nothing', async () => {
    const run = await runCaptured(adopt('-f', '-'), { stdin: mesh });
    expect(asked()).toEqual(['PUT /v1/meshes/demo/held-back', 'GET /v1/meshes/demo/adoption']);
    expect(run.exit).toBe(0);
    expect(run.stdout).toMatch(/east +istiod's own +aaaaaaaaaaaa +2036-01-01 +O=cluster\.local/);
    expect(run.stderr).toContain('--yes starts the adoption');
  });

  it('gives what was found as JSON', async () => {
    const run = await runCaptured(adopt('--mesh', 'demo', '-o', 'json'));
    expect(JSON.parse(run.stdout)).toEqual(found);
  });

  it('starts it with --yes, and follows it to its end', async () => {
    const run = await runCaptured(adopt('--mesh', 'demo', '--yes', '--verification', 'manual', '--why', 'one root for all'));
    expect(asked().slice(0, 2)).toEqual(['GET /v1/meshes/demo/adoption', 'POST /v1/meshes/demo/adoption']);
    expect(JSON.parse(server.asked[1]!.body)).toEqual({ by: 'ana', why: 'one root for all', verification: 'manual' });
    expect(run).toMatchObject({ exit: 0 });
    expect(run.stderr).toContain('has started');
  });

  it('shows a person on a terminal what preflight doubts, and starts it after a yes alone', async () => {
    const [no, yes] = [await answered('no'), await answered('yes')];
    expect(no).toMatchObject({ exit: 2, code: 'RR_NOT_CONFIRMED' });
    expect(yes).toMatchObject({ exit: 0 });
    expect(yes.stderr).toMatch(/clocks differ\n.*type yes:\nadoption r-1 of mesh demo has started/s);
    expect(JSON.parse(server.asked[1]!.body)).toEqual({ start: 'adoption' });
    expect(asked().filter((each) => each === 'POST /v1/meshes/demo/adoption')).toHaveLength(1);
  });

  it('does not ask a person where a check is fatal, unless that check is overridden', async () => {
    clocks = 'fatal';
    expect(await answered('yes')).toMatchObject({ exit: 4, code: 'RR_PREFLIGHT_FAILED' });
    expect(await answered('yes', '--override', 'clocks=they are set today')).toMatchObject({ exit: 0 });
  });

  it('starts it although checks of preflight fail that are named, with a reason', async () => {
    const silent = await runCaptured(adopt('--mesh', 'demo', '--yes', '--override', 'disk'));
    expect(silent).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID' });
    expect(asked()).toEqual([]);
    await runCaptured(adopt('--mesh', 'demo', '--yes', '--no-wait', '--override', 'disk=a larger one is on its way'));
    expect(JSON.parse(server.asked[1]!.body)).toEqual({
      by: 'ana',
      overrides: [{ check: 'disk', why: 'a larger one is on its way' }],
    });
  });

  it('shows everything that stands in its way, and starts nothing', async () => {
    const problem = { code: 'RR_ADOPT_NOT_ALLOWED', message: 'the agent of cluster east says never', remedy: 'allow it' };
    const alike = { code: 'RR_ADOPT_ROOTS_ALIKE', message: 'two roots are alike', remedy: 'replace one' };
    adoption = { ...found, clusters: [{ name: 'east', roots: [], problems: [problem] }], problems: [alike] };
    const run = await runCaptured(adopt('--mesh', 'demo', '--yes'));
    expect(run).toMatchObject({ exit: 4, code: 'RR_ADOPT_REFUSED', remedy: 'allow it' });
    expect(run.message).toContain('and 1 more');
    expect(run.stdout).toContain('✗ RR_ADOPT_NOT_ALLOWED the agent of cluster east says never\n  remedy: allow it');
    expect(run.stdout).toContain('✗ RR_ADOPT_ROOTS_ALIKE');
    expect(asked()).toEqual(['GET /v1/meshes/demo/adoption']);
  });

  it('says so when nobody comes from elsewhere', async () => {
    adoption = { ...found, clusters: [] };
    expect(await runCaptured(adopt('--mesh', 'demo', '--yes'))).toMatchObject({ exit: 4, code: 'RR_ADOPT_NOTHING' });
  });
});

describe('the outcome of an adoption', () => {
  it('is that it was aborted when its clusters are held back again', () => {
    const [first] = meshStatus().clusters;
    const past = withoutRotation({
      state: 'NOT_ROTATING',
      clusters: [{ ...first!, name: 'east', membership: 'returning' }],
    });
    expect(outcomeOf(past, meshStatus({ rotation }))).toMatchObject({ outcome: 'failed', message: 'the adoption was aborted' });
  });
});
