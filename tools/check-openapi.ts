import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './generated-files.ts';
import { type ComparedDocument, findBreaks } from './openapi-breaking.ts';

/** What clients may have been written for: the document of the last release. */
const baseline = join(repository, 'docs/openapi-baseline.json');
const document = join(repository, 'docs/openapi.json');

const read = async (path: string): Promise<ComparedDocument> => JSON.parse(await readFile(path, 'utf8')) as ComparedDocument;

if (process.argv.includes('--accept')) {
  await copyFile(document, baseline);
} else {
  const breaks = findBreaks(await read(baseline), await read(document));
  if (breaks.length > 0) {
    process.stderr.write(`error: clients of the API would break:\n${breaks.map((what) => `  ${what}\n`).join('')}`);
    process.stderr.write('remedy: make it an addition; if it must be, CONTRIBUTING.md says how it is accepted\n');
    process.exitCode = 1;
  }
}
