import { describe, expect, it } from 'vitest';
import { examples, verbsOf } from './examples.ts';
import { createWholeProgram } from './program.ts';
import { shellInto } from './testing/run-captured.ts';

const verbs = verbsOf(await createWholeProgram(shellInto([], [])));

describe('the help of each verb', () => {
  it('has an example, and there is none of a verb that is gone', () => {
    expect(Object.keys(examples).toSorted()).toEqual(verbs.map(({ path }) => path).toSorted());
  });

  it.each(Object.entries(examples))('has one that is understood: %s', async (path, line) => {
    const program = await createWholeProgram(shellInto([], []));
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
