import { describe, expect, it } from 'vitest';
import { chooseParams, unknownParams, WrongParam } from './params.ts';

const bench = { params: { links: [100, 1_000], repeats: 5, mode: 'plain' }, long: { repeats: 50 } };
const choose = (...set: string[]) => chooseParams(bench, { form: 'usual', set });

describe('the parameters of a bench', () => {
  it('are its own where nothing else was asked for', () => {
    expect(choose()).toEqual(bench.params);
    expect(chooseParams(bench, { form: 'long', set: [] })).toEqual({ ...bench.params, repeats: 50 });
  });

  it('are changed one by one, each to a value of its kind', () => {
    expect(choose('links=5', 'repeats=1', 'mode=a=b')).toEqual({ links: [5], repeats: 1, mode: 'a=b' });
    expect(choose('links=5,6')).toMatchObject({ links: [5, 6] });
    expect(chooseParams(bench, { form: 'long', set: ['repeats=2'] })).toMatchObject({ repeats: 2 });
  });

  it.each([
    'repeats=many',
    'repeats=',
    'links=1,,2',
    'links=1,0',
    'repeats=0',
    'repeats=-1',
    'repeats=1.5',
    'repeats=Infinity',
    '=1',
    'repeats',
  ])('do not become %s', (setting) => {
    expect(() => choose(setting)).toThrow(WrongParam);
  });

  it('are what the bench takes, and nothing else of their kind', () => {
    const choosy = { ...bench, takes: { mode: ['plain', 'rich'], repeats: { from: 3 } } };
    const chooseOf = (setting: string) => chooseParams(choosy, { form: 'usual', set: [setting] });
    expect([chooseOf('mode=rich'), chooseOf('repeats=3')]).toMatchObject([{ mode: 'rich' }, { repeats: 3 }]);
    expect(() => chooseOf('mode=poor')).toThrow("--set mode: 'poor' is none of plain, rich");
    expect(() => chooseOf('repeats=2')).toThrow('--set repeats: 2 is less than 3');
  });

  it('that a bench does not have are of another one, or of none', () => {
    const ask = { form: 'usual', set: ['links=1', 'seconds=2', 'wings=3'] } as const;
    expect(chooseParams(bench, ask)).toMatchObject({ links: [1] });
    expect(unknownParams([bench, { params: { seconds: 1 } }], ask)).toEqual(['wings']);
  });
});
