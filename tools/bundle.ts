import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { repository } from './generated-files.ts';

/** Makes `dist/reroot-agent.mjs`, the agent as one file that needs Node and nothing else, and the licences of what is in it. */

const outputFolder = join(repository, 'dist');
const outputFile = join(outputFolder, 'reroot-agent.mjs');
/** Another run of this tool must neither write into it, nor may anybody read a file that is half written. */
const draftFile = join(outputFolder, `reroot-agent.${process.pid}.mjs`);

/** Packages of the CommonJS kind call `require`, which a module has not. */
const requireForCommonJs = `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);`;

/**
 * The agent takes the configuration from this client, and nothing else of it. Its index would bring some 1,500 models of
 * the API along, and 130 MB of memory with them; the package does not say that its files can be left out.
 */
const partOfKubernetesClient: Plugin = {
  name: 'part of the Kubernetes client',
  setup: (bundling) => {
    bundling.onResolve({ filter: /^@kubernetes\/client-node$/ }, async ({ importer, resolveDir, pluginData }) => {
      if (pluginData === 'the index') return undefined;
      const from = { importer, resolveDir, kind: 'import-statement', pluginData: 'the index' } as const;
      const index = await bundling.resolve('@kubernetes/client-node', from);
      return { path: join(dirname(index.path), 'config.js'), sideEffects: false };
    });
    bundling.onResolve({ filter: /^\.{1,2}\// }, ({ importer, resolveDir, path }) =>
      importer.includes('/@kubernetes/client-node/dist/') ? { path: join(resolveDir, path), sideEffects: false } : undefined,
    );
  },
};

const { metafile } = await build({
  entryPoints: [join(repository, 'packages/agent/src/main.ts')],
  outfile: draftFile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  // Stack traces in logs must name functions; the map is for those who look closer.
  keepNames: true,
  sourcemap: 'external',
  legalComments: 'none',
  banner: { js: requireForCommonJs },
  plugins: [partOfKubernetesClient],
  metafile: true,
  logLevel: 'warning',
});
await mkdir(outputFolder, { recursive: true });
await writeFile(`${draftFile}.LICENSES.txt`, await collectLicences(Object.keys(metafile.inputs)));
for (const suffix of ['.LICENSES.txt', '.map', '']) await rename(`${draftFile}${suffix}`, `${outputFile}${suffix}`);
const { size } = await stat(outputFile);
process.stderr.write(`wrote ${relative(repository, outputFile)} (${(size / 2 ** 20).toFixed(2)} MiB)\n`);

/** The licence of each package that a file of the bundle comes from. */
async function collectLicences(inputs: readonly string[]): Promise<string> {
  const folders = new Set(inputs.map(packageFolderOf).filter((folder) => folder !== undefined));
  const texts = await Promise.all([...folders].toSorted().map(readLicence));
  return texts.join(`\n${'-'.repeat(80)}\n`);
}

/** For example node_modules/.pnpm/ws@8/node_modules/ws; undefined for what is our own. */
function packageFolderOf(input: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

async function readLicence(folder: string): Promise<string> {
  const root = join(repository, folder);
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const name = (await readdir(root)).find((file) => /^(licen[cs]e|copying)/i.test(file));
  const path = join(root, name ?? '');
  const text =
    name !== undefined && existsSync(path) ? await readFile(path, 'utf8') : `${manifest.license ?? 'unknown licence'}\n`;
  return `${manifest.name} ${manifest.version}\n\n${text.trim()}\n`;
}
