import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FaultKind } from './fault.ts';

/** What of this machine some faults need. */
export interface MachineMeans {
  /** Changes the clock of a program (libfaketime). */
  readonly faketime: string | undefined;
  /** Makes fsync fail. */
  readonly failFsync: string | undefined;
  /** A disk of its own for the store, small enough to be filled. */
  readonly smallDisk: 'mounted' | 'none';
  /** A network of its own for each agent. */
  readonly networks: 'own' | 'none';
  /** The programs of an earlier release. */
  readonly earlierAgent: string | undefined;
}

const run = promisify(execFile);

/** Debian's, or the one that `./dev chaos` has unpacked. */
export function findFaketime(): string | undefined {
  const given = process.env['REROOT_FAKETIME'];
  const places = given === undefined || given === '' ? globSync('/usr/lib/*/faketime/libfaketime.so.1') : [given];
  return places.find((place) => existsSync(place));
}

/** Compiles it into a folder; undefined where there is no C compiler. */
export async function buildFailFsync(dir: string): Promise<string | undefined> {
  const file = join(dir, 'fail-fsync.so');
  try {
    await run('cc', ['-shared', '-fPIC', '-O1', '-o', file, join(import.meta.dirname, 'fail-fsync.c'), '-ldl']);
    return file;
  } catch {
    return undefined;
  }
}

/** Mounts a disk of so many bytes; only where mounts are this program's own. @returns whether it is there */
export async function mountSmallDisk(place: string, bytes: number): Promise<MachineMeans['smallDisk']> {
  if (process.env['REROOT_CHAOS_MOUNTS'] !== 'own') return 'none';
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0700`, 'reroot-chaos', place]);
    return 'mounted';
  } catch {
    return 'none';
  }
}

/** Fills a disk to the last byte, and gives the file that does it. */
export async function fillDisk(place: string): Promise<string> {
  const filler = join(place, 'filler');
  for (const size of [2 ** 20, 2 ** 14, 2 ** 9]) {
    const block = Buffer.alloc(size, 1);
    try {
      for (;;) await writeFile(filler, block, { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  return filler;
}

/** Which kinds of faults cannot be made here, and why. */
export function missingMeans(means: MachineMeans): ReadonlyMap<FaultKind, string> {
  const missing = new Map<FaultKind, string>();
  if (means.faketime === undefined) missing.set('clock-jump', 'there is no libfaketime');
  if (means.failFsync === undefined) missing.set('fsync-error', 'there is no C compiler');
  if (means.smallDisk === 'none') missing.set('disk-full', 'no disk can be mounted');
  if (means.networks === 'none') missing.set('packets', 'no network namespaces can be made');
  if (means.earlierAgent === undefined) missing.set('upgrade', 'the commit of the release before is not in this clone');
  return missing;
}
