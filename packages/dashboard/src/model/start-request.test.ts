import { describe, expect, it } from 'vitest';
import { changeChoice, choiceKeyOf, startRequestOf } from './start-request.ts';

describe('a start', () => {
  it('asks for what was chosen, and leaves the rest to the mesh', () => {
    const choice = changeChoice(changeChoice({}, 'verification', 'manual'), 'strategy', 'NONE');
    expect(startRequestOf(changeChoice(choice, 'strategy', ''), { by: 'ann', why: '', overridden: [] })).toEqual({
      verification: 'manual',
      by: 'ann',
    });
  });

  it('says why, also for each check that it overrides', () => {
    expect(startRequestOf({}, { by: 'ann', why: 'its key is old', overridden: [] })).toEqual({
      by: 'ann',
      why: 'its key is old',
    });
    expect(startRequestOf({}, { by: undefined, why: 'known', overridden: ['a', 'b'] })).toEqual({
      why: 'known',
      overrides: [
        { check: 'a', why: 'known' },
        { check: 'b', why: 'known' },
      ],
    });
  });

  it('is another one than that which preflight was asked about, when anything of it differs', () => {
    expect(choiceKeyOf('demo', {})).toBe(choiceKeyOf('demo', {}));
    expect(choiceKeyOf('demo', { strategy: 'NONE' })).not.toBe(choiceKeyOf('demo', {}));
  });
});
