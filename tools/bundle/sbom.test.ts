import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, bundleProgram } from './bundle-program.ts';
import { collectLicences } from './licences.ts';
import { bundledPrograms } from './programs.ts';
import { readBuildOrigin } from './read-build-origin.ts';
import { makeSbom } from './sbom.ts';

const origin = await readBuildOrigin({ REROOT_COMMIT: '0123abcd', SOURCE_DATE_EPOCH: '1795946400' });

describe.each(bundledPrograms)('the bill of materials of $name', { timeout: 120_000 }, (program) => {
  let bundle: Bundle;
  beforeAll(async () => {
    bundle = await bundleProgram(program, origin);
  }, 120_000);

  it('is valid CycloneDX 1.6, and says the same each time', async () => {
    const sbom = JSON.stringify(await makeSbom(program, origin, bundle.packages, bundle.code));
    expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(sbom)).toBeNull();
    expect(JSON.stringify(await makeSbom(program, origin, bundle.packages, bundle.code))).toBe(sbom);
    expect(sbom).toContain('"timestamp":"2026-11-29T10:00:00Z"');
  });

  it('names every package with its licence and the digest of the lock, and who uses it', async () => {
    const sbom = (await makeSbom(program, origin, bundle.packages, bundle.code)) as {
      components: { purl: string; licenses: unknown[]; externalReferences: { hashes?: unknown }[] }[];
      dependencies: { ref: string; dependsOn: string[] }[];
    };
    const names = sbom.components.map(({ purl }) => purl);
    expect(names).toContainEqual(expect.stringMatching(/^pkg:npm\/zod@4\./));
    if (program.dashboard === 'embedded') expect(names).toContainEqual(expect.stringMatching(/^pkg:npm\/preact@/));
    expect(sbom.components.filter(({ externalReferences: [first] }) => first?.hashes === undefined)).toEqual([]);
    expect(sbom.components.filter(({ licenses }) => JSON.stringify(licenses).includes('unknown'))).toEqual([]);
    const used = new Set(sbom.dependencies.flatMap(({ dependsOn }) => dependsOn));
    expect(names.filter((name) => !used.has(name))).toEqual([]);
  });

  it('has a licence text for each of them', async () => {
    const licences = await collectLicences(bundle.packages);
    expect(bundle.packages.filter(({ name, version }) => !licences.includes(`${name} ${version}\n\n`))).toEqual([]);
  });
});
