import { rename, symlink } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { FleetProcess } from '@reroot/simulator/fleet-launcher';

/** A place that a process is started from, and whose program can be replaced. */
export interface ReplaceableProgram {
  readonly url: URL;
  /** The next start takes this file. */
  replaceBy(program: string): Promise<void>;
}

/** Puts a program at a place. */
export async function placeProgram(place: string, program: string): Promise<ReplaceableProgram> {
  const replaceBy = async (file: string): Promise<void> => {
    await symlink(file, `${place}.next`);
    await rename(`${place}.next`, place);
  };
  await replaceBy(program);
  return { url: pathToFileURL(place), replaceBy };
}

/** Stops a process in order, and starts it anew from another program. */
export async function upgradeProcess(
  process: FleetProcess,
  place: ReplaceableProgram,
  { to, signal }: { readonly to: string; readonly signal: AbortSignal },
): Promise<void> {
  await process.stop();
  await place.replaceBy(to);
  await process.start(signal);
}
