import { describe, expect, it } from 'vitest';
import { createLossNote } from './loss-note.ts';
import { createPlainProgress } from './plain-progress.ts';
import { createTerminal } from './testing/terminal.ts';

describe('a mgmt that goes away', () => {
  it('is told once each time, and that it is back', () => {
    const terminal = createTerminal(200, 40);
    const clock = { now: () => Date.UTC(2027, 0, 1, 12, 0, 1, 250), sleep: () => Promise.resolve() };
    const note = createLossNote(createPlainProgress(terminal.screen, clock));
    note.found();
    for (const message of ['nobody is there', 'nobody is there', 'it starts']) note.lost(new Error(message));
    note.found();
    note.found();
    note.lost(new Error('it starts'));
    expect(terminal.lines()).toEqual([
      '2027-01-01T12:00:01Z nobody is there; trying again',
      '2027-01-01T12:00:01Z it starts; trying again',
      '2027-01-01T12:00:01Z mgmt answers again',
      '2027-01-01T12:00:01Z it starts; trying again',
    ]);
  });
});
