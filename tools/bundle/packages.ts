import { readFile, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Metafile } from 'esbuild';
import { repository } from '../generated-files.ts';

/** A package of somebody else that is part of a program. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its manifest says them: one, an expression, or several that one may choose from. */
  readonly licences: readonly string[];
  /** From the top folder of the repository. */
  readonly folder: string;
  /** The folders of those that it uses. */
  readonly uses: readonly string[];
  /** `program`: our own code uses it. */
  readonly usedBy: 'program' | 'packages';
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  /** Maps stand in old manifests. */
  readonly license?: string | { readonly type: string } | readonly { readonly type: string }[];
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The packages that files of a bundle come from, and which of them imports which. */
export async function packagesIn({ inputs, outputs }: Metafile): Promise<readonly BundledPackage[]> {
  // An input of which nothing was left is no part of the program.
  const kept = new Set(Object.values(outputs).flatMap((output) => Object.keys(output.inputs)));
  const uses = new Map<string, Set<string>>();
  const direct = new Set<string>();
  for (const file of kept) {
    const user = packageFolderOf(file);
    if (user !== undefined && !uses.has(user)) uses.set(user, new Set());
  }
  for (const [file, { imports }] of Object.entries(inputs)) {
    const user = packageFolderOf(file);
    for (const used of imports.map(({ path }) => packageFolderOf(path))) {
      if (used === undefined || used === user || !uses.has(used)) continue;
      if (user === undefined) direct.add(used);
      else uses.get(user)?.add(used);
    }
  }
  return Promise.all(
    [...uses].toSorted(byName).map(async ([folder, used]) => describe(folder, used, direct.has(folder) ? 'program' : 'packages')),
  );
}

/** What the dashboard was built with; vite does not tell it, so that it is what its manifest names and what those need. */
export async function packagesOfDashboard(): Promise<readonly BundledPackage[]> {
  const found = new Map<string, BundledPackage>();
  const visit = async (folder: string, name: string, usedBy: BundledPackage['usedBy']): Promise<string> => {
    const own = relative(repository, await realpath(join(repository, folder, name)));
    if (found.has(own)) return own;
    const siblings = own.slice(0, own.length - name.length - 1);
    const { dependencies = {} } = await readManifest(own);
    const used: string[] = [];
    found.set(own, await describe(own, [], usedBy));
    for (const dependency of Object.keys(dependencies).toSorted()) used.push(await visit(siblings, dependency, 'packages'));
    found.set(own, await describe(own, used, usedBy));
    return own;
  };
  const { dependencies = {} } = await readManifest('packages/dashboard');
  const others = Object.keys(dependencies).filter((name) => !name.startsWith('@reroot/'));
  for (const name of others.toSorted()) await visit('packages/dashboard/node_modules', name, 'program');
  return [...found.entries()].toSorted(byName).map(([, each]) => each);
}

/** For example node_modules/.pnpm/ws@8/node_modules/ws; undefined for what is our own. */
function packageFolderOf(input: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

async function describe(folder: string, uses: Iterable<string>, usedBy: BundledPackage['usedBy']): Promise<BundledPackage> {
  const { name, version, license = 'unknown' } = await readManifest(folder);
  const licences = [license].flat().map((each) => (typeof each === 'string' ? each : each.type));
  return { name, version, licences, folder, uses: [...uses].toSorted(), usedBy };
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(repository, folder, 'package.json'), 'utf8')) as Manifest;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
