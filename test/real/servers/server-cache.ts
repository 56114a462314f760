import { createHash } from 'node:crypto';
import { accessSync, constants, globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Server } from './versions.ts';

/** The folder that holds go.mod and go.sum of what is built from a module. */
export function lockFolder({ name }: Server): string {
  return join(import.meta.dirname, name);
}

/**
 * Where a server is kept inside the cache. The name ends in a digest of all that decides what is built, so that a change of
 * the lock, of a patch or of a program of ours never meets a binary from before it.
 */
export function serverFolder(cache: string, server: Server): string {
  const digest = createHash('sha256').update(JSON.stringify([process.platform, process.arch, recipeOf(server)]));
  if (server.kind === 'go') {
    const programs = globSync('*.go', { cwd: lockFolder(server) }).toSorted();
    for (const file of ['go.mod', 'go.sum', ...programs]) digest.update(readFileSync(join(lockFolder(server), file)));
  }
  return join(cache, `${server.name}-${server.version}-${digest.digest('hex').slice(0, 8)}`);
}

/** Without the words about it: correcting those builds nothing anew. */
function recipeOf(server: Server): unknown {
  switch (server.kind) {
    case 'go':
      return [
        server.programs.map(({ name, package: from, patch }) => [name, from, patch]),
        server.linkerValues,
        ...(server.tags === undefined ? [] : [server.tags]),
      ];
    case 'wheel':
    case 'npm':
      return [server.programs.map(({ name, file }) => [name, file]), server.sha256];
  }
}

/** Path of a program of a server, there or not. */
export function programPath(cache: string, server: Server, program: string): string {
  return join(serverFolder(cache, server), program);
}

/** The programs of a server that are not in the cache. */
export function missingPrograms(cache: string, server: Server): string[] {
  return server.programs.map(({ name }) => name).filter((name) => !isExecutable(programPath(cache, server, name)));
}

/**
 * Fills a folder beside its final place and moves it there when it is whole: neither a crash nor a second run at the same
 * moment leaves half a server behind. When the other run was faster its folder stays.
 * @throws whatever `fill` throws
 */
export async function putIntoCache(cache: string, server: Server, fill: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(join(cache, `partial-${process.pid}-`));
  try {
    await fill(partial);
    if (missingPrograms(cache, server).length === 0) return;
    const final = serverFolder(cache, server);
    // What lies there has lost a program.
    await rm(final, { recursive: true, force: true });
    await rename(partial, final).catch((error: unknown) => {
      if (missingPrograms(cache, server).length > 0) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Removes what runs that were killed left behind. */
export async function removeAbandoned(cache: string): Promise<void> {
  const names = await readdir(cache).catch(() => []);
  for (const name of names) {
    const pid = /^partial-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(cache, name), { recursive: true, force: true });
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
