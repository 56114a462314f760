import { describe, expect, it } from 'vitest';
import { findMissing } from './compare-output.ts';
import { readCommands, readSpans } from './read-commands.ts';

const page = [
  'Say `reroot status` or',
  '`reroot',
  'plan`.',
  '```sh',
  'reroot rotate \\',
  "  --why 'no # here'   # a comment",
  '```',
  '1. in a list',
  '   ```console',
  '   $ reroot status',
  '   mesh demo',
  '   …',
  '   $ reroot wait',
  '   ```',
  '',
  '    reroot audit list',
  '```yaml',
  '$ no command',
  '```',
].join('\n');

describe('what is read of a page', () => {
  it('is each command with its line and the output that is shown', () => {
    expect(readCommands('page.md', page).map(({ line, text, shown }) => [line, text, shown])).toEqual([
      [5, "reroot rotate --why 'no # here'", []],
      [10, 'reroot status', ['mesh demo', '…']],
      [13, 'reroot wait', []],
      [16, 'reroot audit list', []],
    ]);
  });

  it('is each mention of the client in a sentence', () => {
    expect(readSpans('page.md', page).map(({ line, text }) => [line, text])).toEqual([
      [1, 'reroot status'],
      [2, 'reroot plan'],
    ]);
  });
});

describe('output that is compared', () => {
  const came = ['mesh demo: FINISHED · generation 12 · for 3.4 s', 'a  b', 'old root 0123456789ab', '', 'the end'];

  it('may differ in what differs from run to run', () => {
    expect(
      findMissing(['mesh demo: FINISHED · generation 3 · for 12 ms', 'a      b', 'old root ffffffffffff'], came),
    ).toBeUndefined();
  });

  it('may leave out what the page leaves out, and no more', () => {
    expect(findMissing(['mesh … for 1 s', '…', 'the end'], came)).toBeUndefined();
    expect(findMissing(['…', 'a  b', 'the end'], came)).toBe('the end');
    expect(findMissing(['a  b', 'a  b'], came)).toBe('a  b');
    expect(findMissing(['mesh demo: FAILED …'], came)).toBe('mesh demo: FAILED …');
  });
});
