import { describe, expect, it } from 'vitest';
import { isAdopted } from './adopted.ts';
import { assignmentOf, isMember, memberAssignmentOf } from './assignment.ts';
import { entryOf } from './entry-of.ts';
import { exclude, include } from './testing/deviating.ts';
import { look, nowMs, rest, run, start } from './testing/sample-run.ts';

describe('a cluster whose name every object inherits something under', () => {
  const name = 'constructor';
  const clusters = [name, 'east'];

  it('has an entry where one was made for it, and nowhere else', () => {
    expect([entryOf(undefined, name), entryOf({}, name), entryOf({ [name]: 1 }, name)]).toEqual([undefined, undefined, 1]);
  });

  it('is told each row as a member, under a generation that is a number, and comes from nowhere else', () => {
    const record = start();
    expect(isMember(record, name)).toBe(true);
    expect(assignmentOf(record, name)).toEqual(memberAssignmentOf(record, 'east'));
    expect(isAdopted({ rotation: { ...record.rotation!, origins: {} } }, name)).toBe(false);
  });

  it('goes through a rotation, and each step waits for it', () => {
    expect(run(start(), { clusters }).record.state).toBe('FINISHED');
    const waiting = run(start(), { clusters, except: { [name]: { appliedGeneration: 0 } } });
    expect(waiting.record.state).not.toBe('FINISHED');
    expect(waiting.last.verdict.message).toContain(name);
  });

  it('is excluded, comes back and counts again', () => {
    const excluded = exclude(rest, name, clusters);
    expect(isMember(excluded, name)).toBe(false);
    const back = run(include(excluded, name), { clusters, atMs: nowMs + 1 }).record;
    expect(isMember(back, name)).toBe(true);
    expect(look(back, { clusters, atMs: nowMs + 1 }).verdict.passed).toBe(true);
  });
});
