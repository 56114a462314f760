import { describe, expect, it } from 'vitest';
import { bundledPrograms, environmentOf, nodeOptionsOf } from '../../tools/bundle/programs.ts';
import { findFiles, readRepositoryFile } from './sources.ts';

const names = bundledPrograms.map(({ name }) => name);

/** The instructions of a Dockerfile, continued lines put together. */
function instructionsOf(name: string): readonly (readonly [string, string])[] {
  const text = readRepositoryFile(`deploy/images/${name}.Dockerfile`);
  const lines = text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, instruction = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
      return [instruction, rest.replace(/\s+/g, ' ').trim()] as const;
    });
}

const restOf = (name: string, instruction: string): readonly string[] =>
  instructionsOf(name)
    .filter(([each]) => each === instruction)
    .map(([, rest]) => rest);

describe('the images', () => {
  it('are of every program that is bundled', () => {
    expect(findFiles('deploy/images/*.Dockerfile').toSorted()).toEqual(
      names.map((name) => `deploy/images/${name}.Dockerfile`).toSorted(),
    );
  });

  it.each(names)('stand on one image, whose digest the builder must name: %s', (name) => {
    expect(restOf(name, 'FROM')).toEqual(['${NODE_IMAGE}@${NODE_DIGEST}']);
    expect(restOf(name, 'ARG')).toContain('NODE_DIGEST');
  });

  it.each(names)(
    'hold the program, its licences and what it is made of, which nobody can write, and nothing else: %s',
    (name) => {
      const [copied, ...more] = restOf(name, 'COPY');
      const files = ['', '.LICENSES.txt', '.cdx.json'].map((suffix) => `${name}.mjs${suffix}`);
      expect(copied).toBe(`--chown=0:0 --chmod=0444 ${files.join(' ')} /reroot/`);
      expect(more).toEqual([]);
      expect(restOf(name, 'RUN')).toEqual([]);
      expect(restOf(name, 'ADD')).toEqual([]);
    },
  );

  it.each(names)('run it as nobody, by a number: %s', (name) => {
    expect(restOf(name, 'USER')).toEqual(['65532:65532']);
    const words = ['/nodejs/bin/node', ...nodeOptionsOf(name), `/reroot/${name}.mjs`];
    expect(restOf(name, 'ENTRYPOINT')).toEqual([`[${words.map((word) => `"${word}"`).join(', ')}]`]);
    const variables = Object.entries({ NODE_ENV: 'production', ...environmentOf(name) });
    expect(restOf(name, 'ENV')).toEqual([variables.map(([variable, value]) => `${variable}=${value}`).join(' ')]);
    expect(restOf(name, 'HEALTHCHECK')).toEqual(['NONE']);
    expect(instructionsOf(name).findIndex(([each]) => each === 'USER')).toBeLessThan(
      instructionsOf(name).findIndex(([each]) => each === 'ENTRYPOINT'),
    );
  });

  it.each(names)('say what they are, by the labels of OCI: %s', (name) => {
    const labels = [
      ...restOf(name, 'LABEL')
        .join(' ')
        .matchAll(/org\.opencontainers\.image\.(\w+)=/g),
    ].map(([, each]) => each);
    expect(labels.toSorted()).toEqual(['created', 'description', 'licenses', 'revision', 'source', 'title', 'version']);
  });
});
