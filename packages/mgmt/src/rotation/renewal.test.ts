import { describe, expect, it } from 'vitest';
import { rootB } from './evidence-sample.ts';
import { newRecord } from './new-record.ts';
import { answer, look, run, start, taken } from './testing/sample-run.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const root = { fingerprint: 'a'.repeat(64), notBeforeMs: 0, notAfterMs: dayMs };
const rest = newRecord('demo', root, 0);
const policy = { rootGraceRatio: 0.1 };

describe('a rotation that starts by itself', () => {
  it('is due when less than its share of the life of the root is left: of one day and 0.1, 2.4 h before the end', () => {
    const dueMs = dayMs - 2.4 * hourMs;
    expect(look(rest, { policy, atMs: dueMs }).kind).toBe('rest');
    expect(look(rest, { policy, atMs: dueMs + 1 })).toMatchObject({
      kind: 'renew',
      why: 'the root expires at 1970-01-02T00:00:00.000Z, and less than 0.1 of its life is left',
    });
  });

  it('is due too when the root has expired already', () => {
    expect(look(rest, { policy, atMs: 2 * dayMs }).kind).toBe('renew');
  });

  it('counts the life of the root from its own beginning', () => {
    const young = newRecord('demo', { ...root, notBeforeMs: dayMs - hourMs }, 0);
    expect(look(young, { policy, atMs: dayMs - 0.1 * hourMs }).kind).toBe('rest');
    expect(look(young, { policy, atMs: dayMs - 0.1 * hourMs + 1 }).kind).toBe('renew');
  });

  it('is never due without a share', () => {
    expect(look(rest, { policy: { rootGraceRatio: 0 }, atMs: 2 * dayMs }).kind).toBe('rest');
  });

  it('is not due while a rotation is under way, in whatever state', () => {
    const target = { ...rootB, notAfterMs: 100 * dayMs };
    for (let record = start({ verification: 'manual' }, rest, target); ; ) {
      const decision = look(record, { policy, atMs: dayMs - 1 });
      if (record.state === 'FINISHED') break;
      expect(decision.kind, record.state).not.toBe('renew');
      record = decision.kind === 'transition' ? decision.transition.record : answer(record, 'CONTINUE', {}, dayMs - 1);
    }
  });

  it('is due after a rotation that has finished, for the root that is the current one then', () => {
    const target = { ...rootB, notAfterMs: 10 * dayMs };
    const finished = run(start({}, rest, target), { policy: { rootGraceRatio: 0 } }).record;
    const shown = { ...policy, finishedHoldMs: 100 * dayMs, rootKeyRetentionMs: 100 * dayMs };
    expect(look(finished, { policy: shown, atMs: 9 * dayMs }).kind).toBe('rest');
    expect(look(finished, { policy: shown, atMs: 9 * dayMs + 1 }).kind).toBe('renew');
  });

  it('is not due after a rollback: people have said that they do not want it', () => {
    const target = { ...rootB, notAfterMs: 100 * dayMs };
    const back = run(answer(taken(look(start({}, rest, target))), 'ROLLBACK'), { atMs: dayMs - 1 }).record;
    expect(back.state).toBe('PREVIOUS_CA');
    expect(look(back, { policy, atMs: 2 * dayMs - 1 }).kind).not.toBe('renew');
    const kept = { ...policy, rootKeyRetentionMs: 100 * dayMs };
    expect(look(back, { policy: kept, atMs: 2 * dayMs }).kind).toBe('rest');
  });
});
