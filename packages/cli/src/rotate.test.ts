import { stripVTControlCharacters } from 'node:util';
import type { MeshStatus } from '@reroot/shared/api';
import { meshStatus, newRoot, oldRoot, passedVerdict, rootStatus, waitingVerdict, withoutRotation } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, type MeshServer, startMeshServer } from './testing/mesh-server.ts';
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

const told = { index: 1, released: { reached: 1, total: 2 }, releasedAt: '2026-01-01T00:00:00Z' };
const rotate = (url: string, ...more: string[]): string[] => ['rotate', '--server', url, '--mesh', 'demo', '--yes', ...more];
const finished: Partial<MeshStatus> = {
  state: 'FINISHED',
  step: 'DELETING_OLD_ROOT',
  generation: 4,
  verdict: passedVerdict('every cluster holds DELETING_OLD_ROOT'),
};

describe('reroot rotate', () => {
  it('starts with what was asked for and exits 0 when the rotation has finished', async () => {
    const { url, asked } = await serveRotation([{}, finished]);
    const run = await runCaptured(rotate(url, '--strategy', 'none', '--verification', 'manual', '--by', 'bob'));
    expect(run.exit).toBe(0);
    expect(JSON.parse(asked[0]!.body)).toEqual({ by: 'bob', strategy: 'NONE', verification: 'manual' });
    expect(run.stdout).toContain('mesh demo: FINISHED');
    expect(run.stderr).toContain('ADDING_NEW_ROOT, generation 2: waiting: cluster-2');
  });

  it('warns of lost traffic under strategy NONE, also where the policy of the mesh says so, and only there', async () => {
    const { rotation } = meshStatus();
    const warnedOf = async (strategy: 'NONE' | 'MULTI_ROOT'): Promise<boolean> => {
      const body = meshStatus({ rotation: { ...rotation!, strategy } });
      const server = await startMeshServer(() => ({ status: 201, body }));
      servers.push(server);
      const { stderr } = await runCaptured(rotate(server.url, '--no-wait'));
      return stderr.includes('warning: strategy NONE changes the root at once');
    };
    expect([await warnedOf('NONE'), await warnedOf('MULTI_ROOT')]).toEqual([true, false]);
  });

  it('leaves strategy and verification to the policy of the mesh', async () => {
    const { url, asked } = await serveRotation([finished]);
    await runCaptured(rotate(url));
    expect(JSON.parse(asked[0]!.body)).toEqual({ by: 'ana' });
  });

  it('gives the reason along, which the history and the journal keep', async () => {
    const { url, asked } = await serveRotation([finished]);
    await runCaptured(rotate(url, '--why', 'its key is two years old'));
    expect(JSON.parse(asked[0]!.body)).toEqual({ by: 'ana', why: 'its key is two years old' });
  });

  it.each([
    ['exits 1 when the rotation has failed', { state: 'FAILED' }, 1, 'RR_ROTATION_FAILED'],
    [
      'exits 6 when it was rolled back to the start',
      { state: 'PREVIOUS_CA', step: 'PREVIOUS_CA', direction: 'back' },
      6,
      'RR_ROTATION_ROLLED_BACK',
    ],
    [
      'exits 6 when it was rolled back to a step that waits',
      { state: 'VERIFIED', direction: 'back' },
      6,
      'RR_ROTATION_ROLLED_BACK',
    ],
  ] as [string, Partial<MeshStatus>, number, string][])('%s', async (_, state, exit, code) => {
    const { url } = await serveRotation([state]);
    expect(await runCaptured(rotate(url))).toMatchObject({ exit, code });
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

  it.each([
    ['is away for a while', 503, 'RR_API_NOT_READY'],
    ['is asked too often', 429, 'RR_API_RATE_LIMITED'],
  ])('goes on when mgmt %s', async (_, status, code) => {
    const away = { status, body: { code, detail: 'not now', remedy: 'wait' } };
    const { url } = await serveRotation([away, finished]);
    const run = await runCaptured(rotate(url));
    expect(run.exit).toBe(0);
    expect(run.stderr).toContain('not now; trying again');
  });

  it('prints once the exact command that lets a step pass', async () => {
    const waits: Partial<MeshStatus> = {
      state: 'VERIFYING',
      verdict: waitingVerdict('AwaitingVerification', 'verify'),
    };
    const { url } = await serveRotation([waits, waits, finished]);
    const run = await runCaptured(rotate(url), { env: { REROOT_PROGRAM: './dev reroot' } });
    const command = `./dev reroot --server ${url} verify --continue --mesh demo --rotation r-1 --step ADDING_NEW_ROOT --generation 2`;
    expect(run.stderr.split(command)).toHaveLength(2);
  });

  it('says once what nobody can hurry: a closed window, a soaking wave, the overlap', async () => {
    const opens = waitingVerdict('MaintenanceWindowClosed', 'no maintenance window is open, and the next opens at noon');
    const soaks = waitingVerdict('WaveSoaking', 'wave 1 soaks until noon');
    const overlaps = waitingVerdict('OverlapNotElapsed', 'both roots stay trusted at ADDING_NEW_ROOT until noon');
    const verified = { state: 'VERIFIED', verdict: overlaps } as const;
    const waits = [{ verdict: opens }, { verdict: soaks, wave: told }, verified].flatMap((each) => [each, each]);
    const { url } = await serveRotation([...waits, finished]);
    const run = await runCaptured(rotate(url));
    // With the time, and beside the word that this server has no live stream.
    const lines = run.stderr
      .split('\n')
      .flatMap((line) => /^\d{4}-\d\d-\d\dT[\d:]{8}Z ((?!there is no live).*)$/.exec(line)?.[1] ?? []);
    expect(lines).toEqual([
      'ADDING_NEW_ROOT, generation 2: waiting: no maintenance window is open, and the next opens at noon',
      'ADDING_NEW_ROOT, generation 2, 1 of 2 clusters told: waiting: wave 1 soaks until noon',
      'VERIFIED at ADDING_NEW_ROOT, generation 2: waiting: both roots stay trusted at ADDING_NEW_ROOT until noon',
      'FINISHED at DELETING_OLD_ROOT, generation 4: every cluster holds DELETING_OLD_ROOT',
    ]);
  });

  it('writes no line for each laggard that catches up, and one when another cluster is the first', async () => {
    const behind = (cluster: string, count: number): Partial<MeshStatus> => ({
      verdict: {
        ...waitingVerdict('NotWritten', `${cluster}: x (and ${count} more)`, [{ cluster, reason: 'NotWritten', message: 'x' }]),
        laggardCount: count,
      },
    });
    const { url } = await serveRotation([behind('c-1', 9), behind('c-1', 8), behind('c-2', 7), finished]);
    const run = await runCaptured(rotate(url));
    expect(run.stderr.match(/waiting: .*/g)).toEqual(['waiting: c-1: x (and 9 more)', 'waiting: c-2: x (and 7 more)']);
  });

  it.each([
    ['that has failed', { state: 'FAILED' }, 'has failed and waits for you; to try it again, type:', 'take it back'],
    [
      'that was rolled back to a step',
      { state: 'VERIFIED', direction: 'back' },
      'was rolled back to, is accepted, and waits for you; to go forward again, type:',
      'go further back',
    ],
  ] as [string, Partial<MeshStatus>, string, string][])('prints the command for a rotation %s', async (_, state, words, end) => {
    const { url } = await serveRotation([state]);
    const run = await runCaptured(rotate(url));
    const command = `reroot --server ${url} verify --continue --mesh demo --rotation r-1 --step ADDING_NEW_ROOT --generation 2`;
    expect(run.stderr).toContain(`${words}\n  ${command} --why 'the cause is mended'\nor the same`);
    expect(run.stderr).toContain(`--rollback in the place of --continue to ${end}\n`);
  });

  it('exits 1 and says so when the rotation was aborted', async () => {
    const rest = withoutRotation({ state: 'NOT_ROTATING', step: 'PREVIOUS_CA', roots: [rootStatus()] });
    const { url } = await serveRotation([{}, { status: 200, body: rest }]);
    expect(await runCaptured(rotate(url))).toMatchObject({
      exit: 1,
      code: 'RR_ROTATION_FAILED',
      message: 'the rotation was aborted',
      remedy: 'look at `reroot history` for the reason, and start another one with `reroot rotate`',
    });
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
    const frames = run.stderr.split('\u001b[4A\r');
    expect(frames.length).toBeGreaterThan(1);
    const lines = stripVTControlCharacters(frames.at(-1)!).trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(lines[0]).toContain('FINISHED');
  });

  it.each(['0s', '10', '5w', 'soon', '25d', '9999h'])('refuses the timeout %j', async (timeout) => {
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

describe('reroot rotate --target', () => {
  const pastRoot = `${'b'.repeat(10)}${'c'.repeat(54)}`;
  const past = rootStatus({ fingerprint: pastRoot, role: 'old', phase: 'retired' });
  const resting = withoutRotation({
    state: 'NOT_ROTATING',
    step: 'PREVIOUS_CA',
    verdict: passedVerdict('every cluster holds PREVIOUS_CA'),
    roots: [past, rootStatus({ fingerprint: newRoot })],
  });

  /** Answers what is read and what is started. */
  async function serveTarget(read: MeshStatus, started: MeshStatus): Promise<MeshServer> {
    const server = await startMeshServer(({ method }) => ({ status: 200, body: method === 'POST' ? started : read }));
    servers.push(server);
    return server;
  }

  it('starts towards the root whose fingerprint begins so', async () => {
    const started = meshStatus({ rotation: { ...meshStatus().rotation!, id: 'r-2', oldRoot: newRoot, newRoot: pastRoot } });
    const { url, asked } = await serveTarget(resting, started);
    const run = await runCaptured(rotate(url, '--no-wait', '--target', 'BBBBBBBBBBC'));
    expect(JSON.parse(asked[1]!.body)).toEqual({ by: 'ana', targetRoot: pastRoot });
    expect(run).toMatchObject({ exit: 0, stderr: 'rotation r-2 of mesh demo has started\n' });
  });

  it('says that the mesh is on the root already, and exits 0', async () => {
    const { url, asked } = await serveTarget(resting, resting);
    const run = await runCaptured(rotate(url, '--target', newRoot));
    expect(run).toMatchObject({ exit: 0, stderr: `mesh demo is on root ${newRoot} already; nothing was started\n` });
    expect(run.stdout).toContain('mesh demo: NOT_ROTATING');
    expect(asked).toHaveLength(2);
  });

  it('says that a rotation to the root is under way already, and exits 0 without following it', async () => {
    const { url, asked } = await serveTarget(meshStatus(), meshStatus());
    const run = await runCaptured(rotate(url, '--target', newRoot.slice(0, 12)));
    expect(run).toMatchObject({
      exit: 0,
      stderr: `rotation r-1 of mesh demo to root ${newRoot} is under way already; nothing was changed\n`,
    });
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['that no root has', 'dddddddd', 'mesh demo knows no root dddddddd'],
    ['that two roots share', 'bbbbbbbb', `more than one root begins with bbbbbbbb: ${pastRoot}, ${newRoot}`],
  ])('starts nothing with digits %s', async (_, target, message) => {
    const { url, asked } = await serveTarget(resting, resting);
    expect(await runCaptured(rotate(url, '--target', target))).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID', message });
    expect(asked.map(({ method }) => method)).toEqual(['GET']);
  });

  it.each(['bbbbbbb', 'b'.repeat(65), 'current', ''])('asks nothing about the fingerprint %j', async (target) => {
    const { url, asked } = await serveTarget(resting, resting);
    expect(await runCaptured(rotate(url, '--target', target))).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID' });
    expect(asked).toEqual([]);
  });
});
