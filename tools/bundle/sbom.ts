import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../generated-files.ts';
import type { BundledPackage } from './packages.ts';
import type { BundledProgram } from './programs.ts';
import type { BuildOrigin } from './read-build-origin.ts';

/** A bill of materials in the form of CycloneDX 1.6. */
export type Sbom = Readonly<Record<string, unknown>>;

/**
 * Says what a program is made of: each package with its licence, where it is had from and the digest that the lock has of it, and
 * which uses which. Nothing in it comes from the moment or the place of the build.
 */
export async function makeSbom(
  program: BundledProgram,
  origin: BuildOrigin,
  packages: readonly BundledPackage[],
  code: Uint8Array,
): Promise<Sbom> {
  const { version } = JSON.parse(await readFile(join(repository, 'packages', program.package, 'package.json'), 'utf8')) as {
    version: string;
  };
  const integrities = await readIntegrities();
  const self = `pkg:generic/${program.name}@${version}`;
  const refs = new Map(packages.map((each) => [each.folder, purlOf(each)]));
  const dependsOn = (folders: readonly string[]): string[] => folders.flatMap((folder) => refs.get(folder) ?? []).toSorted();
  const direct = packages.filter(({ usedBy }) => usedBy === 'program').map(({ folder }) => folder);
  const body = {
    metadata: {
      ...(origin.committedAt === 'unknown' ? {} : { timestamp: origin.committedAt }),
      component: {
        ...{ type: 'application', 'bom-ref': self, name: program.name, version, description: program.description, purl: self },
        licenses: [{ license: { id: 'Apache-2.0' } }],
        hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(code).digest('hex') }],
        properties: [{ name: 'reroot:commit', value: origin.commit }],
      },
    },
    components: unique(packages).map((each) => describe(each, integrities.get(`${each.name}@${each.version}`))),
    dependencies: [
      { ref: self, dependsOn: dependsOn(direct) },
      ...unique(packages).map((each) => ({ ref: purlOf(each), dependsOn: dependsOn(each.uses) })),
    ],
  };
  return {
    ...{ $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 },
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(body))}`,
    ...body,
  };
}

/** One version of a package may lie in two folders, with other peers. */
function unique(packages: readonly BundledPackage[]): readonly BundledPackage[] {
  return [...new Map(packages.map((each) => [purlOf(each), each])).values()];
}

function describe(each: BundledPackage, integrity: string | undefined): unknown {
  const base = each.name.replace(/^@[^/]+\//, '');
  const url = `https://registry.npmjs.org/${each.name}/-/${base}-${each.version}.tgz`;
  const hashes = integrity === undefined ? {} : { hashes: [{ alg: 'SHA-512', content: hexOf(integrity) }] };
  return {
    ...{ type: 'library', 'bom-ref': purlOf(each), name: each.name, version: each.version, purl: purlOf(each) },
    licenses: describeLicences(each.licences),
    externalReferences: [{ type: 'distribution', url, ...hashes }],
  };
}

/** A name that is no identifier of SPDX has blanks, and so has an expression, which stands alone. */
function describeLicences(licences: readonly string[]): unknown {
  const [only] = licences;
  if (licences.length === 1 && only?.includes(' ') === true) return [{ expression: only }];
  return licences.map((licence) => ({ license: licence.includes(' ') ? { name: licence } : { id: licence } }));
}

function purlOf({ name, version }: BundledPackage): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}

/** What the lock has of each `name@version`: `sha512-…` in base64. pnpm writes its lock in one form always. */
async function readIntegrities(): Promise<ReadonlyMap<string, string>> {
  const lock = await readFile(join(repository, 'pnpm-lock.yaml'), 'utf8');
  const entries = lock.matchAll(/^ {2}'?(@?[^@'\n]+@[^'\n:]+)'?:\n {4}resolution: \{integrity: (sha512-[^},]+)[},]/gm);
  return new Map([...entries].map(([, name = '', integrity = '']) => [name, integrity]));
}

function hexOf(integrity: string): string {
  return Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
}

/** A UUID of version 8 (RFC 9562), whose bits are a digest of the content. */
function uuidOf(content: string): string {
  const bytes = createHash('sha256').update(content).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
