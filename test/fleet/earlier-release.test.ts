import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { findCommit } from './earlier-release.ts';

const identity = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

let dir = '';
let earlier = '';
/** A repository of two commits, a shallow clone of it, and a folder that is none. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-clone-'));
  // What lies above is no repository of ours either.
  const env = { ...process.env, ...identity, GIT_CEILING_DIRECTORIES: dir, GIT_CONFIG_GLOBAL: '/dev/null' };
  const git = async (...args: readonly string[]) => (await promisify(execFile)('git', args, { cwd: dir, env })).stdout.trim();
  await git('init', '--quiet', 'whole');
  for (const message of ['earlier', 'now']) await git('-C', 'whole', 'commit', '--quiet', '--allow-empty', '--message', message);
  earlier = await git('-C', 'whole', 'rev-parse', 'HEAD~1');
  await git('clone', '--quiet', '--depth', '1', `file://${join(dir, 'whole')}`, 'shallow');
  await mkdir(join(dir, 'none'));
  return () => rm(dir, { recursive: true, force: true });
});

describe('an earlier commit', () => {
  it('is found in a clone with its whole history', async () => {
    expect(await findCommit(earlier, join(dir, 'whole'))).toEqual({ kind: 'there' });
  });

  it('is not in a shallow clone, which says how to have it', async () => {
    const why = `it needs commit ${earlier.slice(0, 7)}, and this clone is shallow: git fetch --unshallow`;
    expect(await findCommit(earlier, join(dir, 'shallow'))).toEqual({ kind: 'not-here', why });
  });

  it('is not in a folder that is no clone', async () => {
    expect(await findCommit(earlier, join(dir, 'none'))).toMatchObject({
      kind: 'not-here',
      why: expect.stringContaining('no clone of git'),
    });
  });

  it('that a whole history has not is no reason to skip anything', async () => {
    await expect(findCommit('0'.repeat(40), join(dir, 'whole'))).rejects.toThrow('which the whole history of this clone has not');
  });
});
