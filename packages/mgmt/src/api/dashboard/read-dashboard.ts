import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { RerootError } from '@reroot/shared/errors';

/** The page that people watch rotations on, as files that a browser asks for. */
export interface Dashboard {
  /** By path below `/ui/`; the page itself is `index.html`. */
  readonly files: ReadonlyMap<string, DashboardFile>;
}

/** One of its files. */
export interface DashboardFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzipped: Buffer;
  /** `by-content`: its name changes with its content, so that a browser may keep it. */
  readonly named: 'by-content' | 'by-purpose';
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** What vite names by its content is below this folder. */
const assets = 'assets/';

const compress = promisify(gzip);

/**
 * Reads a folder that `packages/dashboard/build.ts` has made. It is small, and so is kept in memory: no request reaches the disk,
 * and none can name a file outside of it.
 * @returns undefined where there is no such page, and nobody has named the folder
 * @throws RR_DASHBOARD_UNREADABLE when a folder that was named holds none, or cannot be read
 */
export async function readDashboard(dir: string, named: 'in the configuration' | 'by default'): Promise<Dashboard | undefined> {
  try {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    const files = new Map<string, DashboardFile>();
    for (const entry of entries.filter((each) => each.isFile())) {
      const path = relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/');
      const type = mediaTypes[extname(path)];
      if (type !== undefined) files.set(path, await readOne(join(dir, path), path, type));
    }
    if (files.has('index.html')) return { files };
    throw new Error('it holds no index.html');
  } catch (cause) {
    if (named === 'by default') return undefined;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RerootError('RR_DASHBOARD_UNREADABLE', `the dashboard cannot be read: ${why}`, { place: dir, cause });
  }
}

async function readOne(file: string, path: string, type: string): Promise<DashboardFile> {
  const bytes = await readFile(file);
  return { type, bytes, gzipped: await compress(bytes), named: path.startsWith(assets) ? 'by-content' : 'by-purpose' };
}
