import { describe, expect, it } from 'vitest';
import { examples, verbsOf } from './examples.ts';
import { createWholeProgram } from './program.ts';
import { runCaptured, shellInto } from './testing/run-captured.ts';
import { verbGroups } from './verbs.ts';

const verbs = verbsOf(await createWholeProgram(shellInto([], [])));

describe('reroot help', () => {
  it('has the verbs in groups, each on a line of its own, before the options, and fits a terminal', async () => {
    const { stdout, exit } = await runCaptured(['help']);
    expect(exit).toBe(0);
    expect(stdout.match(/^[A-Z][\w ]+:$/gm)).toEqual([...verbGroups.map((group) => `${group}:`), 'Options:']);
    expect(stdout).toContain('\n  rotate                 replace the root of a mesh, and follow it to the end\n');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("shows what is a verb's own, also below another one, and says where the rest is", async () => {
    const { stdout } = await runCaptured(['help', 'nats', 'init']);
    expect(stdout).toContain('Usage: reroot nats init [options]');
    expect(stdout).toContain('`reroot help`');
    expect(stdout).not.toMatch(/--token-file|default: \[\]/);
  });

  it.each(['cluster', 'nats', 'context', ...verbs.map(({ path }) => path)])(
    'fits a terminal but for examples: %s',
    async (path) => {
      const { stdout } = await runCaptured(['help', ...path.split(' ')]);
      expect(stdout.split('\n').filter((line) => line.length > 80 && !line.startsWith('  $ '))).toEqual([]);
    },
  );

  it('knows no other verb', async () => {
    expect(await runCaptured(['help', 'nats', 'frob'])).toMatchObject({ exit: 2, message: 'there is no verb nats frob' });
  });
});

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
