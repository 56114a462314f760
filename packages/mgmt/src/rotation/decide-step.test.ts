import { describe, expect, it } from 'vitest';
import { rootB } from './evidence-sample.ts';
import type { Policy, StepTimeout, WavePolicy } from './policy.ts';
import type { RotationRecord } from './record.ts';
import { answer, type Looking, look, nowMs, run, start, taken } from './testing/sample-run.ts';

const clusters = ['a', 'b', 'c', 'd'];
const late = { b: { written: undefined } };
const shut: Partial<Policy> = { window: { kind: 'closed', opensAtMs: 90_000 } };

function timeout(then: StepTimeout['then'], changes: Partial<WavePolicy> = {}): Partial<Policy> {
  const waves = { canaries: [], size: { kind: 'count', clusters: 2 }, soakMs: 0, onFailure: 'stop', ...changes } as const;
  return { stepTimeout: { afterMs: 1_000, then }, waves };
}

/** The record with its first wave told. */
function told(policy: Partial<Policy>): RotationRecord {
  return taken(look(start(policy), { policy, clusters }));
}

describe('the step timeout', () => {
  it('counts from the moment that a wave was told, and not for a wave that is proven in time', () => {
    const policy = timeout('hold');
    const record = told(policy);
    expect(look(record, { policy, clusters, except: late, atMs: nowMs + 999 }).kind).toBe('wait');
    expect(taken(look(record, { policy, clusters, except: late, atMs: nowMs + 1_000 })).state).toBe('FAILED');
    expect(taken(look(record, { policy, clusters, atMs: nowMs + 5_000 })).wave.index).toBe(2);
  });

  it('fails nothing before an mgmt that has just started could hear the clusters', () => {
    const policy = timeout('rollback');
    const atMs = nowMs + 5_000;
    const unheard: Looking = { policy, clusters, atMs, except: { b: undefined, c: undefined } };
    expect(look(told(policy), { ...unheard, heardSinceMs: atMs }).kind).toBe('wait');
    expect(taken(look(told(policy), unheard)).state).toBe('ROLLING_BACK');
  });

  it('does not run while the first wave waits for the row before', () => {
    const policy = timeout('rollback');
    expect(look(start(policy), { policy, clusters, except: late, atMs: nowMs + 50_000 }).kind).toBe('wait');
  });

  it('with hold fails the rotation, says why, and leaves the row in force; a retry gives the wave its time anew', () => {
    const policy = timeout('hold');
    const failed = look(told(policy), { policy, clusters, except: late, atMs: nowMs + 1_000 });
    expect(failed).toMatchObject({
      transition: {
        condition: {
          state: 'FAILED',
          message: 'wave 1 of ADDING_NEW_ROOT was not proven within 1 s',
          errors: ['waiting: b: there is no cacerts Secret'],
        },
      },
    });
    const record = taken(failed);
    expect(record).toMatchObject({ step: 'ADDING_NEW_ROOT', rotation: { failedIn: 'ADDING_NEW_ROOT' } });
    const retried = answer(record, 'CONTINUE', {}, nowMs + 7_000);
    expect(retried).toMatchObject({ state: 'ADDING_NEW_ROOT', rotation: { failedIn: undefined } });
    expect(look(retried, { policy, clusters, except: late, atMs: nowMs + 7_999 }).kind).toBe('wait');
    expect(taken(look(retried, { policy, clusters, except: late, atMs: nowMs + 8_000 })).state).toBe('FAILED');
  });

  it('with rollback takes the step back at once, from every cluster that was told', () => {
    const policy = timeout('rollback');
    const back = taken(look(told(policy), { policy, clusters, except: late, atMs: nowMs + 1_000 }));
    expect(back).toMatchObject({ state: 'ROLLING_BACK', step: 'PREVIOUS_CA', direction: 'back', wave: { through: '2' } });
    expect(run(back, { policy, clusters }).record.state).toBe('PREVIOUS_CA');
  });

  it('never ends a rollback, which may take all the time it needs', () => {
    for (const then of ['hold', 'rollback'] as const) {
      const policy = timeout(then);
      const back = answer(told(policy), 'ROLLBACK');
      const looking: Looking = { policy, clusters, except: late, atMs: nowMs + 80_000 };
      expect(look(back, looking)).toMatchObject({ kind: 'wait', verdict: { reason: 'NotWritten' } });
    }
  });

  it('passes over a wave that is late where the policy says continue, but waits for all in the end', () => {
    const policy = timeout('hold', { onFailure: 'continue' });
    const record = told(policy);
    expect(look(record, { policy, clusters, except: late, atMs: nowMs + 999 }).kind).toBe('wait');
    const next = taken(look(record, { policy, clusters, except: late, atMs: nowMs + 1_000 }));
    expect(next.wave).toMatchObject({ index: 2, through: '2' });
    expect(look(next, { policy, clusters, except: late, atMs: nowMs + 1_999 }).kind).toBe('wait');
    expect(taken(look(next, { policy, clusters, except: late, atMs: nowMs + 2_000 })).state).toBe('FAILED');
    expect(taken(look(next, { policy, clusters, atMs: nowMs + 2_000 })).state).toBe('VERIFYING');
  });

  it('passes over nobody who has left the row before without being told to', () => {
    const policy = timeout('hold', { onFailure: 'continue' });
    const ahead: Looking = { policy, clusters, except: { ...late, d: { written: undefined } }, atMs: nowMs + 1_000 };
    expect(look(told(policy), ahead)).toMatchObject({ kind: 'wait', verdict: { laggardCount: 2 } });
  });

  it('begins anew when a wave that was proven in time is in doubt while it soaks', () => {
    const policy = timeout('rollback', { soakMs: 10_000 });
    const proven = taken(look(told(policy), { policy, clusters, atMs: nowMs + 500 }));
    const doubted = taken(look(proven, { policy, clusters, except: late, atMs: nowMs + 5_000 }));
    expect(doubted).toMatchObject({ state: 'ADDING_NEW_ROOT', wave: { index: 1, releasedAtMs: nowMs + 5_000 } });
    expect(look(doubted, { policy, clusters, except: late, atMs: nowMs + 5_999 }).kind).toBe('wait');
    expect(taken(look(doubted, { policy, clusters, except: late, atMs: nowMs + 6_000 })).state).toBe('ROLLING_BACK');
  });

  it('does not run while a wave that is proven waits for a maintenance window', () => {
    const policy = { ...timeout('rollback'), ...shut };
    const proven = taken(look(told(timeout('rollback')), { policy, clusters, atMs: nowMs + 500 }));
    expect(look(proven, { policy, clusters, atMs: nowMs + 500 })).toMatchObject({
      verdict: { reason: 'MaintenanceWindowClosed' },
    });
    const doubted = taken(look(proven, { policy, clusters, except: late, atMs: nowMs + 5_000 }));
    expect(doubted).toMatchObject({ state: 'ADDING_NEW_ROOT', wave: { index: 1, releasedAtMs: nowMs + 5_000 } });
  });
});

describe('a maintenance window that is closed', () => {
  it('holds back the first wave, each wave after it and each step, and says when it opens', () => {
    const policy = { ...timeout('hold'), ...shut, stepTimeout: { afterMs: undefined, then: 'hold' } as const };
    const message = 'waiting: no maintenance window is open, and the next opens at 1970-01-01T00:01:30.000Z';
    const closed = { kind: 'wait', verdict: { reason: 'MaintenanceWindowClosed', message } };
    const first = start(policy);
    expect(look(first, { policy, clusters })).toMatchObject(closed);
    expect(run(told(timeout('hold')), { policy, clusters }).last).toMatchObject(closed);
    const verified = { ...run(start({ verification: 'manual' }), { clusters }).record, state: 'VERIFIED' } as const;
    expect(look(verified, { policy, clusters })).toMatchObject(closed);
  });

  it('never holds back a rollback, gated or not', () => {
    let record = run(start({ verification: 'manual' })).record;
    record = run(answer(record, 'CONTINUE')).record;
    for (let steps = 0; steps < 2; steps += 1) {
      const { record: proven } = run(answer(record, 'ROLLBACK'), { policy: shut });
      expect(proven).toMatchObject({ state: 'VERIFYING', direction: 'back' });
      record = run(answer(proven, 'CONTINUE'), { policy: shut }).record;
    }
    expect(record.state).toBe('PREVIOUS_CA');
  });

  it('does not keep a step from being proven and verified, nor the rotation from finishing', () => {
    const lastStep = run(start(), { policy: {} }).conditions.findLastIndex(({ act }) => act?.move === 'advance');
    let record = start();
    for (let moves = 0; moves <= lastStep; moves += 1) record = taken(look(record));
    expect(record.step).toBe('DELETING_OLD_ROOT');
    expect(run(record, { policy: shut }).record.state).toBe('FINISHED');
  });

  it('says so when no window is to come', () => {
    const policy = { window: { kind: 'closed', opensAtMs: undefined } } as const;
    expect(look(start(), { policy }).verdict.message).toBe('waiting: no maintenance window is open, and no window is to come');
  });
});

describe('an approval', () => {
  const policy: Partial<Policy> = { approvals: { by: 'anybody', expireAfterMs: 5_000 }, ...shut };
  const waiting = run(start({ verification: 'manual' })).record;
  const approved = answer(waiting, 'CONTINUE');

  it('that has not led to the next step in time is void, and is asked for again', () => {
    expect(look(approved, { policy, atMs: nowMs + 4_999 }).kind).toBe('wait');
    const lapsed = look(approved, { policy, atMs: nowMs + 5_000 });
    expect(lapsed).toMatchObject({
      transition: {
        condition: { message: 'the approval by bob has expired before ADDING_NEW_ROOT could be left' },
        record: { state: 'VERIFYING', generation: approved.generation },
      },
    });
    const again = run(answer(taken(lapsed), 'CONTINUE', {}, nowMs + 6_000), { atMs: nowMs + 6_000 });
    expect(again.path[0]).toBe('advance → PROPAGATING_NEW_INTERMEDIATE [A+B|B]');
  });

  it('that has expired releases nothing, even though the evidence and the window would allow it', () => {
    const open = { approvals: { by: 'anybody', expireAfterMs: 5_000 } } as const;
    expect(taken(look(approved, { policy: open, atMs: nowMs + 5_000 })).state).toBe('VERIFYING');
  });

  it('cannot be used again after it has expired', () => {
    const lapsed = taken(look(approved, { policy, atMs: nowMs + 5_000 }));
    expect(() => answer(lapsed, 'CONTINUE', { generation: waiting.generation })).toThrow(
      expect.objectContaining({ code: 'RR_APPROVAL_REPEATED' }),
    );
  });

  it('does not expire where none is asked for, nor one of a rollback', () => {
    const unasked = run(start(), { policy: { ...policy, minimumOverlapMs: 90_000, window: { kind: 'open' } } }).record;
    expect(unasked.state).toBe('VERIFIED');
    expect(look(unasked, { policy, atMs: nowMs + 80_000 })).toMatchObject({ kind: 'wait' });
    const propagating = run(approved).record;
    const back = answer(run(answer(propagating, 'ROLLBACK')).record, 'CONTINUE');
    expect(look(back, { policy, atMs: nowMs + 80_000 })).toMatchObject({ kind: 'wait', verdict: { reason: 'AwaitingOperator' } });
  });

  it('is not what a retry is, where no verification is asked for', () => {
    const verified = run(start(), { policy: { minimumOverlapMs: 90_000 } }).record;
    const failed = taken(look(verified, { atMs: rootB.notAfterMs }));
    const retried = answer(failed, 'CONTINUE');
    expect(retried.state).toBe('VERIFIED');
    expect(run(retried, { policy, atMs: nowMs + 80_000 }).path).toEqual([]);
  });

  it('to go forward again expires like any other', () => {
    const propagating = run(approved).record;
    const forward = answer(answer(run(answer(propagating, 'ROLLBACK')).record, 'CONTINUE'), 'CONTINUE');
    expect([forward.state, forward.direction]).toEqual(['VERIFIED', 'forward']);
    expect(taken(look(forward, { policy, atMs: nowMs + 5_000 })).state).toBe('VERIFYING');
  });
});

describe('the expiry of the new root', () => {
  it('fails every state on the way forward and none on the way back', () => {
    const steps = run(start()).conditions.length;
    for (let moves = 0; moves < steps; moves += 1) {
      let record = start();
      for (let move = 0; move < moves; move += 1) record = taken(look(record));
      const failed = taken(look(record, { atMs: rootB.notAfterMs }));
      expect([failed.state, failed.rotation?.failedIn]).toEqual(['FAILED', record.state]);
      const back = answer(failed, 'ROLLBACK');
      expect(['PREVIOUS_CA', 'VERIFIED']).toContain(run(back, { atMs: rootB.notAfterMs }).record.state);
    }
  });
});
