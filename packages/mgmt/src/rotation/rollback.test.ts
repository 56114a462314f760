import { describe, expect, it } from 'vitest';
import { assignmentOf } from './assignment.ts';
import { evidenceOf, rootA, rootB, samplePolicy } from './evidence-sample.ts';
import type { RotationRecord } from './record.ts';
import { rowOf } from './row.ts';
import { answer, goTo, holds, look, run, start, taken } from './testing/sample-run.ts';

/** The record of a manual rotation whose first steps are approved, in VERIFYING of the next. */
function verifying(steps: number, started = start({ verification: 'manual' })): RotationRecord {
  let { record } = run(started);
  for (let step = 0; step < steps; step += 1) record = run(answer(record, 'CONTINUE')).record;
  return record;
}

/** What each cluster is told, by name. */
function told(record: RotationRecord): string[] {
  return ['east', 'west'].map((cluster) => {
    const assignment = assignmentOf(record, cluster)!;
    return `${holds(assignment.row)} ${assignment.generation === record.generation ? 'now' : 'as before'}`;
  });
}

describe('a rollback', () => {
  it('goes one step at a time, each proven and verified, to the previous CA', () => {
    let record = verifying(2);
    expect([record.state, holds(rowOf(record))]).toEqual(['VERIFYING', 'B|B']);
    const seen: string[] = [];
    for (const action of ['ROLLBACK', 'CONTINUE', 'ROLLBACK', 'CONTINUE', 'ROLLBACK', 'CONTINUE'] as const) {
      const answered = answer(record, action);
      record = run(answered).record;
      seen.push(`${answered.state} → ${record.state} [${holds(rowOf(record))}]`);
    }
    expect(seen).toEqual([
      'ROLLING_BACK → VERIFYING [A+B|B]',
      'VERIFIED → VERIFIED [A+B|B]',
      'ROLLING_BACK → VERIFYING [A+B|A]',
      'VERIFIED → VERIFIED [A+B|A]',
      'ROLLING_BACK → VERIFYING [A|A]',
      'VERIFIED → PREVIOUS_CA [A|A]',
    ]);
    expect(record.currentRoot).toBe(rootA.fingerprint);
    expect(start({}, record).state).toBe('ADDING_NEW_ROOT');
  });

  it('arrives at the previous CA from every step, while it is given, being verified, or verified', () => {
    const moves = run(start()).conditions.length;
    for (let taking = 0; taking < moves; taking += 1) {
      let record = start();
      for (let move = 0; move < taking; move += 1) record = taken(look(record));
      const rows: string[] = [];
      for (let steps = 0; record.state !== 'PREVIOUS_CA' && steps < 5; steps += 1) {
        record = run(answer(record, 'ROLLBACK')).record;
        rows.push(holds(rowOf(record)));
      }
      expect(rows).toEqual(['A+B|B', 'A+B|A', 'A|A'].slice(-rows.length));
    }
  });

  it('with strategy NONE goes back to the old root at once', () => {
    const record = run(answer(run(start({ strategy: 'NONE', verification: 'manual' })).record, 'ROLLBACK')).record;
    expect(holds(rowOf(record))).toBe('A|A');
    expect(run(answer(record, 'CONTINUE')).record.state).toBe('PREVIOUS_CA');
  });

  it('of a step that was entered from below is told to everybody at once, proven or not', () => {
    for (const steps of [0, 1, 2]) {
      const back = answer(verifying(steps), 'ROLLBACK');
      expect(new Set(told(back).map((text) => text.split(' ')[1]))).toEqual(new Set(['now']));
    }
    const size = { kind: 'count', clusters: 1 } as const;
    const waves = { waves: { ...samplePolicy.waves, size } };
    const half = taken(look(start(waves), { policy: waves }));
    expect(told(half)).toEqual(['A+B|A now', 'A|A as before']);
    expect(told(answer(half, 'ROLLBACK'))).toEqual(['A|A now', 'A|A now']);
  });

  it('of a step that was itself rolled back to is told to nobody before all are proven to have left the one above', () => {
    const back = answer(run(answer(verifying(2), 'ROLLBACK')).record, 'ROLLBACK');
    expect([back.state, back.step]).toEqual(['ROLLING_BACK', 'ADDING_NEW_ROOT']);
    expect(told(back)).toEqual(['A+B|B as before', 'A+B|B as before']);
    const straggler = { replicas: evidenceOf(verifying(2)).replicas };
    expect(look(back, { except: { west: straggler } })).toMatchObject({ kind: 'wait', verdict: { reason: 'ReplicaNotLoaded' } });
    expect(told(taken(look(back)))).toEqual(['A+B|A now', 'A+B|A now']);
  });

  it('of a step that was rolled back to waits so even after an operator has turned forward again', () => {
    const verified = answer(run(answer(verifying(2), 'ROLLBACK')).record, 'CONTINUE');
    const forward = answer(verified, 'CONTINUE');
    expect([forward.state, forward.direction]).toEqual(['VERIFIED', 'forward']);
    expect(told(answer(forward, 'ROLLBACK'))).toEqual(['A+B|B as before', 'A+B|B as before']);
  });

  it('waits so after a failure too, when the failed row had been entered from above', () => {
    const forward = answer(answer(run(answer(verifying(2), 'ROLLBACK')).record, 'CONTINUE'), 'CONTINUE');
    const failed = taken(look(forward, { atMs: rootB.notAfterMs }));
    expect(failed.state).toBe('FAILED');
    expect(told(answer(failed, 'ROLLBACK'))).toEqual(['A+B|B as before', 'A+B|B as before']);
  });

  it('is told at once again from a row that was gone forward to anew', () => {
    const forward = answer(answer(run(answer(verifying(2), 'ROLLBACK')).record, 'CONTINUE'), 'CONTINUE');
    const deleting = taken(look(forward));
    expect(holds(rowOf(deleting))).toBe('B|B');
    expect(told(answer(deleting, 'ROLLBACK'))).toEqual(['A+B|B now', 'A+B|B now']);
  });

  it('waits after each step for an operator, who may also go forward again', () => {
    const back = run(answer(verifying(1), 'ROLLBACK')).record;
    const verified = answer(back, 'CONTINUE');
    expect(look(verified)).toMatchObject({
      kind: 'wait',
      verdict: {
        reason: 'AwaitingOperator',
        message: 'waiting: rolled back to ADDING_NEW_ROOT; continue or roll back further',
      },
    });
    const forward = answer(verified, 'CONTINUE');
    expect(look(forward, { except: { west: evidenceOf(verified) } })).toMatchObject({
      verdict: { reason: 'GenerationNotApplied' },
    });
    expect(run(forward).path[0]).toBe('advance → PROPAGATING_NEW_INTERMEDIATE [A+B|B]');
  });

  it('does not go forward by itself where no verification is asked for', () => {
    const back = run(answer(goTo('PROPAGATING_NEW_INTERMEDIATE'), 'ROLLBACK'));
    expect(back.record).toMatchObject({ state: 'VERIFIED', step: 'ADDING_NEW_ROOT' });
    expect(back.last.verdict.reason).toBe('AwaitingOperator');
  });

  it('goes on although the new root has expired', () => {
    const back = answer(verifying(1), 'ROLLBACK');
    expect(run(back, { atMs: rootB.notAfterMs }).record).toMatchObject({ state: 'VERIFYING', step: 'ADDING_NEW_ROOT' });
  });

  it('is refused when the old root, which would sign again, has expired; a timeout then fails the rotation instead', () => {
    const impossible = expect.objectContaining({ code: 'RR_ROLLBACK_IMPOSSIBLE' });
    const expiredMs = rootA.notAfterMs;
    for (const steps of [0, 1]) {
      expect(() => answer(verifying(steps), 'ROLLBACK', {}, expiredMs)).toThrow(impossible);
      expect(answer(verifying(steps), 'ROLLBACK', {}, expiredMs - 1).state).toBe('ROLLING_BACK');
    }
    expect(answer(verifying(2), 'ROLLBACK', {}, expiredMs)).toMatchObject({ step: 'PROPAGATING_NEW_INTERMEDIATE' });
    const policy = { stepTimeout: { afterMs: 1_000, then: 'rollback' } } as const;
    const late = { policy, atMs: expiredMs, except: { west: { written: undefined } } };
    expect(taken(look(taken(look(start())), late)).state).toBe('FAILED');
  });

  it('that has arrived can be followed by a rotation to the same root, which is given to nobody before the evidence', () => {
    const settled = run(answer(verifying(0), 'ROLLBACK')).record;
    const { record } = run(answer(settled, 'CONTINUE'));
    expect(record.state).toBe('PREVIOUS_CA');
    const again = start({}, record);
    expect(told(again)).toEqual(['A|A as before', 'A|A as before']);
    expect(run(again).record).toMatchObject({ state: 'FINISHED', currentRoot: rootB.fingerprint });
  });
});
