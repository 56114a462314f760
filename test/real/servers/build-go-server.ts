import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandOptions, runCommand } from './run-command.ts';
import { lockFolder } from './server-cache.ts';
import { UnavailableError } from './unavailable-error.ts';
import type { GoProgram, GoServer, SourcePatch } from './versions.ts';

/** One program on a slow machine, everything compiled. */
const buildTimeoutMs = 40 * 60_000;
const askTimeoutMs = 5 * 60_000;

const remedyNoGo = 'install Go 1.26 or later, and put it on the PATH';

/** How go is called: only what the lock names, for this machine, whatever the caller has set for other work. */
export function goEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...environment,
    GOOS: undefined,
    GOARCH: undefined,
    GOWORK: 'off',
    GOFLAGS: '-mod=readonly -buildvcs=false',
    CGO_ENABLED: '0',
  };
}

/**
 * Whether the module can be built: there is a go, and it is new enough or may fetch one that is.
 * @throws UnavailableError with the remedy; the signal's reason
 */
export async function checkGo(server: GoServer, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  // In the module's folder go chooses the toolchain that go.mod asks for.
  const options = commandOptions(lockFolder(server), environment, signal, askTimeoutMs);
  try {
    await runCommand('go', ['version'], options);
  } catch (error) {
    signal.throwIfAborted();
    throw new UnavailableError((error as Error).message, remedyNoGo);
  }
}

/**
 * Builds the programs of a module into a folder.
 * @throws UnavailableError with go's last words; the signal's reason
 */
export async function buildGoServer(
  server: GoServer,
  folder: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  for (const program of server.programs) {
    try {
      await buildProgram(server, program, folder, environment, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw new UnavailableError(`${program.name}: ${(error as Error).message}`, remedyOf((error as Error).message));
    }
  }
}

async function buildProgram(
  server: GoServer,
  { name, package: mainPackage, patch }: GoProgram,
  folder: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  const values = Object.entries(server.linkerValues ?? {}).map(([variable, value]) => ` -X ${variable}=${value}`);
  const tags = server.tags === undefined ? [] : ['-tags', server.tags];
  const args = ['build', '-trimpath', ...tags, '-ldflags', `-s -w${values.join('')}`, '-o', join(folder, name)];
  if (patch === undefined) {
    await runCommand('go', [...args, mainPackage], commandOptions(lockFolder(server), environment, signal, buildTimeoutMs));
    return;
  }
  const copy = join(folder, 'patched');
  await vendorPatched(server, patch, copy, environment, signal);
  await runCommand('go', [...args, '-mod=vendor', mainPackage], commandOptions(copy, environment, signal, buildTimeoutMs));
  await rm(copy, { recursive: true });
}

/** Go refuses to overlay files of its module cache, so the sources are laid out as a vendor folder and changed there. */
async function vendorPatched(
  server: GoServer,
  { file, from, to }: SourcePatch,
  copy: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(copy);
  for (const lock of ['go.mod', 'go.sum']) await cp(join(lockFolder(server), lock), join(copy, lock));
  await runCommand('go', ['mod', 'vendor'], commandOptions(copy, environment, signal, askTimeoutMs));
  const path = join(copy, 'vendor', file);
  const [before, after, ...more] = (await readFile(path, 'utf8')).split(from);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`${file} does not hold exactly one ${from}`);
  await writeFile(path, before + to + after);
}

function commandOptions(cwd: string, environment: NodeJS.ProcessEnv, signal: AbortSignal, timeoutMs: number): CommandOptions {
  return { cwd, env: goEnvironment(environment), signal, timeoutMs };
}

function remedyOf(problem: string): string {
  if (/no space left/.test(problem)) return 'free some gigabytes where GOCACHE, GOMODCACHE and REROOT_CACHE are';
  if (/dial tcp|proxy|lookup|403|404|410|i\/o timeout/i.test(problem)) {
    return 'go needs its module proxy: look at `go env GOPROXY GONOSUMDB`, and try again';
  }
  return "see go's words above";
}
