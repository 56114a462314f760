import { meshStatus } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { type RunOptions, runCaptured } from './testing/run-captured.ts';

let server: MeshServer;

beforeEach(async () => {
  server = await startMeshServer(({ path }) =>
    path.startsWith('/v1/clusters')
      ? { status: 200, body: { clusters: [], signingKeys: { current: 'ab', heldByAll: true }, natsRevocation: 'by-expiry' } }
      : { status: 200, body: meshStatus() },
  );
});
afterEach(() => server.stop());

const acts: readonly (readonly [string, readonly string[], string])[] = [
  ['verify --continue', ['verify', '--continue'], 'This lets ADDING_NEW_ROOT of rotation r-1 of mesh demo pass'],
  ['verify --rollback', ['verify', '--rollback'], 'This takes rotation r-1 of mesh demo back from ADDING_NEW_ROOT, one step'],
  ['retry', ['retry'], 'This takes rotation r-1 of mesh demo up again at ADDING_NEW_ROOT.'],
  ['abort', ['abort'], 'This takes rotation r-1 of mesh demo back, before any cluster is told of it.'],
  ['exclude', ['exclude', 'east'], 'From now on nothing waits for cluster east of mesh demo.'],
  ['include', ['include', 'east'], 'This brings cluster east of mesh demo back'],
  ['cluster revoke', ['cluster', 'revoke', 'east'], 'This shuts cluster east out at once'],
];

const run = (words: readonly string[], options: RunOptions, ...more: string[]) =>
  runCaptured([...words, '--mesh', 'demo', '--why', 'so', '--server', server.url, ...more], options);
const posts = (): number => server.asked.filter(({ method }) => method === 'POST').length;

describe('an act of an operator', () => {
  it.each(acts)('is told before it is done, and done after a yes: %s', async (_, words, outlook) => {
    const { exit, stderr } = await run(words, { person: 'present', stdin: 'yes\n' });
    expect({ exit, posts: posts() }).toEqual({ exit: 0, posts: 1 });
    expect(stderr.startsWith(outlook)).toBe(true);
    expect(stderr.split('\n')[0]).toMatch(/ To go on, type yes:$/);
  });

  it.each(acts)('is not done after another answer: %s', async (_, words) => {
    expect(await run(words, { person: 'present', stdin: 'no\n' })).toMatchObject({
      exit: 2,
      code: 'RR_NOT_CONFIRMED',
      stdout: '',
    });
    expect(posts()).toBe(0);
  });

  it.each(acts)('is done without a question where --yes answers it, and where nobody is there: %s', async (_, words) => {
    for (const [person, more] of [
      ['present', ['--yes']],
      ['absent', []],
    ] as const) {
      const { exit, stderr } = await run(words, { person }, ...more);
      expect(exit).toBe(0);
      expect(stderr).not.toContain('type yes');
    }
    expect(posts()).toBe(2);
  });
});
