import { meshStatus, withoutRotation } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

let server: MeshServer;

beforeEach(async () => {
  server = await startMeshServer(() => ({ status: 200, body: meshStatus() }));
});

afterEach(() => server.stop());

const verify = (...more: string[]): string[] => ['verify', '--server', server.url, '--mesh', 'demo', ...more];

describe('reroot verify', () => {
  it('answers for the present rotation, step and generation', async () => {
    const run = await runCaptured(verify('--continue', '--why', 'traffic looks right'));
    expect(run.exit).toBe(0);
    expect(JSON.parse(server.asked.at(-1)!.body)).toEqual({
      rotationId: 'r-1',
      step: 'ADDING_NEW_ROOT',
      generation: 2,
      action: 'CONTINUE',
      by: 'ana',
      why: 'traffic looks right',
    });
    expect(run.stderr).toContain('CONTINUE for rotation r-1, ADDING_NEW_ROOT, generation 2: accepted');
  });

  it('answers for what it is told, so that a late answer is refused by mgmt', async () => {
    const named = ['--rotation', 'r-0', '--step', 'DELETING_OLD_ROOT', '--generation', '9', '--by', 'bob'];
    await runCaptured(verify('--rollback', '--why', 'errors', ...named));
    expect(JSON.parse(server.asked.at(-1)!.body)).toMatchObject({
      rotationId: 'r-0',
      step: 'DELETING_OLD_ROOT',
      generation: 9,
      action: 'ROLLBACK',
      by: 'bob',
    });
  });

  it('prints the command that goes on or further back from a row that was rolled back to', async () => {
    await server.stop();
    const answers = [
      meshStatus({ state: 'VERIFYING', direction: 'back' }),
      meshStatus({ state: 'VERIFIED', direction: 'back', generation: 3 }),
    ];
    server = await startMeshServer(({ method }) => ({ status: 200, body: answers[method === 'POST' ? 1 : 0] }));
    const run = await runCaptured(verify('--continue', '--why', 'as before'));
    expect(run.stderr.split('\n').slice(1, -1)).toEqual([
      'ADDING_NEW_ROOT was rolled back to, is accepted, and waits for you; to go forward again, type:',
      `  reroot --server ${server.url} verify --continue --mesh demo --rotation r-1 --step ADDING_NEW_ROOT --generation 3 --why 'the cause is mended'`,
      'or the same with --rollback in the place of --continue to go further back',
    ]);
  });

  it('prints no command where nothing is left to answer', async () => {
    const run = await runCaptured(verify('--continue', '--why', 'traffic looks right'));
    expect(run.stderr).toBe('CONTINUE for rotation r-1, ADDING_NEW_ROOT, generation 2: accepted\n');
  });

  it.each([
    ['neither direction', ['--why', 'x']],
    ['both directions', ['--continue', '--rollback', '--why', 'x']],
    ['no reason', ['--continue']],
    ['a step that does not exist', ['--continue', '--why', 'x', '--step', 'FINISHED']],
    ['a generation that is no number', ['--continue', '--why', 'x', '--generation', '1e3']],
  ])('with %s exits 2 and asks nothing', async (_, args) => {
    expect(await runCaptured(verify(...args))).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID' });
    expect(server.asked).toEqual([]);
  });

  it('is refused where no rotation is under way', async () => {
    const resting = withoutRotation({ state: 'NOT_ROTATING' });
    await server.stop();
    server = await startMeshServer(() => ({ status: 200, body: resting }));
    expect(await runCaptured(verify('--continue', '--why', 'x'))).toMatchObject({ exit: 4, code: 'RR_APPROVAL_NOT_EXPECTED' });
    expect(server.asked.map(({ method }) => method)).toEqual(['GET']);
  });
});
