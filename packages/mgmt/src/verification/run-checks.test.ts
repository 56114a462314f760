import { createFakeClock, type FakeClock, waitFor } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Check, type CheckResult, found } from './check.ts';
import { type RunOptions, runChecks } from './run-checks.ts';
import { sampleSubject } from './testing/sample-subject.ts';

let clock: FakeClock;
let said: string[];
beforeEach(() => {
  clock = createFakeClock(0);
  said = [];
});

function options(changes: Partial<RunOptions> = {}): RunOptions {
  return {
    ...{ subject: () => sampleSubject(), proofId: 'p1', clock, steadyClock: clock, deadlineMs: 10_000 },
    signal: new AbortController().signal,
    onFailure: 'stop',
    onProgress: (message) => said.push(message),
    ...changes,
  };
}

/** A check that finds one thing after the other; the last one for ever. */
function finding(name: string, ...results: readonly (CheckResult | Error)[]): Check & { attempts: number } {
  return {
    name,
    attempts: 0,
    async attempt() {
      const result = results[Math.min(this.attempts, results.length - 1)] ?? found('passed', 'x');
      this.attempts += 1;
      if (result instanceof Error) throw result;
      return result;
    },
  };
}

/** Moves the clock on until the work is done. */
async function hurry<T>(work: Promise<T>, stepMs = 500): Promise<T> {
  const state = { done: false };
  const finished = work.finally(() => {
    state.done = true;
  });
  finished.catch(() => undefined);
  while (!state.done) {
    clock.advance(stepMs);
    await new Promise(setImmediate);
  }
  return finished;
}

describe('running checks', () => {
  it('makes them in order, each knowing what the ones before have found', async () => {
    const seen: string[][] = [];
    const check = (name: string): Check => ({
      name,
      attempt: async ({ before }) => {
        seen.push(before.map((each) => each.name));
        return found('passed', name);
      },
    });
    const results = await runChecks([check('a'), check('b')], options());
    expect(results.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['a', 'passed'],
      ['b', 'passed'],
    ]);
    expect(seen).toEqual([[], ['a']]);
  });

  it('stops at a failure, or goes on, as it is told', async () => {
    const checks = () => [finding('a', found('failed', 'no')), finding('b', found('passed', 'yes'))];
    expect(await runChecks(checks(), options())).toHaveLength(1);
    expect(await runChecks(checks(), options({ onFailure: 'go-on' }))).toHaveLength(2);
  });

  it('tries again what is unavailable, or throws, until it is not, and says so', async () => {
    const check = finding('a', new Error('no answer'), found('unavailable', 'restarting'), found('passed', 'yes'));
    const [result] = await hurry(runChecks([check], options()));
    expect(result).toMatchObject({ outcome: 'passed' });
    expect(said).toEqual(['a: no answer; it is tried again', 'a: restarting; it is tried again']);
  });

  it('gives up at the deadline', async () => {
    const check = finding('a', found('unavailable', 'restarting'));
    const [result] = await hurry(runChecks([check], options()));
    expect(result).toMatchObject({ outcome: 'unavailable', message: 'restarting' });
    expect(check.attempts).toBe(5);
  });

  it('waits for no attempt longer than until the deadline', async () => {
    const hanging: Check = {
      name: 'a',
      attempt: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        }),
    };
    const running = runChecks([hanging], options());
    await waitFor(() => clock.now() === 0, { timeoutMs: 1_000, what: 'the start' });
    clock.advance(10_000);
    expect(await running).toMatchObject([{ outcome: 'unavailable', message: 'the time is over' }]);
  });

  it('says what it has found before, where the deadline cuts an attempt off', async () => {
    const laggards = [{ cluster: 'west', reason: 'HandshakeUnavailable', message: 'no answer' }];
    const first: CheckResult = { ...found('unavailable', '1 could not be made'), laggards };
    let attempts = 0;
    const check: Check = {
      name: 'a',
      attempt: ({ signal }) => {
        attempts += 1;
        if (attempts === 1) return Promise.resolve(first);
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        });
      },
    };
    const [result] = await hurry(runChecks([check], options()));
    expect(attempts).toBe(2);
    expect(result).toMatchObject({ outcome: 'unavailable', message: '1 could not be made', laggards });
  });

  it('makes every check before it tries one again, where it is to go on', async () => {
    const [stuck, other] = [finding('a', found('unavailable', 'restarting')), finding('b', found('passed', 'yes'))];
    const attemptsOfStuck: number[] = [];
    const onResult = (): unknown => attemptsOfStuck.push(stuck.attempts);
    const results = await hurry(runChecks([stuck, other], options({ onFailure: 'go-on', onResult })));
    expect(results.map(({ outcome }) => outcome)).toEqual(['unavailable', 'passed']);
    expect(attemptsOfStuck.slice(0, 2)).toEqual([1, 1]);
    expect(stuck.attempts).toBe(5);
  });

  it('asks again what was answered too long ago, for it may be otherwise by now', async () => {
    const gate = { ...finding('gate', found('passed', 'fine'), found('failed', 'errors rise')), countsForMs: 3_000 };
    const slow = finding('slow', found('unavailable', 'busy'), found('unavailable', 'busy'), found('passed', 'yes'));
    const results = await hurry(runChecks([gate, slow], options()));
    expect(results).toMatchObject([
      { name: 'gate', outcome: 'failed', message: 'errors rise' },
      { name: 'slow', outcome: 'passed' },
    ]);
    const patient = { ...finding('gate', found('passed', 'fine')), countsForMs: 6_000 };
    const other = finding('slow', found('unavailable', 'busy'), found('unavailable', 'busy'), found('passed', 'yes'));
    await hurry(runChecks([patient, other], options({ deadlineMs: clock.now() + 10_000 })));
    expect(patient.attempts).toBe(1);
  });

  it('goes by no answer that is too old, and by no later deadline, when the clock is set back meanwhile', async () => {
    let setBackMs = 0;
    const wall = { ...clock, now: () => clock.now() - setBackMs };
    const gate = { ...finding('gate', found('passed', 'fine'), found('failed', 'errors rise')), countsForMs: 3_000 };
    const slow: Check = {
      name: 'slow',
      attempt: async () => {
        setBackMs = 3_600_000;
        await clock.sleep(4_000);
        return found('passed', 'yes');
      },
    };
    expect((await hurry(runChecks([gate, slow], options({ clock: wall }))))[0]).toMatchObject({ message: 'errors rise' });
    const stuck = finding('a', found('unavailable', 'restarting'));
    setBackMs = 0;
    const running = runChecks([stuck], options({ clock: wall, deadlineMs: clock.now() + 10_000 }));
    setBackMs = 3_600_000;
    await hurry(running);
    expect(stuck.attempts).toBe(5);
  });

  it('goes by no answer that is too old when the time is over', async () => {
    const gate = { ...finding('gate', found('passed', 'fine')), countsForMs: 3_000 };
    const slow: Check = {
      name: 'slow',
      attempt: async () => {
        await clock.sleep(10_000);
        return found('passed', 'yes');
      },
    };
    expect(await hurry(runChecks([gate, slow], options()))).toMatchObject([
      { outcome: 'unavailable', message: 'it was asked at 1970-01-01T00:00:00.000Z, and its answer counts for 3 s' },
      { outcome: 'passed' },
    ]);
    expect(gate.attempts).toBe(1);
  });

  it('ends with its signal', async () => {
    const leaving = new AbortController();
    const reason = new Error('enough');
    const check = finding('a', found('unavailable', 'restarting'));
    const running = runChecks([check], options({ signal: leaving.signal }));
    await waitFor(() => said.length > 0, { timeoutMs: 1_000, what: 'an attempt' });
    leaving.abort(reason);
    await expect(running).rejects.toBe(reason);
  });

  it('keeps evidence within bounds, and says how much there was', async () => {
    const handshakes = Array.from({ length: 5_000 }, (_, index) => ({
      id: `east-${index}>west-${index}`,
      message: 'x'.repeat(50),
    }));
    const [result] = await runChecks([finding('a', found('passed', 'x', { counts: { planned: 5_000 }, handshakes }))], options());
    expect(result?.evidence).toMatchObject({ counts: { planned: 5_000 }, handshakesTotal: 5_000 });
    expect(JSON.stringify(result?.evidence).length).toBeLessThanOrEqual(65_536);
    expect((result?.evidence['handshakes'] as unknown[]).length).toBeGreaterThan(100);
    const [huge] = await runChecks([finding('a', found('passed', 'x', { text: 'x'.repeat(100_000) }))], options());
    expect(huge?.evidence).toEqual({ omitted: 'more than 65536 bytes' });
  });
});
