import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleProgram } from './bundle/bundle-program.ts';
import { collectLicences } from './bundle/licences.ts';
import { bundledPrograms } from './bundle/programs.ts';
import { readBuildOrigin } from './bundle/read-build-origin.ts';
import { makeSbom } from './bundle/sbom.ts';
import { repository } from './generated-files.ts';

/**
 * Makes `dist/PROGRAM.mjs` of each program that is named, of all without a name: the program as one file that needs Node and
 * nothing else. Beside it are its map, the licences of what is in it, and its bill of materials (CycloneDX). The same sources
 * give the same bytes.
 */
const { values, positionals } = parseArgs({
  options: { out: { type: 'string', default: join(repository, 'dist') } },
  allowPositionals: true,
});
const folder = resolve(values.out);
const unknown = positionals.filter((name) => !bundledPrograms.some((program) => program.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `error: there is no ${unknown.join(', ')}; there are ${bundledPrograms.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}
const origin = await readBuildOrigin(process.env);
await mkdir(folder, { recursive: true });
for (const program of bundledPrograms) {
  if (positionals.length > 0 && !positionals.includes(program.name)) continue;
  const { code, map, packages } = await bundleProgram(program, origin);
  const file = join(folder, `${program.name}.mjs`);
  await replaceFile(`${file}.LICENSES.txt`, await collectLicences(packages));
  await replaceFile(`${file}.cdx.json`, `${JSON.stringify(await makeSbom(program, origin, packages, code), undefined, 2)}\n`);
  await replaceFile(`${file}.map`, map);
  await replaceFile(file, code);
  const size = (code.length / 2 ** 20).toFixed(2);
  process.stderr.write(`wrote ${relative(process.cwd(), file)} (${size} MiB, ${packages.length} packages)\n`);
}

/** Another run of this tool may write it at the same moment, and nobody may read a file that is half written. */
async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, content);
  await rename(draft, path);
}
