import { describe, expect, it } from 'vitest';
import { type DaemonProgram, readProgramArguments } from './read-program-arguments.ts';

const program: DaemonProgram = { name: 'reroot-x', version: '1.2.3', purpose: 'Does x.', page: 'docs/x.md' };

describe('the command line of a program', () => {
  it('names the configuration', () => {
    expect(readProgramArguments(program, ['--config', 'mgmt.yaml'])).toEqual({ kind: 'start', configFile: 'mgmt.yaml' });
  });

  it('asks which version this is, whatever else it says', () => {
    const { text } = readProgramArguments(program, ['--config', 'x', '--version']) as { text: string };
    expect(text).toMatch(/^reroot-x 1\.2\.3 · run from its sources · node v\S+\n$/);
  });

  it.each(['--help', '-h'])('asks for help with %s', (option) => {
    const { text } = readProgramArguments(program, [option]) as { text: string };
    expect(text).toMatch(/^usage: reroot-x --config FILE\n\nDoes x\.\n/);
    expect(text).toContain('docs/x.md');
  });

  it.each([[[]], [['--config']], [['--confg', 'x']], [['mgmt.yaml']]])('is refused as %j', (args) => {
    expect(() => readProgramArguments(program, args)).toThrow(
      expect.objectContaining({ code: 'RR_OPTION_INVALID', remedy: expect.stringContaining('--config') }),
    );
  });
});
