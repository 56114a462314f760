import { describe, expect, it } from 'vitest';
import { assignmentOf } from './assignment.ts';
import { evidenceFor, evidenceOf, rootB, rootC, samplePolicy } from './evidence-sample.ts';
import { requestAbort } from './operator.ts';
import { rowOf } from './row.ts';
import { answer, holds, look, nowMs, rest, run, start, taken } from './testing/sample-run.ts';

describe('a rotation', () => {
  it('goes through the three steps of MULTI_ROOT, each given, proven and verified, to the new root', () => {
    const started = start();
    expect([started.state, holds(rowOf(started))]).toEqual(['ADDING_NEW_ROOT', 'A+B|A']);
    expect(run(started).path).toEqual([
      'release → ADDING_NEW_ROOT [A+B|A]',
      'verify → VERIFYING [A+B|A]',
      'confirm → VERIFIED [A+B|A]',
      'advance → PROPAGATING_NEW_INTERMEDIATE [A+B|B]',
      'verify → VERIFYING [A+B|B]',
      'confirm → VERIFIED [A+B|B]',
      'advance → DELETING_OLD_ROOT [B|B]',
      'verify → VERIFYING [B|B]',
      'confirm → VERIFIED [B|B]',
      'finish → FINISHED [B|B]',
    ]);
  });

  it('goes with strategy NONE to the new root at once', () => {
    const started = start({ strategy: 'NONE' });
    expect(started.state).toBe('DELETING_OLD_ROOT');
    expect(run(started).path).toEqual([
      'release → DELETING_OLD_ROOT [B|B]',
      'verify → VERIFYING [B|B]',
      'confirm → VERIFIED [B|B]',
      'finish → FINISHED [B|B]',
    ]);
  });

  it('tells nobody anything when it starts: every cluster is told what it was told before', () => {
    const started = start();
    for (const cluster of ['east', 'west']) expect(assignmentOf(started, cluster)).toEqual(assignmentOf(rest, cluster));
  });

  it('gives its first step to nobody while one cluster is not proven to hold the old root alone', () => {
    const started = start();
    const odd = { except: { west: { written: evidenceFor({ row: rowOf(started), generation: 1 }).written } } };
    expect(look(started, odd)).toMatchObject({
      kind: 'wait',
      verdict: { reason: 'NotWritten', laggards: [{ cluster: 'west' }] },
    });
    expect(look(started, { except: { west: undefined } })).toMatchObject({ verdict: { reason: 'ClusterNeverReported' } });
    expect(taken(look(started)).wave.index).toBe(1);
  });

  it('asks nothing of a mesh first that lets its traffic drop: strategy NONE', () => {
    expect(taken(look(start({ strategy: 'NONE' }), { except: { west: undefined } })).wave.index).toBe(1);
  });

  it('gives no step away before the row before it is proven everywhere once more', () => {
    const rows = new Map<string, string>();
    let record = start();
    for (let decision = look(record); decision.kind === 'transition'; decision = look(record)) {
      const before = record;
      record = decision.transition.record;
      const told = assignmentOf(record, 'west');
      if (told === undefined || told.generation === assignmentOf(before, 'west')?.generation) continue;
      const west = { written: undefined };
      const held = look(before, { except: { west } });
      rows.set(holds(told.row), held.kind === 'wait' ? `${before.state} ${held.verdict.reason}` : held.kind);
    }
    expect(Object.fromEntries(rows)).toEqual({
      'A+B|A': 'ADDING_NEW_ROOT NotWritten',
      'A+B|B': 'VERIFIED NotWritten',
      'B|B': 'VERIFIED NotWritten',
    });
  });

  it('is shown as FINISHED for a while, and is closed then with the new root as the current one', () => {
    const { record, last } = run(start());
    expect(last.kind).toBe('rest');
    expect(record).toMatchObject({ state: 'FINISHED', currentRoot: rootB.fingerprint });
    expect(look(record, { atMs: nowMs + samplePolicy.finishedHoldMs - 1 }).kind).toBe('rest');
    const closed = run(record, { atMs: nowMs + samplePolicy.finishedHoldMs }).record;
    expect(closed).toMatchObject({
      state: 'NOT_ROTATING',
      currentRoot: rootB.fingerprint,
      rotation: undefined,
      answer: undefined,
    });
    expect(assignmentOf(closed, 'east')).toEqual({ ...assignmentOf(record, 'east'), row: rowOf(closed) });
    expect(holds(rowOf(closed))).toBe('B|B');
  });

  it('can be followed by the next one, before or after it is closed', () => {
    const { record: finished } = run(start());
    const closed = run(finished, { atMs: nowMs + samplePolicy.finishedHoldMs }).record;
    for (const from of [finished, closed]) {
      const next = start({}, from, rootC, 'r2');
      expect(holds(assignmentOf(next, 'east')!.row)).toBe('B|B');
      expect(run(next).record).toMatchObject({ state: 'FINISHED', currentRoot: rootC.fingerprint });
    }
  });

  it('stays in a step while one cluster lags behind, and names it', () => {
    const told = taken(look(start()));
    const late = evidenceOf(rest);
    expect(look(told, { except: { west: late } })).toMatchObject({
      kind: 'wait',
      verdict: { reason: 'GenerationNotApplied', laggards: [{ cluster: 'west' }] },
    });
  });

  it('waits in VERIFYING for a person, and says which step', () => {
    const { record, last } = run(start({ verification: 'manual' }));
    expect(record).toMatchObject({ state: 'VERIFYING', step: 'ADDING_NEW_ROOT' });
    expect(last).toMatchObject({
      kind: 'wait',
      verdict: { reason: 'AwaitingVerification', message: 'waiting: verify ADDING_NEW_ROOT and answer' },
    });
  });

  it('does not begin the next step when a replica has come back with old trust while people looked', () => {
    const verified = answer(run(start({ verification: 'manual' })).record, 'CONTINUE');
    const regressed = { except: { west: { replicas: evidenceOf(rest).replicas } } };
    expect(look(verified, regressed)).toMatchObject({ kind: 'wait', verdict: { reason: 'ReplicaNotLoaded' } });
    expect(run(verified).path[0]).toBe('advance → PROPAGATING_NEW_INTERMEDIATE [A+B|B]');
  });

  it('counts only evidence that was gathered after the answer, without another nudge', () => {
    const waiting = run(start({ verification: 'manual' })).record;
    const verified = answer(waiting, 'CONTINUE');
    expect(look(verified, { except: { west: evidenceOf(waiting) } })).toMatchObject({
      kind: 'wait',
      verdict: { reason: 'GenerationNotApplied', laggards: [{ cluster: 'west' }] },
    });
    const propagating = taken(look(verified));
    expect(rowOf(propagating)).toMatchObject({ step: 'PROPAGATING_NEW_INTERMEDIATE', nudge: 'when-loaded' });
    const propagated = answer(run(propagating).record, 'CONTINUE');
    expect(rowOf(propagated)).toMatchObject({ step: 'PROPAGATING_NEW_INTERMEDIATE', nudge: 'laggards' });
  });

  it('fails when the new root has expired, keeps the row, and can be taken back from there', () => {
    const told = taken(look(start()));
    const failed = look(told, { atMs: rootB.notAfterMs });
    const record = taken(failed);
    expect(failed).toMatchObject({
      transition: { condition: { errors: [`the new root ${rootB.fingerprint} expired at 1970-01-01T00:03:20.000Z`] } },
    });
    expect([record.state, holds(rowOf(record))]).toEqual(['FAILED', 'A+B|A']);
    const back = answer(record, 'ROLLBACK');
    expect([back.state, holds(rowOf(back))]).toEqual(['ROLLING_BACK', 'A|A']);
    expect(run(back, { atMs: rootB.notAfterMs }).record.state).toBe('PREVIOUS_CA');
  });

  it('that has failed changes nothing more by itself, and waits for an operator', () => {
    const record = taken(look(taken(look(start())), { atMs: rootB.notAfterMs }));
    expect(look(record, { atMs: 2 * rootB.notAfterMs })).toMatchObject({
      kind: 'wait',
      verdict: {
        reason: 'AwaitingOperator',
        message: expect.stringMatching(/^waiting: the new root .* expired at .*; retry or roll back$/),
      },
    });
  });
});

describe('a mesh at rest', () => {
  it('rests whatever the evidence, and says whether every cluster holds the current root', () => {
    expect(look(rest, { except: { west: undefined } })).toMatchObject({
      kind: 'rest',
      verdict: { passed: false, reason: 'ClusterNeverReported' },
    });
    expect(look(rest)).toMatchObject({ kind: 'rest', verdict: { passed: true } });
  });

  it('tells every cluster the same trust after an abort as before the start', () => {
    const aborted = requestAbort(start(), { rotationId: 'r1', by: 'ann', why: 'wrong day' }, nowMs).record;
    expect(look(aborted)).toMatchObject({ kind: 'rest', verdict: { passed: true } });
    expect(holds(assignmentOf(aborted, 'east')!.row)).toBe('A|A');
  });
});
