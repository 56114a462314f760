import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { RerootError } from '@reroot/shared/errors';
import { embeddedDashboard } from './embedded-dashboard.ts';

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
 * Reads a folder that `tools/build-dashboard.ts` has made. It is small, and so is kept in memory: no request reaches the disk,
 * and none can name a file outside of it.
 * @returns undefined where there is no such page, and nobody has named the folder
 * @throws RR_DASHBOARD_UNREADABLE when a folder that was named holds none, or cannot be read
 */
export async function readDashboard(dir: string, named: 'in the configuration' | 'by default'): Promise<Dashboard | undefined> {
  try {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    const files = new Map<string, Buffer>();
    for (const entry of entries.filter((each) => each.isFile())) {
      const path = relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/');
      if (extname(path) in mediaTypes) files.set(path, await readFile(join(dir, path)));
    }
    if (files.has('index.html')) return await makeDashboard(files);
    throw new Error('it holds no index.html');
  } catch (cause) {
    if (named === 'by default') return undefined;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RerootError('RR_DASHBOARD_UNREADABLE', `the dashboard cannot be read: ${why}`, { place: dir, cause });
  }
}

/** The dashboard that is part of this program; undefined where it runs from its sources. */
export async function readEmbeddedDashboard(
  embedded: Readonly<Record<string, string>> | undefined = embeddedDashboard,
): Promise<Dashboard | undefined> {
  if (embedded === undefined) return undefined;
  return makeDashboard(new Map(Object.entries(embedded).map(([path, text]) => [path, Buffer.from(text)])));
}

async function makeDashboard(contents: ReadonlyMap<string, Buffer>): Promise<Dashboard> {
  const files = new Map<string, DashboardFile>();
  for (const [path, bytes] of contents) {
    const type = mediaTypes[extname(path)] ?? 'application/octet-stream';
    const named = path.startsWith(assets) ? 'by-content' : 'by-purpose';
    files.set(path, { type, bytes, gzipped: await compress(bytes), named });
  }
  return { files };
}
