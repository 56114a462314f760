import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { repository } from '../generated-files.ts';

/** From which sources a program is made. */
export interface BuildOrigin {
  readonly commit: string;
  /** RFC 3339, in UTC. */
  readonly committedAt: string;
}

const unknown: BuildOrigin = { commit: 'unknown', committedAt: 'unknown' };

/**
 * The commit that lies in this folder. Where there is no repository, as in the build of an image, REROOT_COMMIT and
 * SOURCE_DATE_EPOCH say it; else both are `unknown`. The time is that of the commit and never that of the build, so that the same
 * commit gives the same bytes.
 */
export async function readBuildOrigin(environment: NodeJS.ProcessEnv): Promise<BuildOrigin> {
  const { REROOT_COMMIT: commit = '', SOURCE_DATE_EPOCH: epoch = '' } = environment;
  if (commit !== '') return { commit, committedAt: /^\d+$/.test(epoch) ? timeOf(Number(epoch)) : 'unknown' };
  try {
    const [hash = '', seconds = ''] = (await git('show', '--no-patch', '--format=%H %ct', 'HEAD')).split(' ');
    const changed = await git('status', '--porcelain');
    return { commit: changed === '' ? hash : `${hash}-changed`, committedAt: timeOf(Number(seconds)) };
  } catch {
    return unknown;
  }
}

async function git(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, { cwd: repository });
  return stdout.trim();
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
