import { describe, expect, it } from 'vitest';
import { configFileOf } from './config-file-of.ts';

describe('the command line of a program', () => {
  it('names the configuration', () => {
    expect(configFileOf(['--config', 'mgmt.yaml'])).toBe('mgmt.yaml');
  });

  it.each([[[]], [['--config']], [['--confg', 'x']], [['mgmt.yaml']]])('is refused as %j', (args) => {
    expect(() => configFileOf(args)).toThrow(
      expect.objectContaining({ code: 'RR_OPTION_INVALID', remedy: expect.stringContaining('--config') }),
    );
  });
});
