import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const apiSources = join(import.meta.dirname, '../../packages/mgmt/src/api');

/** Every path that mgmt's API answers GET for, as its sources say: one that is added is looked at from then on. */
export function pathsToRead(mesh: string): readonly string[] {
  const sources = globSync('**/*.ts', { cwd: apiSources, exclude: ['**/*.test.ts', '**/testing/**'] });
  const texts = sources.map((file) => readFileSync(join(apiSources, file), 'utf8'));
  return texts.flatMap((text) =>
    [...text.matchAll(/method: 'GET',\s+url: '([^']+)'/g)].map(([, path = '']) => path.replace(':mesh', mesh)),
  );
}
