import { mkdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Content of a volume, by the path in it. */
export type VolumeFiles = ReadonlyMap<string, Uint8Array>;

let generation = 0;

/**
 * Brings files into a volume all at once, as kubelet's AtomicWriter does (pkg/volume/util/atomic_writer.go): they are
 * written into a new folder, `..data` is renamed to point to it, and the visible names are links into `..data`. istiod and
 * pilot-agent watch for just that.
 */
export async function projectFiles(dir: string, files: VolumeFiles): Promise<void> {
  await mkdir(dir, { recursive: true });
  const current = join(dir, '..data');
  const former = await readlink(current).catch(() => undefined);
  const next = `..${Date.now()}.${generation++}`;
  for (const [path, content] of files) {
    await mkdir(dirname(join(dir, next, path)), { recursive: true });
    await writeFile(join(dir, next, path), content);
  }
  await mkdir(join(dir, next), { recursive: true });
  await symlink(next, join(dir, '..data_tmp'));
  await rename(join(dir, '..data_tmp'), current);
  for (const path of files.keys()) {
    await symlink(join('..data', path), join(dir, path)).catch(ignoreExisting);
  }
  if (former !== undefined) await rm(join(dir, former), { recursive: true, force: true });
}

function ignoreExisting(thrown: NodeJS.ErrnoException): void {
  if (thrown.code !== 'EEXIST') throw thrown;
}
