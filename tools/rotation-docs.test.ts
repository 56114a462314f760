import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { moves } from '../packages/mgmt/src/rotation/moves.ts';
import { laggardReasons, meshReasons, trustReasons } from '../packages/mgmt/src/rotation/verdict.ts';
import { repository } from './generated-files.ts';
import { fillParts, rotationParts } from './rotation-docs.ts';

const document = await readFile(join(repository, 'docs/rotation.md'), 'utf8');

describe('docs/rotation.md', () => {
  it('draws and lists the machine as its table has it', () => {
    expect(fillParts(document, rotationParts())).toBe(document);
  });

  it('shows each state, each move and each reason', () => {
    const states = Object.values(moves).flatMap(({ from, to }) => [...from, ...to]);
    const names = [
      ...states,
      ...Object.keys(moves),
      ...laggardReasons,
      ...Object.values(trustReasons),
      ...Object.values(meshReasons),
    ];
    expect([...new Set(names)].filter((name) => !document.includes(name))).toEqual([]);
  });

  it('is refused when a part has no place in it', () => {
    expect(() => fillParts('no markers', { moves: '' })).toThrow('no place for moves');
  });
});
