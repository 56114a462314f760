import type { MeshStatus } from '@reroot/shared/api';
import { meshStatus, passedVerdict, waitingVerdict, withoutRotation } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { type Run, runCaptured } from './testing/run-captured.ts';

const servers: MeshServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const verifying: Partial<MeshStatus> = { state: 'VERIFYING', verdict: waitingVerdict('AwaitingVerification', 'verify it') };
const second: Partial<MeshStatus> = { state: 'PROPAGATING_NEW_INTERMEDIATE', step: 'PROPAGATING_NEW_INTERMEDIATE' };
const finished: Partial<MeshStatus> = {
  ...{ state: 'FINISHED', step: 'DELETING_OLD_ROOT', verdict: passedVerdict('every cluster holds DELETING_OLD_ROOT') },
};
const rolledBack: Partial<MeshStatus> = { state: 'VERIFIED', direction: 'back' };

/** Gives the states one after the other, the last again and again. */
async function run(args: readonly string[], ...states: readonly Partial<MeshStatus>[]): Promise<Run> {
  let next = 0;
  const server = await startMeshServer(({ method }) => {
    if (method === 'POST') return { status: 200, body: meshStatus() };
    return { status: 200, body: meshStatus(states[Math.min(next++, states.length - 1)]) };
  });
  servers.push(server);
  return runCaptured([...args, '--server', server.url, '--mesh', 'demo', '--timeout', '5s']);
}

describe('reroot wait', () => {
  it.each([
    ['0 at the end', [], [{}, finished], 0, undefined],
    ['1 after a failure', [], [{}, { state: 'FAILED' }], 1, 'RR_ROTATION_FAILED'],
    ['6 after a rollback', [], [{}, rolledBack], 6, 'RR_ROTATION_ROLLED_BACK'],
    ['7 when a person is needed, and that was asked for', ['approval'], [{}, verifying], 7, 'RR_ROTATION_NEEDS_APPROVAL'],
    ['0 at the end when nobody was needed', ['approval'], [{}, finished], 0, undefined],
    ['0 at the end, whoever was needed before', [], [verifying, finished], 0, undefined],
    ['0 when a step is proven', ['ADDING_NEW_ROOT'], [{}, verifying], 0, undefined],
    ['0 when a step is proven by a later one', ['adding_new_root'], [{}, second], 0, undefined],
    ['6 when a step is out of reach', ['DELETING_OLD_ROOT'], [{}, rolledBack], 6, 'RR_ROTATION_ROLLED_BACK'],
  ] as [string, string[], Partial<MeshStatus>[], number, string | undefined][])(
    'exits %s',
    async (_, args, states, exit, code) => {
      expect(await run(['wait', ...args], ...states)).toMatchObject({ exit, code });
    },
  );

  it('takes a step that is under way for no proof of it', async () => {
    const server = await startMeshServer(() => ({ status: 200, body: meshStatus() }));
    servers.push(server);
    const args = ['wait', 'ADDING_NEW_ROOT', '--timeout', '50ms', '--server', server.url, '--mesh', 'demo'];
    expect(await runCaptured(args)).toMatchObject({ exit: 5, code: 'RR_ROTATION_TIMEOUT' });
  });

  it('says so when no rotation is under way', async () => {
    const server = await startMeshServer(() => ({ status: 200, body: withoutRotation({ state: 'NOT_ROTATING' }) }));
    servers.push(server);
    const result = await runCaptured(['wait', '--server', server.url, '--mesh', 'demo']);
    expect(result).toMatchObject({ exit: 0, stderr: 'no rotation of mesh demo is under way\n' });
  });

  it('knows no other moment', async () => {
    expect(await run(['wait', 'soon'], {})).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID' });
  });
});

describe('reroot rotate --wait', () => {
  it('ends when it needs a person, and prints what they type', async () => {
    const result = await run(['rotate', '--yes', '--wait', 'approval'], {}, verifying);
    expect(result).toMatchObject({ exit: 7, message: 'waiting: verify it' });
    expect(result.stderr).toContain('verify --continue --mesh demo --rotation r-1');
  });
});

describe('reroot verify --wait', () => {
  const verify = (answer: string, ...more: string[]): string[] => ['verify', answer, '--why', 'so', ...more];

  it('follows the rotation after the answer', async () => {
    expect(await run(verify('--continue', '--wait'), {}, {}, finished)).toMatchObject({ exit: 0 });
    expect(await run(verify('--continue', '--wait'), {}, {}, rolledBack)).toMatchObject({ exit: 6 });
  });

  it('takes a rollback that was asked for as a success', async () => {
    expect(await run(verify('--rollback', '--wait'), {}, {}, rolledBack)).toMatchObject({ exit: 0 });
  });
});
