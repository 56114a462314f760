import { describe, expect, it } from 'vitest';
import { parseDemoOptions } from './options.ts';

describe("the demo's command line", () => {
  it('has defaults for everything', () => {
    expect(parseDemoOptions([])).toEqual({
      clusters: 3,
      strategy: 'MULTI_ROOT',
      verification: 'none',
      rate: 100,
      seed: 1,
      keep: false,
      json: false,
    });
  });

  it('takes the strategy in small letters', () => {
    expect(parseDemoOptions(['--strategy', 'none', '--clusters', '5', '--json'])).toMatchObject({
      strategy: 'NONE',
      clusters: 5,
      json: true,
    });
  });

  it.each([
    ['--clusters', '0'],
    ['--clusters', '3.5'],
    ['--rate', 'fast'],
    ['--strategy', 'BOTH'],
    ['--verification', 'automatic'],
    ['--kep'],
    ['more'],
  ])('refuses %s %s', (...args) => {
    expect(() => parseDemoOptions(args)).toThrow(expect.objectContaining({ code: 'RR_OPTION_INVALID' }));
  });

  it('keeps what it says about a mistyped option on one line', () => {
    const message = "unknown option '--kep' (Did you mean --keep?)";
    expect(() => parseDemoOptions(['--kep'])).toThrow(expect.objectContaining({ message }));
  });
});
