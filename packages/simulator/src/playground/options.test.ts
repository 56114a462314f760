import { describe, expect, it } from 'vitest';
import { parsePlaygroundOptions } from './options.ts';

describe('the command line of the playground', () => {
  it('asks for three clusters where `reroot` looks for mgmt', () => {
    expect(parsePlaygroundOptions([])).toEqual({ clusters: 3, rate: 50, seed: 1, port: 8480 });
    expect(parsePlaygroundOptions(['--clusters', '5', '--port', '9000'])).toMatchObject({ clusters: 5, port: 9000 });
  });

  it.each([
    ['--port', '65535'],
    ['--clusters', '0'],
    ['--strategy', 'NONE'],
  ])('refuses %s %s', (...args) => {
    expect(() => parsePlaygroundOptions(args)).toThrow(expect.objectContaining({ code: 'RR_OPTION_INVALID' }));
  });
});
