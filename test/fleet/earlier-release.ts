import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleSources } from '../../tools/bundle/bundle-program.ts';
import { repository } from '../architecture/sources.ts';

/**
 * The release before this one. Nothing is tagged yet, so it is the last commit before mgmt came to Kubernetes: the one whose store, API
 * and protocol people may still be running. From the first tag on it is the tag of the former minor version.
 */
export const earlierCommit = '78cb2d64a5e7ee2a43b44eaf9f8ffd2ba713b8fd';

/** Its programs, each as one file. */
export interface EarlierRelease {
  readonly mgmt: string;
  /** Of simulated clusters. */
  readonly agent: string;
  readonly cli: string;
}

const programs = {
  mgmt: { package: 'mgmt', entry: 'src/main.ts' },
  agent: { package: 'simulator', entry: 'src/agent-main.ts' },
  cli: { package: 'cli', entry: 'src/main.js' },
} as const;

const run = promisify(execFile);

/** Whether a folder has a commit; where not, and nobody could expect it there, why and what to do. */
export type CommitPresence = { readonly kind: 'there' } | { readonly kind: 'not-here'; readonly why: string };

/**
 * Looks for a commit in a clone. It fetches nothing: tests reach no other machine.
 * @throws Error where the clone has its whole history and the commit is not in it: then it is named wrongly, or was taken out
 */
export async function findCommit(commit: string, folder: string = repository): Promise<CommitPresence> {
  const git = async (...args: readonly string[]): Promise<string | undefined> => {
    const answer = await run('git', args, { cwd: folder }).catch(() => undefined);
    return answer?.stdout.trim();
  };
  if ((await git('cat-file', '-e', `${commit}^{commit}`)) !== undefined) return { kind: 'there' };
  const needed = `it needs commit ${commit.slice(0, 7)}`;
  switch (await git('rev-parse', '--is-shallow-repository')) {
    case 'true':
      return { kind: 'not-here', why: `${needed}, and this clone is shallow: git fetch --unshallow` };
    case undefined:
      return { kind: 'not-here', why: `${needed}, and this folder is no clone of git: git clone the repository` };
    default:
      throw new Error(`${needed}, which the whole history of this clone has not`);
  }
}

/** Makes its programs in a folder, from its own sources and what is installed now. */
export async function bundleEarlierRelease(folder: string): Promise<EarlierRelease> {
  const sources = join(folder, 'sources');
  await extractSources(sources);
  const files = await Promise.all(
    Object.entries(programs).map(async ([name, program]) => {
      const bundled = { ...program, name, description: 'of an earlier release', dashboard: 'none', nodeOptions: [] } as const;
      const { code } = await bundleSources(bundled, { commit: earlierCommit, committedAt: 'unknown' }, sources);
      const file = join(folder, `${name}.mjs`);
      await writeFile(file, code);
      return [name, file] as const;
    }),
  );
  return Object.fromEntries(files) as Record<keyof typeof programs, string>;
}

async function extractSources(sources: string): Promise<void> {
  const archive = `${sources}.tar`;
  await mkdir(sources, { recursive: true });
  await run('git', ['archive', '--output', archive, earlierCommit, 'packages', 'tsconfig.json'], { cwd: repository });
  await run('tar', ['--extract', '--file', archive, '--directory', sources]);
  await symlink(join(repository, 'node_modules'), join(sources, 'node_modules'));
  // What is installed for a package is a folder of relative links, to what lies above and to packages beside it.
  for (const name of await readdir(join(sources, 'packages'))) {
    const links = join('packages', name, 'node_modules');
    if (!existsSync(join(repository, links))) continue;
    await cp(join(repository, links), join(sources, links), { recursive: true, verbatimSymlinks: true });
  }
}
