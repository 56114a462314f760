import { describe, expect, it } from 'vitest';
import { samplePolicy } from './evidence-sample.ts';
import { answer, type Looking, look, nowMs, run, start, taken } from './testing/sample-run.ts';

describe('the minimum overlap', () => {
  const policy = { minimumOverlapMs: 60_000 };

  it('keeps both roots trusted for as long as it says, in each of the two rows, from the moment the row was proven', () => {
    const adding = run(start(), { policy });
    expect(adding.last).toMatchObject({
      kind: 'wait',
      verdict: {
        reason: 'OverlapNotElapsed',
        message: 'waiting: both roots stay trusted at ADDING_NEW_ROOT until 1970-01-01T00:01:02.000Z',
      },
    });
    expect(look(adding.record, { policy, atMs: nowMs + 59_999 }).kind).toBe('wait');
    const propagating = run(adding.record, { policy, atMs: nowMs + 60_000 });
    expect(propagating).toMatchObject({
      record: { step: 'PROPAGATING_NEW_INTERMEDIATE', state: 'VERIFIED' },
      last: { verdict: { reason: 'OverlapNotElapsed' } },
    });
    const finished = run(propagating.record, { policy, atMs: nowMs + 120_000 });
    expect(finished.record.state).toBe('FINISHED');
  });

  it('is counted anew when a cluster lags behind meanwhile: leaves of the other root may have been signed', () => {
    const { record } = run(start(), { policy });
    const late: Looking = { policy, atMs: nowMs + 30_000, except: { west: { workloads: undefined } } };
    const doubted = taken(look(record, late));
    expect(doubted).toMatchObject({ state: 'VERIFIED', step: 'ADDING_NEW_ROOT', wave: { provenAtMs: undefined } });
    expect(look(doubted, late)).toMatchObject({ kind: 'wait', verdict: { reason: 'WorkloadNotProven' } });
    const again = taken(look(doubted, { policy, atMs: nowMs + 40_000 }));
    expect(look(again, { policy, atMs: nowMs + 99_999 })).toMatchObject({ verdict: { reason: 'OverlapNotElapsed' } });
    expect(taken(look(again, { policy, atMs: nowMs + 100_000 })).step).toBe('PROPAGATING_NEW_INTERMEDIATE');
  });

  it('is counted from now on where the row was proven while the clock was ahead', () => {
    const ahead = run(start(), { policy, atMs: nowMs + 100_000 }).record;
    const { record } = run(ahead, { policy });
    expect(record.wave.provenAtMs).toBe(nowMs);
    expect(look(record, { policy, atMs: nowMs + 59_999 })).toMatchObject({ verdict: { reason: 'OverlapNotElapsed' } });
    expect(taken(look(record, { policy, atMs: nowMs + 60_000 })).step).toBe('PROPAGATING_NEW_INTERMEDIATE');
  });

  it('goes on when mgmt is started anew: that nobody was heard yet is no lag, until one would be silent anyhow', () => {
    const { record } = run(start(), { policy });
    const heardSinceMs = nowMs + 30_000;
    const unheard = (atMs: number): Looking => ({ policy, heardSinceMs, atMs, except: { east: undefined, west: undefined } });
    const anew = look(record, unheard(heardSinceMs + samplePolicy.silentAfterMs - 1));
    expect(anew).toMatchObject({ kind: 'wait', verdict: { passed: false, reason: 'ClusterNeverReported' } });
    expect(look(record, { policy, heardSinceMs, atMs: nowMs + 59_999 })).toMatchObject({
      verdict: { reason: 'OverlapNotElapsed' },
    });
    expect(taken(look(record, { policy, heardSinceMs, atMs: nowMs + 60_000 })).step).toBe('PROPAGATING_NEW_INTERMEDIATE');
    const doubted = taken(look(record, unheard(heardSinceMs + samplePolicy.silentAfterMs)));
    expect(doubted.wave.provenAtMs).toBeUndefined();
  });

  it('is counted anew by an mgmt that has just started too, when a cluster which it has heard lags behind', () => {
    const { record } = run(start(), { policy });
    const atMs = nowMs + 30_000;
    const except = { east: undefined, west: { workloads: undefined } };
    expect(taken(look(record, { policy, heardSinceMs: atMs, atMs, except })).wave.provenAtMs).toBeUndefined();
  });

  it('is counted while people look, and not begun again by their answer', () => {
    const { record } = run(start({ verification: 'manual' }), { policy });
    expect(record.state).toBe('VERIFYING');
    const verified = answer(record, 'CONTINUE', {}, nowMs + 50_000);
    expect(look(verified, { policy, atMs: nowMs + 59_999 })).toMatchObject({ verdict: { reason: 'OverlapNotElapsed' } });
    expect(taken(look(verified, { policy, atMs: nowMs + 60_000 })).step).toBe('PROPAGATING_NEW_INTERMEDIATE');
  });

  it('does not hold back a step that is taken back at once, from a row entered from below', () => {
    const { record } = run(start(), { policy });
    expect(run(answer(record, 'ROLLBACK'), { policy }).record.state).toBe('PREVIOUS_CA');
  });

  it('holds back a step that is taken back from a row which was itself rolled back to, as on the way forward', () => {
    let { record } = run(start({ verification: 'manual' }));
    record = run(answer(record, 'CONTINUE')).record;
    expect(record.step).toBe('PROPAGATING_NEW_INTERMEDIATE');
    record = run(answer(record, 'ROLLBACK'), { policy }).record;
    const back = answer(record, 'ROLLBACK');
    expect([back.state, back.step, back.wave.index]).toEqual(['ROLLING_BACK', 'PREVIOUS_CA', 0]);
    expect(run(back, { policy, atMs: nowMs + 59_999 }).last).toMatchObject({
      kind: 'wait',
      verdict: { reason: 'OverlapNotElapsed' },
    });
    expect(run(back, { policy, atMs: nowMs + 60_000 }).record).toMatchObject({ state: 'VERIFYING', step: 'PREVIOUS_CA' });
  });

  it('is counted anew on the way back too when a cluster lags behind meanwhile', () => {
    let { record } = run(start({ verification: 'manual' }));
    record = run(answer(run(answer(record, 'CONTINUE')).record, 'ROLLBACK'), { policy }).record;
    const back = answer(record, 'ROLLBACK');
    const doubted = taken(look(back, { policy, atMs: nowMs + 30_000, except: { west: { workloads: undefined } } }));
    const again = taken(look(doubted, { policy, atMs: nowMs + 40_000 }));
    expect([doubted.state, again.state]).toEqual(['ROLLING_BACK', 'ROLLING_BACK']);
    expect(look(again, { policy, atMs: nowMs + 99_999 })).toMatchObject({ verdict: { reason: 'OverlapNotElapsed' } });
    expect(taken(look(again, { policy, atMs: nowMs + 100_000 })).wave.index).toBe(1);
  });
});
