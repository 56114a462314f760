import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { buildDashboard, dashboardFolder } from '../build-dashboard.ts';

/** Puts the built dashboard into mgmt, where `embedded-dashboard.ts` stands in for it. */
export const embedDashboard: Plugin = {
  name: 'embedded dashboard',
  setup: (bundling) => {
    bundling.onLoad({ filter: /\/embedded-dashboard\.ts$/ }, async () => {
      await buildDashboard();
      const files = JSON.stringify(await readFiles(), undefined, 1);
      return { contents: `export const embeddedDashboard = ${files};`, loader: 'js' };
    });
  },
};

async function readFiles(): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(dashboardFolder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(dashboardFolder.length + 1));
  const contents = await Promise.all(
    paths.toSorted().map(async (path) => [path, await readFile(join(dashboardFolder, path), 'utf8')] as const),
  );
  return Object.fromEntries(contents);
}
