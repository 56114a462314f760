import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type InlineConfig } from 'vite';
import { repository } from './generated-files.ts';
import { trimUplot } from './trim-uplot.ts';

/** Makes `packages/dashboard/dist`, which mgmt serves. What was built from the same content is left as it is. */

const source = join(repository, 'packages/dashboard');

/** Where the built page is. */
export const dashboardFolder = join(source, 'dist');

/** Beside the page: the hash of what it was built from. */
const originFile = '.built-from';

/** @returns what was done */
export async function buildDashboard(): Promise<'built' | 'unchanged'> {
  const origin = hashSources();
  if (isBuiltFrom(origin)) return 'unchanged';
  // Beside its final place and moved there when it is whole: two may build at the same moment, and mgmt may read.
  const draft = await mkdtemp(join(source, '.draft-'));
  try {
    await build(configFor(draft));
    await writeFile(join(draft, originFile), origin);
    // Whoever runs mgmt may be another one than who built it.
    await chmod(draft, 0o755);
    await replaceFolder(draft, origin);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return 'built';
}

async function replaceFolder(draft: string, origin: string): Promise<void> {
  const old = `${draft}.old`;
  try {
    if (existsSync(dashboardFolder)) await rename(dashboardFolder, old);
    await rename(draft, dashboardFolder);
  } catch (error) {
    // Another one was quicker.
    if (!isBuiltFrom(origin)) throw error;
  } finally {
    await rm(old, { recursive: true, force: true });
  }
}

function configFor(outDir: string): InlineConfig {
  return {
    configFile: false,
    root: source,
    // Relative: the page works below any path, such as that of a proxy.
    base: './',
    logLevel: 'warn',
    plugins: [trimUplot()],
    // Whatever NODE_ENV says where it is built: a build for development is larger, and has paths of the machine in it.
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      // The page's policy allows no data: URLs, and no script in the page itself.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  };
}

function isBuiltFrom(origin: string): boolean {
  const file = join(dashboardFolder, originFile);
  return existsSync(file) && readFileSync(file, 'utf8') === origin;
}

function hashSources(): string {
  const hash = createHash('sha256');
  const patterns = [
    'packages/dashboard/{index.html,package.json}',
    'packages/dashboard/{src,public}/**/*.*',
    'packages/shared/src/{api,errors}/*.ts',
    'tools/{build-dashboard,trim-uplot}.ts',
    'pnpm-lock.yaml',
  ];
  for (const path of globSync(patterns, { cwd: repository }).toSorted()) {
    if (path.endsWith('.test.ts')) continue;
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(repository, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href && (await buildDashboard()) === 'built') {
  process.stderr.write('» built the dashboard\n');
}
