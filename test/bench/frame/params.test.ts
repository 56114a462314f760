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

  it.each(['repeats=many', 'repeats=', 'links=1,,2', 'repeats=-1', 'repeats=Infinity', '=1', 'repeats'])(
    'do not become %s',
    (setting) => {
      expect(() => choose(setting)).toThrow(WrongParam);
    },
  );

  it('that a bench does not have are of another one, or of none', () => {
    const ask = { form: 'usual', set: ['links=1', 'seconds=2', 'wings=3'] } as const;
    expect(chooseParams(bench, ask)).toMatchObject({ links: [1] });
    expect(unknownParams([bench, { params: { seconds: 1 } }], ask)).toEqual(['wings']);
  });
});
