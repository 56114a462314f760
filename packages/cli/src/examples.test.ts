import { describe, expect, it } from 'vitest';
import { compileCacheOf } from './compile-cache.ts';
import { examples, verbsOf } from './examples.ts';
import { createProgram } from './program.ts';
import { shellInto } from './testing/run-captured.ts';

const verbs = verbsOf(createProgram(shellInto([], [])));

describe('the help of each verb', () => {
  it('has an example, and there is none of a verb that is gone', () => {
    expect(Object.keys(examples).toSorted()).toEqual(verbs.map(({ path }) => path).toSorted());
  });

  it.each(Object.entries(examples))('has one that is understood: %s', async (path, line) => {
    const program = createProgram(shellInto([], []));
    let ran = '';
    for (const each of verbsOf(program)) each.verb.action(() => void (ran = each.path));
    const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    await program.parseAsync(words.slice(1), { from: 'user' });
    expect(ran).toBe(path);
  });

  it('shows it', () => {
    const { verb } = verbs.find(({ path }) => path === 'wait')!;
    const out: string[] = [];
    verb.configureOutput({ writeOut: (text) => void out.push(text) }).outputHelp();
    expect(out.join('')).toContain('Example:\n  $ reroot wait approval --timeout 2h');
  });
});

describe('what is compiled', () => {
  it('is kept in a folder of the person, or not at all', () => {
    expect(compileCacheOf({ XDG_CACHE_HOME: '/c', HOME: '/h' })).toBe('/c/reroot/compiled');
    expect(compileCacheOf({ XDG_CACHE_HOME: 'c', HOME: '/h' })).toBe('/h/.cache/reroot/compiled');
    expect(compileCacheOf({})).toBeUndefined();
  });
});
