import type { State, Strategy, Verification, VerificationAnswer } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { evidenceOf, rootA, rootB, snapshotOf } from './evidence-sample.ts';
import { answerVerification, requestStart } from './operator.ts';
import { newRecord, type RotationRecord } from './record.ts';
import { rowOf } from './row.ts';
import { moves } from './transition.ts';

const policy = { silentAfterMs: 5_000, finishedHoldMs: 10_000 };
const nowMs = 2_000;
const rest = newRecord('demo', rootA, 0);

function start(
  verification: Verification = 'none',
  strategy: Strategy = 'MULTI_ROOT',
  from: RotationRecord = rest,
): RotationRecord {
  return requestStart(from, { rotationId: 'r1', target: rootB, strategy, verification, by: 'ann' }, nowMs).record;
}

/** Decides as long as every cluster at once holds what it is told, and gives back each state and the row in force. */
function run(record: RotationRecord, atMs = nowMs): { path: string[]; record: RotationRecord } {
  const path: string[] = [];
  for (let current = record; ; ) {
    const decision = decide(current, snapshotOf(current), policy, atMs);
    if (decision.kind !== 'transition') return { path, record: current };
    current = decision.transition.record;
    path.push(`${current.state} [${holds(current)}]`);
  }
}

function holds(record: RotationRecord): string {
  const { roots, signer } = rowOf(record);
  const name = (fingerprint: string): string => (fingerprint === rootA.fingerprint ? 'A' : 'B');
  return `${roots.map(name).join('+')}|${name(signer)}`;
}

function answer(
  record: RotationRecord,
  action: VerificationAnswer['action'],
  changes: Partial<VerificationAnswer> = {},
): RotationRecord {
  const { rotation, step, generation } = record;
  const full = { rotationId: rotation?.id ?? 'none', step, generation, action, by: 'bob', why: 'looked at it', ...changes };
  return answerVerification(record, full, nowMs).record;
}

describe('decide', () => {
  it('takes a mesh through the three steps, each verified, to the new root', () => {
    const started = start();
    expect([started.state, holds(started)]).toEqual(['ADDING_NEW_ROOT', 'A+B|A']);
    expect(run(started).path).toEqual([
      'VERIFYING [A+B|A]',
      'VERIFIED [A+B|A]',
      'PROPAGATING_NEW_INTERMEDIATE [A+B|B]',
      'VERIFYING [A+B|B]',
      'VERIFIED [A+B|B]',
      'DELETING_OLD_ROOT [B|B]',
      'VERIFYING [B|B]',
      'VERIFIED [B|B]',
      'FINISHED [B|B]',
    ]);
  });

  it('with strategy NONE goes to the new root at once and lets agents restart what refuses it', () => {
    const started = start('none', 'NONE');
    expect(rowOf(started)).toMatchObject({
      step: 'DELETING_OLD_ROOT',
      roots: [rootB.fingerprint],
      replicaRestart: 'when-refused',
    });
    expect(run(started).path).toEqual(['VERIFYING [B|B]', 'VERIFIED [B|B]', 'FINISHED [B|B]']);
  });

  it('closes a finished rotation after the time it is shown, with the new root as the current one', () => {
    const { record } = run(start());
    expect(decide(record, snapshotOf(record), policy, nowMs + policy.finishedHoldMs - 1).kind).toBe('rest');
    const closed = run(record, nowMs + policy.finishedHoldMs).record;
    expect(closed).toMatchObject({ state: 'NOT_ROTATING', currentRoot: rootB.fingerprint, roots: [rootB], rotation: undefined });
    expect(holds(closed)).toBe('B|B');
  });

  it('rests while nothing is asked, whatever the evidence', () => {
    expect(decide(rest, snapshotOf(rest, { west: undefined }), policy, nowMs)).toMatchObject({
      kind: 'rest',
      verdict: { passed: false, reason: 'ClusterNeverReported' },
    });
  });

  it('stays in a step while one cluster lags behind', () => {
    const started = start();
    const late = snapshotOf(started, { west: evidenceOf(rest) });
    expect(decide(started, late, policy, nowMs)).toMatchObject({ kind: 'wait', verdict: { reason: 'GenerationNotApplied' } });
  });

  it('waits in VERIFYING for a person, and says which step', () => {
    const { record } = run(start('manual'));
    expect(record).toMatchObject({ state: 'VERIFYING', step: 'ADDING_NEW_ROOT' });
    expect(decide(record, snapshotOf(record), policy, nowMs)).toMatchObject({
      kind: 'wait',
      verdict: { reason: 'AwaitingVerification', message: 'waiting: verify ADDING_NEW_ROOT and answer' },
    });
  });

  it('does not begin the next step when a replica has come back with old trust while people looked', () => {
    const verified = answer(run(start('manual')).record, 'CONTINUE');
    const regressed = snapshotOf(verified, { west: evidenceOf(verified, { replicas: evidenceOf(rest).replicas }) });
    expect(decide(verified, regressed, policy, nowMs)).toMatchObject({ kind: 'wait', verdict: { reason: 'ReplicaNotLoaded' } });
    expect(run(verified).path[0]).toBe('PROPAGATING_NEW_INTERMEDIATE [A+B|B]');
  });

  it('counts only evidence that was gathered after the answer, without another nudge', () => {
    const waiting = run(start('manual')).record;
    const verified = answer(waiting, 'CONTINUE');
    const before = snapshotOf(verified, { west: evidenceOf(waiting) });
    expect(decide(verified, before, policy, nowMs)).toMatchObject({
      kind: 'wait',
      verdict: { reason: 'GenerationNotApplied', laggards: [{ cluster: 'west' }] },
    });
    const propagated = answer(run(verified).record, 'CONTINUE');
    expect(rowOf(propagated)).toMatchObject({ step: 'PROPAGATING_NEW_INTERMEDIATE', nudge: 'laggards' });
    const finished = run(answer(run(propagated).record, 'CONTINUE')).record;
    expect([finished.state, rowOf(finished).nudge]).toEqual(['FINISHED', 'laggards']);
  });

  it('fails when the new root has expired, keeps the row, and can roll back from there', () => {
    const started = start();
    const decision = decide(started, snapshotOf(started), policy, rootB.notAfterMs);
    if (decision.kind !== 'transition') throw new Error('no transition');
    const { record, condition } = decision.transition;
    expect(condition.errors[0]).toContain('expired at 1970-01-01T00:03:20.000Z');
    expect([record.state, holds(record)]).toEqual(['FAILED', 'A+B|A']);
    expect(answer(record, 'CONTINUE').state).toBe('ADDING_NEW_ROOT');
    const back = answer(record, 'ROLLBACK');
    expect([back.state, holds(back)]).toEqual(['ROLLING_BACK', 'A|A']);
    const late = decide(
      back,
      snapshotOf(back, {
        west: evidenceOf(back, { receivedAtMs: rootB.notAfterMs }),
        east: evidenceOf(back, { receivedAtMs: rootB.notAfterMs }),
      }),
      policy,
      rootB.notAfterMs,
    );
    expect(late).toMatchObject({ kind: 'transition', transition: { record: { state: 'VERIFYING' } } });
  });
});

describe('an operator', () => {
  it('rolls back one step at a time, each gated and verified, to the previous CA', () => {
    let record = run(start('manual')).record;
    record = run(answer(record, 'CONTINUE')).record;
    record = run(answer(record, 'CONTINUE')).record;
    expect([record.state, holds(record)]).toEqual(['VERIFYING', 'B|B']);
    const seen: string[] = [];
    for (const action of ['ROLLBACK', 'CONTINUE', 'ROLLBACK', 'CONTINUE', 'ROLLBACK', 'CONTINUE'] as const) {
      const answered = answer(record, action);
      record = run(answered).record;
      seen.push(`${answered.state} → ${record.state} [${holds(record)}]`);
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
    expect(start('none', 'MULTI_ROOT', record).state).toBe('ADDING_NEW_ROOT');
  });

  it('goes forward again from a step that was rolled back to', () => {
    let record = run(answer(run(start('manual')).record, 'CONTINUE')).record;
    record = run(answer(record, 'ROLLBACK')).record;
    record = answer(record, 'CONTINUE');
    expect([record.state, record.direction]).toEqual(['VERIFIED', 'back']);
    expect(run(answer(record, 'CONTINUE')).path[0]).toBe('PROPAGATING_NEW_INTERMEDIATE [A+B|B]');
  });

  it('takes back a step that nobody has reached yet', () => {
    expect(answer(start(), 'ROLLBACK')).toMatchObject({ state: 'ROLLING_BACK', step: 'PREVIOUS_CA' });
  });

  it.each([{ rotationId: 'r0' }, { step: 'DELETING_OLD_ROOT' as const }, { generation: 1 }])(
    'cannot release anything with an answer meant for another moment: %o',
    (stale) => {
      const { record } = run(start('manual'));
      expect(() => answer(record, 'CONTINUE', stale)).toThrow(expect.objectContaining({ code: 'RR_APPROVAL_STALE' }));
    },
  );

  it('cannot use one approval twice', () => {
    const { record } = run(start('manual'));
    const { rotation, step, generation } = record;
    const approval: VerificationAnswer = {
      rotationId: rotation?.id ?? '',
      step,
      generation,
      action: 'CONTINUE',
      by: 'bob',
      why: 'ok',
    };
    const next = run(answerVerification(record, approval, nowMs).record).record;
    expect(() => answerVerification(next, approval, nowMs)).toThrow(expect.objectContaining({ code: 'RR_APPROVAL_STALE' }));
  });

  it('cannot undo a rollback by accepting it twice', () => {
    let record = run(answer(run(start('manual')).record, 'CONTINUE')).record;
    record = run(answer(record, 'ROLLBACK')).record;
    const accepted = answer(record, 'CONTINUE');
    expect(() => answer(accepted, 'CONTINUE', { generation: record.generation })).toThrow(
      expect.objectContaining({ code: 'RR_APPROVAL_STALE' }),
    );
  });

  it.each([
    ['CONTINUE', start()],
    ['ROLLBACK', run(start()).record],
    ['ROLLBACK', answer(start(), 'ROLLBACK')],
    ['ROLLBACK', run(answer(start('manual'), 'ROLLBACK')).record],
  ] as const)('cannot answer %s where it has no use', (action, record) => {
    expect(() => answer(record, action)).toThrow(expect.objectContaining({ code: 'RR_APPROVAL_NOT_EXPECTED' }));
  });

  it('cannot answer while no rotation is known', () => {
    expect(() => answer(rest, 'CONTINUE')).toThrow(expect.objectContaining({ code: 'RR_APPROVAL_STALE' }));
  });

  it('cannot start a second rotation while one is under way', () => {
    expect(() => start('none', 'MULTI_ROOT', start())).toThrow(expect.objectContaining({ code: 'RR_ROTATION_IN_PROGRESS' }));
  });

  it.each([
    ['the current one', rootA],
    ['not yet valid', { ...rootB, notBeforeMs: nowMs + 1 }],
    ['expired', { ...rootB, notAfterMs: nowMs }],
  ])('cannot rotate to a root that is %s', (_, target) => {
    const request = { rotationId: 'r1', target, strategy: 'MULTI_ROOT', verification: 'none', by: 'ann' } as const;
    expect(() => requestStart(rest, request, nowMs)).toThrow(expect.objectContaining({ code: 'RR_ROTATION_TARGET_INVALID' }));
  });
});

describe('the table of transitions', () => {
  it('is exactly what decide and the operator can bring about', () => {
    const seen = new Set<string>();
    const known = new Map<string, RotationRecord>();
    const queue: RotationRecord[] = [rest];
    const reach = (from: RotationRecord, to: RotationRecord): void => {
      seen.add(`${from.state} → ${to.state}`);
      const key = JSON.stringify([
        to.state,
        to.step,
        to.direction,
        to.rotation?.strategy,
        to.rotation?.verification,
        to.rotation?.failedIn,
      ]);
      if (known.has(key)) return;
      known.set(key, to);
      queue.push(to);
    };
    for (let record = queue.pop(); record !== undefined; record = queue.pop()) {
      for (const next of nextOf(record)) reach(record, next);
    }
    const table = Object.values(moves).flatMap(({ from, to }) => from.flatMap((a: State) => to.map((b: State) => `${a} → ${b}`)));
    expect([...seen].filter((pair) => !table.includes(pair))).toEqual([]);
    const states = (pairs: Iterable<string>): string[] => [...new Set([...pairs].flatMap((pair) => pair.split(' → ')))].sort();
    expect(states(seen)).toEqual(states(table));
  });
});

/** Every record that can follow: by evidence that has arrived, by time, by an operator. */
function nextOf(record: RotationRecord): RotationRecord[] {
  const attempts = [
    ...(['none', 'manual'] as const).flatMap((v) => (['MULTI_ROOT', 'NONE'] as const).map((s) => () => start(v, s, record))),
    ...(['CONTINUE', 'ROLLBACK'] as const).map((action) => () => answer(record, action)),
    ...[nowMs, 50_000, rootB.notAfterMs].map((atMs) => () => {
      const fresh = evidenceOf(record, { receivedAtMs: atMs });
      const decision = decide(record, snapshotOf(record, { east: fresh, west: fresh }), policy, atMs);
      return decision.kind === 'transition' ? decision.transition.record : undefined;
    }),
  ];
  return attempts.flatMap((attempt) => {
    try {
      const next = attempt();
      return next === undefined ? [] : [next];
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code !== 'RR_INTERNAL') return [];
      throw error;
    }
  });
}
