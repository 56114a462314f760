import { clusterStatus, meshStatus } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { createLiveProgress } from './live-progress.ts';
import { createTerminal } from './testing/terminal.ts';

const clock = { now: () => Date.UTC(2027, 0, 1), sleep: () => Promise.resolve() };
const fleet = (count: number, generation: number) =>
  meshStatus({ generation, clusters: Array.from({ length: count }, (_, index) => clusterStatus({ name: `c-${index}` })) });

describe('a mesh on a terminal', () => {
  it('is drawn over itself in one piece, line by line, and leaves nothing of a longer one', () => {
    const terminal = createTerminal(120, 40);
    const progress = createLiveProgress(terminal.screen, clock, 'table');
    progress.show(fleet(3, 2));
    progress.show(fleet(1, 3));
    const lines = terminal.lines();
    expect(lines.filter((line) => line.startsWith('mesh demo:'))).toEqual([expect.stringContaining('generation 3')]);
    expect(lines.filter((line) => line.startsWith('c-'))).toHaveLength(1);
    expect(terminal.written).toHaveLength(2);
    // What is cleared before it is written again flickers.
    expect(terminal.written[1]).not.toMatch(/\u001b\[\d*A\r?\u001b\[0?J/);
  });

  it.each([
    ['narrower', 60, 40],
    ['wider', 200, 40],
    ['much narrower, and higher', 20, 200],
  ])('is drawn once on a terminal that has become %s', (_, columns, rows) => {
    const terminal = createTerminal(110, 40);
    terminal.screen.write('$ reroot status --watch\n');
    const progress = createLiveProgress(terminal.screen, clock, 'table');
    progress.show(fleet(2, 2));
    terminal.resize(columns, rows);
    progress.show(fleet(2, 3));
    progress.show(fleet(2, 4));
    const lines = terminal.lines();
    expect(lines[0]).toBe('$ reroot status --watch');
    expect(lines.filter((line) => line.startsWith('mesh de'))).toHaveLength(1);
    expect(Math.max(...lines.slice(1).map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it('says how much there is no room for, and leaves the last row free', () => {
    const terminal = createTerminal(80, 10);
    createLiveProgress(terminal.screen, clock, 'table').show(fleet(50, 2));
    expect(terminal.lines()).toHaveLength(9);
    expect(terminal.lines().at(-1)).toMatch(/^and \d+ more lines; `reroot status` shows all$/);
  });

  it('keeps a note above what it goes on drawing', () => {
    const terminal = createTerminal(120, 40);
    const progress = createLiveProgress(terminal.screen, clock, 'table');
    progress.show(fleet(2, 2));
    progress.happened('mgmt cannot be reached; trying again');
    const told = '2027-01-01T00:00:00Z mgmt cannot be reached; trying again';
    progress.show(fleet(2, 3));
    const lines = terminal.lines();
    expect(lines[0]).toBe(told);
    expect(lines[1]).toContain('generation 3');
    progress.clear();
    expect(terminal.lines()).toEqual([told]);
  });
});
