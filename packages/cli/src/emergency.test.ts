import { type EmergencyStatus, type MeshStatus, verifyCommand } from '@reroot/shared/api';
import { meshStatus, passedVerdict, waitingVerdict } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const servers: MeshServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const policy = {
  strategy: 'MULTI_ROOT',
  verification: 'none',
  requiredEvidence: 'held',
  restarts: 'when-refused',
  workloadRestarts: 'when-needed',
} as const;
const losses = [{ reason: 'SoakSkipped', message: 'the soak of 60 min after each wave' }];
const emergency: EmergencyStatus = { reason: 'the key is out', excludeSilent: ['west'], losses, policy };
const waiting: Partial<MeshStatus> = {
  rotation: { ...meshStatus().rotation!, emergency },
  verdict: waitingVerdict('AwaitingApproval', 'an emergency rotation was started by ana'),
};
const finished: Partial<MeshStatus> = { state: 'FINISHED', verdict: passedVerdict('every cluster holds DELETING_OLD_ROOT') };

/** A mgmt that foresees the losses, starts what it is asked for, and shows it waiting once, and then finished. */
async function serve(): Promise<MeshServer> {
  let reads = 0;
  const server = await startMeshServer(({ method, path }) => {
    if (path.endsWith('/emergency')) return { status: 200, body: { losses, policy } };
    if (method === 'POST') return { status: 201, body: meshStatus(waiting) };
    reads += 1;
    return { status: 200, body: meshStatus(reads === 1 ? waiting : { ...waiting, ...finished }) };
  });
  servers.push(server);
  return server;
}

const rotate = (url: string, ...more: string[]): string[] => [
  'rotate',
  '--server',
  url,
  '--mesh',
  'demo',
  '--emergency',
  ...more,
];
const reason = ['--why', 'the key is out'];
const started = ({ asked }: MeshServer): unknown[] =>
  asked.filter(({ path }) => path.endsWith('/rotations')).map(({ body }): unknown => JSON.parse(body));

describe('reroot rotate --emergency', () => {
  it('shows what is lost, starts once that is accepted, and says what another person types', async () => {
    const server = await serve();
    const run = await runCaptured(rotate(server.url, ...reason, '--exclude-silent', 'west, north'), { stdin: 'demo\n' });
    expect(run.exit).toBe(0);
    expect(started(server)).toEqual([{ by: 'ana', emergency: { reason: 'the key is out', excludeSilent: ['west', 'north'] } }]);
    const asked = server.asked[0];
    expect([asked?.path, JSON.parse(asked?.body ?? '')]).toEqual([
      '/v1/meshes/demo/emergency',
      { excludeSilent: ['west', 'north'] },
    ]);
    const [shown, question, waits] = [
      'lost: the soak of 60 min after each wave (SoakSkipped)',
      'type the name of the mesh, demo:',
    ].map((line) => run.stderr.indexOf(line));
    expect(shown).toBeGreaterThan(-1);
    expect(question).toBeGreaterThan(shown ?? 0);
    expect(waits).toBeUndefined();
    expect(run.stderr).toContain('the emergency rotation waits for another person than ana; to let it begin, type:');
    expect(run.stderr).toContain(verifyCommand(meshStatus(waiting), `reroot --server ${server.url}`));
    expect(run.stderr).toContain('--rollback in the place of --continue to refuse it, which is open to everybody');
  });

  it('shows the emergency in the status: who is waited for, and what is lost', async () => {
    const { url } = await serve();
    const { stdout } = await runCaptured(['status', '--server', url, '--mesh', 'demo']);
    expect(stdout).toContain(
      'EMERGENCY the key is out · waits for the approval of another person than ana; nobody has been told',
    );
    expect(stdout).toContain('  not waited for while silent: west\n  lost: the soak of 60 min after each wave (SoakSkipped)\n');
  });

  it.each(['', 'no\n', 'dem\n'])('starts nothing when the answer is %j', async (stdin) => {
    const server = await serve();
    const run = await runCaptured(rotate(server.url, ...reason), { stdin });
    expect(run).toMatchObject({ exit: 2, code: 'RR_EMERGENCY_NOT_CONFIRMED' });
    expect(started(server)).toEqual([]);
  });

  it('asks nobody with --yes, and shows the losses all the same', async () => {
    const server = await serve();
    const run = await runCaptured(rotate(server.url, ...reason, '--yes', '--no-wait', '--strategy', 'none'));
    expect(run.stderr).toContain('lost: the soak');
    expect(run.stderr).not.toContain('type the name of the mesh');
    expect(started(server)).toEqual([{ by: 'ana', strategy: 'NONE', emergency: { reason: 'the key is out' } }]);
  });

  it.each([
    [['--emergency'], 'an emergency needs --why'],
    [['--emergency', '--why', ' '], 'an emergency needs --why'],
    [['--reason', 'so'], '--reason goes with --emergency only'],
    [['--exclude-silent', 'west'], '--exclude-silent goes with --emergency only'],
    [['--emergency', '--why', 'so', '--exclude-silent', 'west,,north'], 'give names of clusters, apart by commas'],
  ])('refuses %j', async (options, message) => {
    const server = await serve();
    const run = await runCaptured(['rotate', '--yes', '--server', server.url, '--mesh', 'demo', ...options]);
    expect(run).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID' });
    expect(run.message).toContain(message);
    expect(started(server)).toEqual([]);
  });

  it('takes the reason as it was called before', async () => {
    const server = await serve();
    await runCaptured(rotate(server.url, '--reason', 'the key is out', '--yes'));
    expect(started(server)).toEqual([{ by: 'ana', emergency: { reason: 'the key is out' } }]);
  });

  it('gives up asking when it is interrupted', async () => {
    const server = await serve();
    const interrupt = new AbortController();
    const asking = runCaptured(rotate(server.url, ...reason), { signal: interrupt.signal, stdin: 'never' });
    interrupt.abort(new Error('interrupted'));
    expect((await asking).exit).not.toBe(0);
    expect(started(server)).toEqual([]);
  });
});
