import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file of a folder and its folders, without those that `leaveOut` names; links are not followed. */
export async function filesBelow(folder: string, leaveOut: readonly string[] = []): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile()) found.push(path);
    else if (entry.isDirectory() && !leaveOut.includes(entry.name)) found.push(...(await filesBelow(path, leaveOut)));
  }
  return found;
}

/** Those that were written to since then. */
export async function changedSince(files: readonly string[], sinceMs: number): Promise<readonly string[]> {
  const changed = await Promise.all(
    files.map(async (file) => {
      const found = await stat(file).catch(() => undefined);
      return found !== undefined && found.mtimeMs >= sinceMs ? [file] : [];
    }),
  );
  return changed.flat();
}
