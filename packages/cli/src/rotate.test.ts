import type { MeshStatus } from '@reroot/shared/api';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type MeshServer,
  meshStatus,
  newRoot,
  oldRoot,
  startMeshServer,
  withoutRotation,
} from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const servers: MeshServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

/** Answers the start, then gives the states one after the other, the last again and again. */
async function serveRotation(states: readonly (Partial<MeshStatus> | Answer)[]): Promise<MeshServer> {
  let next = 0;
  const server = await startMeshServer(({ method }) => {
    if (method === 'POST') return { status: 201, body: meshStatus() };
    const state = states[Math.min(next, states.length - 1)] ?? {};
    next += 1;
    return 'body' in state ? state : { status: 200, body: meshStatus(state) };
  });
  servers.push(server);
  return server;
}

const rotate = (url: string, ...more: string[]): string[] => ['rotate', '--server', url, '--mesh', 'demo', ...more];
const finished: Partial<MeshStatus> = { state: 'FINISHED', step: 'DELETING_OLD_ROOT', generation: 4 };

describe('reroot rotate', () => {
  it('starts with what was asked for and exits 0 when the rotation has finished', async () => {
    const { url, asked } = await serveRotation([{}, finished]);
    const run = await runCaptured(rotate(url, '--strategy', 'none', '--verification', 'manual', '--by', 'bob'));
    expect(run.exit).toBe(0);
    expect(JSON.parse(asked[0]!.body)).toEqual({ by: 'bob', strategy: 'NONE', verification: 'manual' });
    expect(run.stdout).toContain('mesh demo: FINISHED');
    expect(run.stderr).toContain('ADDING_NEW_ROOT, generation 2: waiting: cluster-2');
  });

  it('leaves strategy and verification to the policy of the mesh', async () => {
    const { url, asked } = await serveRotation([finished]);
    await runCaptured(rotate(url));
    expect(JSON.parse(asked[0]!.body)).toEqual({ by: 'ana' });
  });

  it.each([
    ['has failed', { state: 'FAILED' }],
    ['was rolled back to the start', { state: 'PREVIOUS_CA', step: 'PREVIOUS_CA', direction: 'back' }],
    ['was rolled back to a step that waits', { state: 'VERIFIED', direction: 'back' }],
  ] as [string, Partial<MeshStatus>][])('exits 1 when the rotation %s', async (_, state) => {
    const { url } = await serveRotation([state]);
    expect(await runCaptured(rotate(url))).toMatchObject({ exit: 1, code: 'RR_ROTATION_FAILED' });
  });

  it('exits 5 when the deadline passes, and says what the rotation waits for', async () => {
    const { url } = await serveRotation([{}]);
    const run = await runCaptured(rotate(url, '--timeout', '50ms'));
    expect(run).toMatchObject({ exit: 5, code: 'RR_ROTATION_TIMEOUT' });
    expect(run.message).toContain('cluster-2: istiod-1 has not loaded');
  });

  it('does not follow with --no-wait', async () => {
    const { url, asked } = await serveRotation([finished]);
    const run = await runCaptured(rotate(url, '--no-wait', '-o', 'json'));
    expect(JSON.parse(run.stdout)).toEqual(meshStatus());
    expect(asked).toHaveLength(1);
  });

  it('goes on when mgmt is away for a while', async () => {
    const away = { status: 503, body: { code: 'RR_API_NOT_READY', detail: 'starting', remedy: 'wait' } };
    const { url } = await serveRotation([away, finished]);
    const run = await runCaptured(rotate(url));
    expect(run.exit).toBe(0);
    expect(run.stderr).toContain('starting; trying again');
  });

  it('prints once the exact command that lets a step pass', async () => {
    const waits: Partial<MeshStatus> = {
      state: 'VERIFYING',
      verdict: { passed: false, reason: 'AwaitingVerification', message: 'waiting: verify', laggards: [] },
    };
    const { url } = await serveRotation([waits, waits, finished]);
    const run = await runCaptured(rotate(url), { env: { REROOT_PROGRAM: './dev reroot' } });
    const command = `./dev reroot --server ${url} verify --continue --mesh demo --rotation r-1 --step ADDING_NEW_ROOT --generation 2`;
    expect(run.stderr.split(command)).toHaveLength(2);
  });

  it('knows a rotation that is closed already by the root in force', async () => {
    const current = { ...meshStatus().roots[1]!, role: 'current' as const };
    const rest = withoutRotation({ state: 'NOT_ROTATING', step: 'PREVIOUS_CA', roots: [current] });
    expect((await runCaptured(rotate((await serveRotation([{ status: 200, body: rest }])).url))).exit).toBe(0);
    const back = { ...rest, roots: [{ ...current, fingerprint: oldRoot }] };
    expect((await runCaptured(rotate((await serveRotation([{ status: 200, body: back }])).url))).exit).toBe(1);
    const another = meshStatus({ rotation: { ...meshStatus().rotation!, id: 'r-2', oldRoot: newRoot, newRoot: 'c'.repeat(64) } });
    expect((await runCaptured(rotate((await serveRotation([another])).url))).exit).toBe(0);
  });

  it('exits 4 while another rotation is under way', async () => {
    const server = await startMeshServer(() => ({
      status: 409,
      body: { code: 'RR_ROTATION_IN_PROGRESS', detail: 'rotation r-0 of mesh demo is in VERIFYING', remedy: 'wait' },
    }));
    servers.push(server);
    expect(await runCaptured(rotate(server.url))).toMatchObject({ exit: 4, code: 'RR_ROTATION_IN_PROGRESS', stdout: '' });
  });

  it('redraws in place on a terminal and never writes more than fits', async () => {
    const { url } = await serveRotation([{}, finished]);
    const run = await runCaptured(rotate(url), { terminal: { columns: 40, rows: 5 } });
    const frames = run.stderr.split('\u001b[4A\u001b[0J');
    expect(frames.length).toBe(2);
    const lines = frames[1]!.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(lines[0]).toContain('FINISHED');
  });

  it.each(['0s', '10', '5d', 'soon', '9999h'])('refuses the timeout %j', async (timeout) => {
    expect(await runCaptured(rotate('http://127.0.0.1:1', '--timeout', timeout))).toMatchObject({
      exit: 2,
      code: 'RR_OPTION_INVALID',
    });
  });

  it('says that the rotation goes on when the person interrupts', async () => {
    const stop = new AbortController();
    const server = await startMeshServer(({ method }) => {
      if (method === 'GET') stop.abort();
      return { status: 200, body: meshStatus() };
    });
    servers.push(server);
    const run = await runCaptured(rotate(server.url), { signal: stop.signal });
    expect(run.stderr).toContain('the rotation goes on without this command');
  });
});
