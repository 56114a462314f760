import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { repository } from '../generated-files.ts';
import { embedDashboard } from './embed-dashboard.ts';
import { leaveOut } from './left-out.ts';
import { nodeBuiltins } from './node-builtins.ts';
import { type BundledPackage, packagesIn, packagesOfDashboard } from './packages.ts';
import { partOfKubernetesClient } from './part-of-kubernetes-client.ts';
import type { BundledProgram } from './programs.ts';
import type { BuildOrigin } from './read-build-origin.ts';

/** A program as one file. */
export interface Bundle {
  readonly code: Uint8Array;
  readonly map: Uint8Array;
  /** What of others is in it. */
  readonly packages: readonly BundledPackage[];
}

/** Packages of the CommonJS kind call `require`, which a module has not. */
const requireForCommonJs = `const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);`;

/** Makes one file of a program. The same sources and the same origin give the same bytes, wherever they lie. */
export async function bundleProgram(program: BundledProgram, origin: BuildOrigin): Promise<Bundle> {
  const { metafile, ...files } = await bundleSources(program, origin, repository);
  return { ...files, packages: await packagesOf(program, metafile) };
}

/** The same of sources that lie in another folder, in the layout of this repository, without a word on what of others is in it. */
export async function bundleSources(
  program: BundledProgram,
  origin: BuildOrigin,
  sources: string,
): Promise<Pick<Bundle, 'code' | 'map'> & { readonly metafile: Metafile }> {
  const ofDashboard = program.dashboard === 'embedded' ? [embedDashboard] : [];
  const { outputFiles, metafile } = await build({
    absWorkingDir: sources,
    entryPoints: [join('packages', program.package, program.entry)],
    // Nothing is written there: the map names its sources from it.
    outfile: join('dist', `${program.name}.mjs`),
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minifyWhitespace: true,
    minifySyntax: true,
    // Stack traces in logs must name functions; the map is for those who look closer. And with names of their own, esbuild puts
    // the packages into methods, which V8 reads when they are called, and not into arrow functions, which it reads at once.
    minifyIdentifiers: false,
    charset: 'ascii',
    sourcemap: 'external',
    legalComments: 'none',
    banner: { js: requireForCommonJs },
    define: { REROOT_BUILD: JSON.stringify(origin) },
    plugins: [nodeBuiltins, leaveOut, partOfKubernetesClient, ...ofDashboard],
    metafile: true,
    logLevel: 'warning',
  });
  const contentOf = (suffix: string): Uint8Array =>
    outputFiles.find(({ path }) => path.endsWith(suffix))?.contents ?? new Uint8Array();
  return { code: contentOf('.mjs'), map: contentOf('.mjs.map'), metafile };
}

async function packagesOf(program: BundledProgram, metafile: Metafile): Promise<readonly BundledPackage[]> {
  const own = await packagesIn(metafile);
  return program.dashboard === 'none' ? own : [...own, ...(await packagesOfDashboard())];
}
