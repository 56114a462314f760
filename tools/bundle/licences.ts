import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../generated-files.ts';
import type { BundledPackage } from './packages.ts';

/** The licence of each package that is in a bundle, as one text. */
export async function collectLicences(packages: readonly BundledPackage[]): Promise<string> {
  const texts = await Promise.all(packages.map(readLicence));
  return texts.join(`\n${'-'.repeat(80)}\n`);
}

async function readLicence({ name, version, licences, folder }: BundledPackage): Promise<string> {
  const root = join(repository, folder);
  const file = (await readdir(root)).find((each) => /^(licen[cs]e|copying)/i.test(each));
  const text = file === undefined ? licences.join(' or ') : await readFile(join(root, file), 'utf8');
  return `${name} ${version}\n\n${text.trim()}\n`;
}
