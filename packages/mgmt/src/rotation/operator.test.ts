import type { VerificationAnswer } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { rootA, rootB, rootC, samplePolicy } from './evidence-sample.ts';
import { answerVerification, isTarget, requestAbort, requestRetry } from './operator.ts';
import type { RotationRecord } from './record.ts';
import { answer, look, nowMs, rest, run, start, taken } from './testing/sample-run.ts';

const manual = { verification: 'manual' } as const;
const waiting = run(start(manual)).record;

function refused(code: string): unknown {
  return expect.objectContaining({ code });
}

describe('a start', () => {
  it('is refused while a rotation is under way, with its name, state and step', () => {
    for (const record of [start(), waiting, taken(look(start(), { atMs: rootB.notAfterMs }))]) {
      expect(() => start({}, record, rootC, 'r2')).toThrow(refused('RR_ROTATION_IN_PROGRESS'));
    }
    expect(() => start({}, waiting, rootC)).toThrow('rotation r1 of mesh demo is in VERIFYING at ADDING_NEW_ROOT');
  });

  it.each([
    ['is the current root already', rootA],
    ['is not valid before 1970-01-01T00:00:02.001Z', { ...rootB, notBeforeMs: nowMs + 1 }],
    ['expired at 1970-01-01T00:00:02.000Z', { ...rootB, notAfterMs: nowMs }],
  ])('is refused when the new root %s', (reason, target) => {
    const attempt = (): RotationRecord => start({}, rest, target);
    expect(attempt).toThrow(refused('RR_ROTATION_TARGET_INVALID'));
    expect(attempt).toThrow(reason);
  });

  it('asks for as much validity of the new root as the policy says', () => {
    const left = rootB.notAfterMs - nowMs;
    expect(() => start({ minimumRootValidityMs: left + 1 })).toThrow(refused('RR_ROTATION_TARGET_INVALID'));
    expect(start({ minimumRootValidityMs: left }).state).toBe('ADDING_NEW_ROOT');
  });

  it('is refused when what it asks for does not go together', () => {
    const unsafe = expect.objectContaining({ code: 'RR_ROTATION_UNSAFE' });
    expect(() => start({ approvals: { by: 'another-person', expireAfterMs: 1 } })).toThrow(unsafe);
    expect(() => start({ requiredEvidence: 'loaded', minimumOverlapMs: 86_399_999 })).toThrow(unsafe);
    expect(start({ requiredEvidence: 'loaded', minimumOverlapMs: 86_400_000 }).state).toBe('ADDING_NEW_ROOT');
    expect(start({ requiredEvidence: 'loaded', strategy: 'NONE' }).state).toBe('DELETING_OLD_ROOT');
  });

  it('keeps from the policy what must not change on the way', () => {
    const waves = { ...samplePolicy.waves, canaries: ['west'] };
    const { rotation } = start({ ...manual, approvals: { by: 'another-person', expireAfterMs: 1 }, waves });
    expect(rotation).toEqual({
      id: 'r1',
      strategy: 'MULTI_ROOT',
      verification: 'manual',
      approvals: 'another-person',
      canaries: ['west'],
      old: rootA.fingerprint,
      target: rootB.fingerprint,
      startedBy: 'ann',
      startedAtMs: nowMs,
      failedIn: undefined,
      failedBecause: undefined,
    });
  });

  it('towards the root that the mesh is on, or on its way to, is nothing to start', () => {
    expect([isTarget(rest, rootA.fingerprint), isTarget(rest, rootB.fingerprint)]).toEqual([true, false]);
    expect([isTarget(waiting, rootA.fingerprint), isTarget(waiting, rootB.fingerprint)]).toEqual([false, true]);
    const finished = run(start()).record;
    expect([isTarget(finished, rootA.fingerprint), isTarget(finished, rootB.fingerprint)]).toEqual([false, true]);
    const goesBack = answer(taken(look(start())), 'ROLLBACK');
    expect([isTarget(goesBack, rootA.fingerprint), isTarget(goesBack, rootB.fingerprint)]).toEqual([true, false]);
    const back = run(goesBack).record;
    expect(back.state).toBe('PREVIOUS_CA');
    expect([isTarget(back, rootA.fingerprint), isTarget(back, rootB.fingerprint)]).toEqual([true, false]);
  });
});

describe('an abort', () => {
  const by = { rotationId: 'r1', by: 'ann', why: 'wrong day' };

  it('ends a rotation that no cluster was told of, as if it had never begun', () => {
    for (const strategy of ['MULTI_ROOT', 'NONE'] as const) {
      const { record, condition } = requestAbort(start({ strategy }), by, nowMs);
      expect(record).toMatchObject({
        state: 'NOT_ROTATING',
        rotation: undefined,
        step: 'PREVIOUS_CA',
        currentRoot: rootA.fingerprint,
      });
      expect(condition.message).toContain('aborted by ann: wrong day');
      expect(start({}, record, rootC, 'r2').state).toBe('ADDING_NEW_ROOT');
    }
  });

  it('ends one that has failed before any cluster was told', () => {
    const failed = taken(look(start(), { atMs: rootB.notAfterMs }));
    expect(requestAbort(failed, by, nowMs).record.state).toBe('NOT_ROTATING');
  });

  it('is refused from the first cluster on', () => {
    const told = taken(look(start()));
    for (const record of [told, waiting, answer(told, 'ROLLBACK'), answer(start(), 'ROLLBACK')]) {
      expect(() => requestAbort(record, by, nowMs)).toThrow(refused('RR_ROTATION_TOLD'));
    }
    const failed = taken(look(told, { atMs: rootB.notAfterMs }));
    expect(() => requestAbort(failed, by, nowMs)).toThrow(refused('RR_ROTATION_TOLD'));
  });

  it('is refused in a later step although nobody has been told that one: the gated way back', () => {
    let record = waiting;
    for (const action of ['CONTINUE', 'CONTINUE', 'ROLLBACK'] as const) record = run(answer(record, action)).record;
    const back = answer(record, 'ROLLBACK');
    expect(back.wave.index).toBe(0);
    expect(() => requestAbort(back, by, nowMs)).toThrow(refused('RR_ROTATION_TOLD'));
  });

  it('is refused when it names no rotation that is under way', () => {
    const finished = run(start()).record;
    for (const [record, rotationId] of [
      [rest, 'r1'],
      [start(), 'r0'],
      [finished, 'r1'],
    ] as const) {
      expect(() => requestAbort(record, { ...by, rotationId }, nowMs)).toThrow(refused('RR_ROTATION_NOT_FOUND'));
    }
  });
});

describe('an answer', () => {
  it('that names another rotation is foreign', () => {
    expect(() => answer(waiting, 'CONTINUE', { rotationId: 'r0' })).toThrow(refused('RR_APPROVAL_FOREIGN'));
    expect(() => answer(waiting, 'ROLLBACK', { rotationId: 'r0' })).toThrow(refused('RR_APPROVAL_FOREIGN'));
  });

  it.each([{ step: 'DELETING_OLD_ROOT' as const }, { generation: 1 }, { generation: waiting.generation + 1 }])(
    'that was meant for another moment is stale: %o',
    (changes) => {
      expect(() => answer(waiting, 'CONTINUE', changes)).toThrow(refused('RR_APPROVAL_STALE'));
    },
  );

  it('is stale while no rotation is known', () => {
    expect(() => answer(rest, 'CONTINUE')).toThrow(refused('RR_APPROVAL_STALE'));
  });

  it('cannot be used twice, and the second time is told who gave the first', () => {
    const { rotation, step, generation } = waiting;
    const approval: VerificationAnswer = { rotationId: rotation!.id, step, generation, action: 'CONTINUE', by: 'bob', why: 'ok' };
    const verified = answerVerification(waiting, approval, nowMs).record;
    for (const record of [verified, run(verified).record]) {
      const attempt = (): unknown => answerVerification(record, approval, nowMs);
      expect(attempt).toThrow(refused('RR_APPROVAL_REPEATED'));
      expect(attempt).toThrow('bob has answered it at 1970-01-01T00:00:02.000Z');
    }
  });

  it('that accepted a rollback cannot undo it by being sent twice', () => {
    const record = run(answer(run(answer(waiting, 'CONTINUE')).record, 'ROLLBACK')).record;
    const accepted = answer(record, 'CONTINUE');
    expect(() => answer(accepted, 'CONTINUE', { generation: record.generation })).toThrow(refused('RR_APPROVAL_REPEATED'));
  });

  it('to a step that was taken back releases nothing of the way back', () => {
    const back = run(answer(waiting, 'ROLLBACK')).record;
    expect(() => answer(back, 'CONTINUE', { step: waiting.step, generation: waiting.generation })).toThrow(
      refused('RR_APPROVAL_STALE'),
    );
  });

  it.each<[VerificationAnswer['action'], string, RotationRecord]>([
    ['CONTINUE', 'while a step is being given', start()],
    ['CONTINUE', 'to what goes on by itself', answer(waiting, 'CONTINUE')],
    ['CONTINUE', 'while a rollback is under way', answer(start(), 'ROLLBACK')],
    ['ROLLBACK', 'while a rollback is under way', answer(start(), 'ROLLBACK')],
    ['ROLLBACK', 'from the first row', run(answer(start(manual), 'ROLLBACK')).record],
    ['CONTINUE', 'after the end', run(start()).record],
    ['ROLLBACK', 'after the end', run(start()).record],
    ['ROLLBACK', 'on the previous CA', run(answer(start(), 'ROLLBACK')).record],
  ])('%s is refused %s', (action, _, record) => {
    expect(() => answer(record, action)).toThrow(refused('RR_APPROVAL_NOT_EXPECTED'));
  });

  it('retries what has failed, in the state and with the row that it failed in', () => {
    for (const from of [taken(look(start())), waiting, answer(waiting, 'CONTINUE')]) {
      const failed = taken(look(from, { atMs: rootB.notAfterMs }));
      const retried = answer(failed, 'CONTINUE');
      expect([retried.state, retried.step]).toEqual([from.state, from.step]);
      expect(retried.generation).toBeGreaterThan(failed.generation);
    }
  });
});

describe('four eyes', () => {
  const policy = { ...manual, approvals: { by: 'another-person', expireAfterMs: 1_000_000 } } as const;
  const record = run(start(policy)).record;

  it.each(['ann', 'Ann', ' ANN '])('keep whoever started the rotation from letting a step pass, written as %o', (by) => {
    expect(() => answer(record, 'CONTINUE', { by })).toThrow(refused('RR_APPROVAL_FOUR_EYES'));
  });

  it('let any other person approve, and anybody where the policy does not ask', () => {
    expect(answer(record, 'CONTINUE', { by: 'anna' }).state).toBe('VERIFIED');
    expect(answer(waiting, 'CONTINUE', { by: 'ann' }).state).toBe('VERIFIED');
  });

  it('leave the way back open to everybody', () => {
    expect(answer(record, 'ROLLBACK', { by: 'ann' }).state).toBe('ROLLING_BACK');
  });

  it('are not asked of who accepts a step of the way back', () => {
    const back = run(answer(record, 'ROLLBACK', { by: 'ann' })).record;
    expect(answer(back, 'CONTINUE', { by: 'ann' })).toMatchObject({ state: 'VERIFIED', direction: 'back' });
  });

  it('are asked of a retry and of going forward again as well', () => {
    const failed = taken(look(taken(look(start(policy))), { atMs: rootB.notAfterMs }));
    const propagating = run(answer(record, 'CONTINUE')).record;
    const back = answer(run(answer(propagating, 'ROLLBACK')).record, 'CONTINUE');
    for (const asked of [failed, back]) {
      expect(() => answer(asked, 'CONTINUE', { by: 'ann' })).toThrow(refused('RR_APPROVAL_FOUR_EYES'));
    }
  });
});

describe('a retry', () => {
  const failed = taken(look(start(manual), { atMs: rootB.notAfterMs }));
  const request = { rotationId: 'r1', by: 'bob', why: 'the clock is right again' };

  it('takes a failed rotation up in the state in which it failed, with its time anew', () => {
    expect(failed.state).toBe('FAILED');
    const { record, condition } = requestRetry(failed, request, nowMs + 5);
    expect(record).toMatchObject({ state: failed.rotation?.failedIn, step: failed.step, enteredAtMs: nowMs + 5 });
    expect(condition.message).toContain('taken up again by bob: the clock is right again');
  });

  it('is refused where nothing has failed, and of another rotation', () => {
    expect(() => requestRetry(waiting, request, nowMs)).toThrow(refused('RR_ROTATION_NOT_FAILED'));
    expect(() => requestRetry(failed, { ...request, rotationId: 'r2' }, nowMs)).toThrow(refused('RR_ROTATION_NOT_FOUND'));
    expect(() => requestRetry(rest, request, nowMs)).toThrow(refused('RR_ROTATION_NOT_FOUND'));
  });

  it('takes another person where the rotation asks for one', () => {
    const approvals = { by: 'another-person', expireAfterMs: 86_400_000 } as const;
    const eyes = taken(look(start({ ...manual, approvals }), { atMs: rootB.notAfterMs }));
    expect(() => requestRetry(eyes, { ...request, by: 'ann' }, nowMs)).toThrow(refused('RR_APPROVAL_FOUR_EYES'));
    expect(requestRetry(eyes, request, nowMs).record.state).not.toBe('FAILED');
  });
});
