import { describe, expect, it } from 'vitest';
import { chooseParams, unknownParams } from './params.ts';
import { WrongCall } from './wrong-call.ts';

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
    expect(() => choose(setting)).toThrow(WrongCall);
  });

  it('are what the bench takes, and nothing else of their kind', () => {
    const choosy = { ...bench, takes: { mode: ['plain', 'rich'], repeats: { from: 3 } } };
    const chooseOf = (setting: string) => chooseParams(choosy, { form: 'usual', set: [setting] });
    expect([chooseOf('mode=rich'), chooseOf('repeats=3')]).toMatchObject([{ mode: 'rich' }, { repeats: 3 }]);
    expect(() => chooseOf('mode=poor')).toThrow(
      expect.objectContaining({ message: "--set mode: 'poor' is not taken", remedy: 'choose from plain, rich' }),
    );
    expect(() => chooseOf('repeats=2')).toThrow('--set repeats: 2 is less than 3');
  });

  it('are no more than a machine can bear, whoever types a nought too many', () => {
    expect(choose('links=100000')).toMatchObject({ links: [100_000] });
    expect(() => choose('links=3,100000000')).toThrow(
      expect.objectContaining({
        message: '--set links: 100000000 is more than 100000',
        remedy: 'choose a whole number from 1 to 100000',
      }),
    );
    const roomy = { ...bench, takes: { repeats: { to: 200_000 } } };
    expect(chooseParams(roomy, { form: 'usual', set: ['repeats=200000'] })).toMatchObject({ repeats: 200_000 });
    expect(() => chooseParams(roomy, { form: 'usual', set: ['repeats=200001'] })).toThrow('200001 is more than 200000');
  });

  it('that a bench does not have are of another one, or of none', () => {
    const ask = { form: 'usual', set: ['links=1', 'seconds=2', 'wings=3'] } as const;
    expect(chooseParams(bench, ask)).toMatchObject({ links: [1] });
    expect(unknownParams([bench, { params: { seconds: 1 } }], ask)).toEqual(['wings']);
  });
});
