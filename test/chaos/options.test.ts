import { describe, expect, it } from 'vitest';
import { usualFaultKinds } from './fault.ts';
import { OptionProblem, readOptions } from './options.ts';

const read = (...args: readonly string[]) => readOptions(args, () => 42);

describe('the options of ./dev chaos', () => {
  it('have defaults', () => {
    expect(read()).toEqual({
      ...{ runs: 10, seed: 42, minutes: 60, faults: usualFaultKinds, fleet: 'shared', json: undefined, show: 'runs' },
    });
  });

  it('are read', () => {
    const args = ['--runs', '3', '--seed', '7', '--minutes', '2', '--faults', 'kill,pause', '--fresh', '--json', 'f', '--story'];
    expect(read(...args)).toEqual({
      ...{ runs: 3, seed: 7, minutes: 2, faults: ['kill', 'pause'], fleet: 'fresh', json: 'f', show: 'stories' },
    });
    expect(read('--help')).toBeUndefined();
  });

  it.each([[['--runs', '0']], [['--runs', 'x']], [['--seed', '-1']], [['--faults', 'flood']], [['--what']]])(
    '%s is refused',
    (args) => {
      expect(() => read(...args)).toThrow(OptionProblem);
    },
  );
});
