import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gatherReads } from './gather-reads.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Notes what is done to a socket, and when. */
function createRig() {
  const done: string[] = [];
  const startMs = performance.now();
  const note = (what: string) => () => done.push(`${what}@${performance.now() - startMs}`);
  return { read: gatherReads({ pause: note('pause'), resume: note('resume') }, 20), done };
}

describe('reading', () => {
  it('goes on at once after what comes seldom', () => {
    const { read, done } = createRig();
    for (let count = 0; count < 3; count += 1) {
      read();
      vi.advanceTimersByTime(40);
    }
    expect(done).toEqual([]);
  });

  it('has what comes often gather for a moment, again and again', () => {
    const { read, done } = createRig();
    read();
    vi.advanceTimersByTime(5);
    read();
    vi.advanceTimersByTime(20);
    read();
    vi.advanceTimersByTime(20);
    expect(done).toEqual(['pause@5', 'resume@25', 'pause@25', 'resume@45']);
  });

  it('takes in all that has gathered, in however many pieces, before it waits again', () => {
    const { read, done } = createRig();
    for (let count = 0; count < 1_000; count += 1) read();
    expect(done).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(done).toEqual(['pause@0', 'resume@20']);
  });
});
