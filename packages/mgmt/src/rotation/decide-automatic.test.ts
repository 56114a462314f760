import type { Step } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import { type AutomaticPolicy, defaultAutomaticPolicy } from './automatic-policy.ts';
import type { Decision } from './decide.ts';
import { rootB } from './evidence-sample.ts';
import type { Policy } from './policy.ts';
import type { RotationRecord } from './record.ts';
import { answer, look, nowMs, rest, run, start, taken } from './testing/sample-run.ts';
import type { VerificationFacts, VerificationFinding } from './verification-facts.ts';

function policyWith(asked: Partial<AutomaticPolicy> = {}): Partial<Policy> {
  return { verification: 'automatic', automatic: { ...defaultAutomaticPolicy, ...asked } };
}

/** In VERIFYING at the first step. */
function verifying(policy = policyWith()): RotationRecord {
  const { record, last } = run(start(policy), { policy });
  expect(last).toMatchObject({ kind: 'wait', verdict: { reason: 'VerificationRunning' } });
  return record;
}

/** Facts of the very moment of a record, with differences. */
function facts(
  record: RotationRecord,
  finding: VerificationFinding,
  changes: Partial<VerificationFacts> = {},
): VerificationFacts {
  const { rotation, step, generation, enteredAtMs } = record;
  return { rotationId: rotation?.id ?? '', step, generation, startedAtMs: enteredAtMs, finding, ...changes };
}

function passed(atMs = nowMs, sinceMs = nowMs): VerificationFinding {
  return { kind: 'passed', message: '40 of 40 handshakes', proof: 'p1', sinceMs, atMs };
}

const failed: VerificationFinding = {
  kind: 'failed',
  message: 'handshakes: 1 of 40 was refused',
  proof: 'p2',
  laggards: [{ cluster: 'west', reason: 'HandshakeRefused', message: 'it refuses east: unknown CA' }],
};

function reasonOf(decision: Decision): string {
  return decision.kind === 'wait' ? decision.verdict.reason : decision.kind;
}

describe('automatic verification', () => {
  it('waits for a verdict, and says how far the checks are', () => {
    const record = verifying();
    const verification = facts(record, { kind: 'running', message: 'handshakes: 12 of 40', laggards: [] });
    const verdict = { reason: 'VerificationRunning', message: 'waiting: handshakes: 12 of 40' };
    expect(look(record, { policy: policyWith(), verification })).toMatchObject({ kind: 'wait', verdict });
  });

  it('lets the step pass once everything has passed, and names the proof in the history', () => {
    const record = verifying();
    const decision = look(record, { policy: policyWith(), verification: facts(record, passed()) });
    expect(decision).toMatchObject({
      transition: {
        record: { state: 'VERIFIED', generation: record.generation },
        condition: { message: 'ADDING_NEW_ROOT is verified: 40 of 40 handshakes (proof p1)' },
      },
    });
  });

  it('lets a step pass that it came to verify while the clock was ahead: what is found afterwards is not of before', () => {
    const policy = policyWith();
    const ahead = run(start(policy), { policy, atMs: nowMs + 100_000 }).record;
    const { record } = run(ahead, { policy });
    expect([ahead.enteredAtMs, record.enteredAtMs]).toEqual([nowMs + 100_000, nowMs]);
    const verification = facts(record, passed(), { startedAtMs: nowMs });
    expect(taken(look(record, { policy, verification })).state).toBe('VERIFIED');
  });

  it.each<readonly [what: string, changes: Partial<VerificationFacts>]>([
    ['another rotation', { rotationId: 'r0' }],
    ['another step', { step: 'DELETING_OLD_ROOT' }],
    ['another generation', { generation: 1 }],
    ['a time before VERIFYING', { startedAtMs: nowMs - 1 }],
  ])('counts no verdict on %s', (_, changes) => {
    const record = verifying();
    for (const finding of [passed(), failed]) {
      const verification = facts(record, finding, changes);
      expect(reasonOf(look(record, { policy: policyWith(), verification }))).toBe('VerificationRunning');
    }
  });

  it('lets no step pass while a cluster lags behind, whatever the verdict says', () => {
    const record = verifying();
    const looking = { policy: policyWith(), verification: facts(record, passed()), except: { west: { written: undefined } } };
    expect(reasonOf(look(taken(look(record, looking)), looking))).toBe('NotWritten');
  });

  it('soaks until everything has been looked at again after the soak time', () => {
    const policy = policyWith({ soakMs: 1_000 });
    const record = verifying(policy);
    const at = (atMs: number): Decision =>
      look(record, { policy, atMs: nowMs + 3_000, verification: facts(record, passed(atMs)) });
    const until = new Date(nowMs + 1_000).toISOString();
    expect(at(nowMs + 999)).toMatchObject({
      verdict: { reason: 'VerificationSoaking', message: `waiting: ADDING_NEW_ROOT is verified and soaks until ${until}` },
    });
    expect(taken(at(nowMs + 1_000)).state).toBe('VERIFIED');
  });

  it('goes on with a soak when mgmt is started anew: who was not heard yet does not lag behind', () => {
    const policy = policyWith({ soakMs: 100_000 });
    const record = verifying(policy);
    const anew = { policy, atMs: nowMs + 50_000, heardSinceMs: nowMs + 50_000 };
    expect(look(record, { ...anew, except: { east: undefined, west: undefined } })).toMatchObject({
      kind: 'wait',
      verdict: { reason: 'ClusterNeverReported' },
    });
    expect(reasonOf(look(record, { ...anew, except: { west: undefined } }))).toBe('ClusterNeverReported');
    expect(reasonOf(look(record, { ...anew, verification: facts(record, passed(nowMs + 50_000)) }))).toBe('VerificationSoaking');
    const problems = [{ code: 'RR_REPORT_OTHER_TERM', message: 'it is of term 2', remedy: 'wait' }];
    const ofBefore = { appliedGeneration: 0, problems };
    expect(reasonOf(look(record, { ...anew, except: { east: undefined, west: ofBefore } }))).toBe('ClusterNeverReported');
    expect(reasonOf(look(record, { ...anew, except: { east: ofBefore } }))).toBe('GenerationNotApplied');
    const lagging = taken(look(record, { ...anew, except: { east: undefined, west: { written: undefined } } }));
    expect(lagging.wave.provenAtMs).toBeUndefined();
    const silent = taken(look(record, { ...anew, atMs: nowMs + 55_000, except: { west: undefined } }));
    expect(silent.wave.provenAtMs).toBeUndefined();
  });

  it('holds a step that is not verified: the rotation has failed, says why, and changes nothing', () => {
    const record = verifying();
    const decision = look(record, { policy: policyWith(), verification: facts(record, failed) });
    expect(decision).toMatchObject({
      transition: {
        record: { state: 'FAILED', step: 'ADDING_NEW_ROOT', generation: record.generation, rotation: { failedIn: 'VERIFYING' } },
        condition: {
          message: 'ADDING_NEW_ROOT is not verified: handshakes: 1 of 40 was refused (proof p2)',
          errors: ['west: it refuses east: unknown CA'],
        },
      },
    });
  });

  it('begins anew after a retry: the verdict of before counts no more', () => {
    const record = verifying();
    const verification = facts(record, failed);
    const held = taken(look(record, { policy: policyWith(), verification }));
    const retried = answer(held, 'CONTINUE');
    expect(retried.state).toBe('VERIFYING');
    expect(reasonOf(run(retried, { policy: policyWith(), verification }).last)).toBe('VerificationRunning');
  });

  it('takes a step that is not verified back, where the policy says so', () => {
    const policy = policyWith({ onFailure: 'rollback' });
    const record = verifying(policy);
    const back = taken(look(record, { policy, verification: facts(record, failed) }));
    expect(back).toMatchObject({ state: 'ROLLING_BACK', step: 'PREVIOUS_CA', direction: 'back' });
  });

  it('verifies a rollback too, and holds one that is not verified, whatever the policy says', () => {
    const policy = policyWith({ onFailure: 'rollback' });
    const record = verifying(policy);
    const back = run(taken(look(record, { policy, verification: facts(record, failed) })), { policy }).record;
    expect(back).toMatchObject({ state: 'VERIFYING', step: 'PREVIOUS_CA' satisfies Step });
    expect(taken(look(back, { policy, verification: facts(back, failed) }))).toMatchObject({
      state: 'FAILED',
      step: 'PREVIOUS_CA',
    });
    const settled = run(taken(look(back, { policy, verification: facts(back, passed()) })), { policy }).record;
    expect(settled.state).toBe('PREVIOUS_CA');
  });

  it('goes no further back by itself where a row that was rolled back to is not verified', () => {
    const policy = policyWith({ onFailure: 'rollback' });
    const first = verifying(policy);
    const second = run(taken(look(first, { policy, verification: facts(first, passed()) })), { policy }).record;
    expect(second).toMatchObject({ state: 'VERIFYING', step: 'PROPAGATING_NEW_INTERMEDIATE' });
    const back = run(taken(look(second, { policy, verification: facts(second, failed) })), { policy }).record;
    expect(back).toMatchObject({ state: 'VERIFYING', step: 'ADDING_NEW_ROOT', direction: 'back' });
    const held = taken(look(back, { policy, verification: facts(back, failed) }));
    expect(held).toMatchObject({ state: 'FAILED', step: 'ADDING_NEW_ROOT', direction: 'back' });
  });

  it('holds where there is no way back: the root that would sign has expired', () => {
    const policy = policyWith({ onFailure: 'rollback', timeoutMs: 1_000_000 });
    const record = verifying(policy);
    const decision = look(record, { policy, atMs: 150_000, verification: facts(record, failed) });
    expect(taken(decision).state).toBe('FAILED');
  });

  it('takes no verdict in time for a failure, also while a cluster lags behind, and counts anew after a restart', () => {
    const policy = policyWith({ timeoutMs: 20_000 });
    const record = verifying(policy);
    const running = { kind: 'running', message: 'x', laggards: [] } as const;
    const at = (atMs: number, changes: object = {}): Decision =>
      look(record, { policy, atMs: nowMs + atMs, verification: facts(record, running), ...changes });
    expect(reasonOf(at(29_999))).toBe('VerificationRunning');
    expect(at(30_000)).toMatchObject({
      transition: {
        record: { state: 'FAILED' },
        condition: { message: 'ADDING_NEW_ROOT is not verified: there is no verdict within 20 s' },
      },
    });
    const lagging = { except: { west: undefined } };
    const doubted = taken(at(30_000, lagging));
    expect(taken(look(doubted, { policy, atMs: nowMs + 30_000, verification: facts(doubted, running), ...lagging })).state).toBe(
      'FAILED',
    );
    expect(reasonOf(at(30_000, { verification: facts(record, passed()) }))).toBe('transition');
  });

  it('counts the time anew of a step that was verified, and lagged behind while it soaked', () => {
    const policy = policyWith({ soakMs: 1_000_000, timeoutMs: 20_000 });
    const record = verifying(policy);
    const anew = facts(record, { kind: 'running', message: 'x', laggards: [] }, { countsFromMs: nowMs + 50_000 });
    const doubted = taken(look(record, { policy, except: { west: { written: undefined } } }));
    const at = (atMs: number): Decision =>
      look(doubted, { policy, atMs: nowMs + atMs, verification: anew, except: { west: { written: undefined } } });
    expect(reasonOf(at(79_999))).toBe('NotWritten');
    expect(taken(at(80_000)).state).toBe('FAILED');
  });

  it('waits no longer where all that has passed is of before a cluster lagged behind', () => {
    const policy = policyWith({ timeoutMs: 20_000 });
    const record = verifying(policy);
    const proven = { ...record, wave: { ...record.wave, provenAtMs: nowMs + 1 } };
    const at = (atMs: number, since: RotationRecord): Decision =>
      look(since, { policy, atMs: nowMs + atMs, verification: facts(since, passed()) });
    expect(reasonOf(at(29_999, proven))).toBe('VerificationRunning');
    expect(taken(at(30_000, proven)).state).toBe('FAILED');
    expect(taken(at(30_000, record)).state).toBe('VERIFIED');
  });

  it('waits for as long as is said, however much earlier the step was entered by the clock', () => {
    const policy = policyWith({ timeoutMs: 20_000 });
    const record = verifying(policy);
    const countsFromMs = nowMs + 60_000;
    const verification = { ...facts(record, passed()), finding: undefined, countsFromMs };
    const at = (atMs: number): Decision => look(record, { policy, atMs: countsFromMs + atMs, verification });
    expect(reasonOf(at(29_999))).toBe('VerificationRunning');
    expect(taken(at(30_000)).state).toBe('FAILED');
  });

  it('takes no second look after the soak for a failure as well', () => {
    const policy = policyWith({ soakMs: 1_000, timeoutMs: 20_000 });
    const record = verifying(policy);
    const verification = facts(record, passed(), { countsFromMs: nowMs + 1_000 });
    const at = (atMs: number): Decision => look(record, { policy, atMs: nowMs + atMs, verification });
    expect(reasonOf(at(30_999))).toBe('VerificationSoaking');
    expect(taken(at(31_000)).state).toBe('FAILED');
  });

  it('has its verdict expire like an approval, when the next step does not begin in time', () => {
    const policy = {
      ...policyWith(),
      window: { kind: 'closed', opensAtMs: undefined },
      approvals: { by: 'anybody', expireAfterMs: 50_000 },
    } as const;
    const record = verifying(policyWith());
    const verified = taken(look(record, { policy, verification: facts(record, passed()) }));
    expect(reasonOf(look(verified, { policy, atMs: nowMs + 49_999 }))).toBe('MaintenanceWindowClosed');
    const lapsed = look(verified, { policy, atMs: nowMs + 50_000 });
    expect(lapsed).toMatchObject({ transition: { condition: { act: { move: 'lapse' } } } });
    const again = look(taken(lapsed), { policy, atMs: nowMs + 50_000, verification: facts(record, passed()) });
    expect(reasonOf(again)).toBe('VerificationRunning');
  });

  it('writes down that a cluster lags behind, and counts no soak from before it, whoever remembers one', () => {
    const policy = policyWith({ soakMs: 1_000 });
    const record = verifying(policy);
    const verification = facts(record, passed(nowMs + 1_000));
    const doubted = taken(look(record, { policy, atMs: nowMs + 500, except: { west: { written: undefined } } }));
    expect(doubted).toMatchObject({ state: 'VERIFYING', enteredAtMs: nowMs, wave: { provenAtMs: undefined } });
    const again = look(doubted, { policy, atMs: nowMs + 600, verification });
    expect(again).toMatchObject({ transition: { condition: { act: { move: 'prove' } } } });
    const proven = taken(again);
    expect(proven.wave.provenAtMs).toBe(nowMs + 600);
    expect(look(proven, { policy, atMs: nowMs + 2_000, verification })).toMatchObject({
      verdict: { reason: 'VerificationRunning', message: 'waiting: the checks of ADDING_NEW_ROOT begin anew' },
    });
    const anew = facts(proven, passed(nowMs + 1_600, nowMs + 600));
    expect(taken(look(proven, { policy, atMs: nowMs + 1_600, verification: anew })).state).toBe('VERIFIED');
  });
});

describe('a step that waits after automatic verification', () => {
  const opensAtMs = nowMs + 10_000_000;
  const shut = { ...policyWith(), window: { kind: 'closed', opensAtMs } } as const;
  const verified = (policy: Partial<Policy> = shut): RotationRecord => {
    const { record } = run(start(policyWith(), rest, { ...rootB, notAfterMs: 1e9 }), { policy: policyWith() });
    return taken(look(record, { policy, verification: facts(record, passed()) }));
  };
  const renewed = (record: RotationRecord, sinceMs: number): VerificationFacts =>
    facts(record, { kind: 'passed', message: '40 of 40', proof: 'p9', sinceMs, atMs: sinceMs });

  it('is left by a verdict that is new, and by no old one', () => {
    const record = verified();
    const open = policyWith();
    expect(taken(look(record, { policy: open, atMs: nowMs + 899_999 })).state).toBe('PROPAGATING_NEW_INTERMEDIATE');
    const late = look(record, { policy: open, atMs: nowMs + 1_200_000 });
    expect(late).toMatchObject({
      verdict: {
        reason: 'VerificationRunning',
        message: 'waiting: ADDING_NEW_ROOT was verified at 1970-01-01T00:00:02.000Z, and is so once more before it is left',
      },
    });
    const verification = renewed(record, nowMs + 1_200_000);
    expect(taken(look(record, { policy: open, atMs: nowMs + 1_200_001, verification })).state).toBe(
      'PROPAGATING_NEW_INTERMEDIATE',
    );
  });

  it('is left by no verdict of a moment that is still to come: nobody knows how old that is', () => {
    const record = verified();
    const ahead = renewed(record, nowMs + 2_000_000);
    const at = (atMs: number): Decision => look(record, { policy: policyWith(), atMs, verification: ahead });
    expect(reasonOf(at(nowMs + 1_999_999))).toBe('VerificationRunning');
    expect(taken(at(nowMs + 2_000_000)).state).toBe('PROPAGATING_NEW_INTERMEDIATE');
    const setBack = { ...record, enteredAtMs: nowMs + 2_000_000 };
    expect(reasonOf(look(setBack, { policy: policyWith(), atMs: nowMs + 10 }))).toBe('VerificationRunning');
  });

  it('is verified anew shortly before the window opens, for a window may be shorter than the checks take', () => {
    const record = verified();
    const at = (atMs: number, verification?: VerificationFacts): string =>
      reasonOf(look(record, { policy: shut, atMs, ...(verification === undefined ? {} : { verification }) }));
    expect(at(opensAtMs - 600_001)).toBe('MaintenanceWindowClosed');
    expect(at(opensAtMs - 600_000)).toBe('VerificationRunning');
    expect(at(opensAtMs - 1, renewed(record, opensAtMs - 600_000))).toBe('MaintenanceWindowClosed');
    const verification = renewed(record, opensAtMs - 600_000);
    expect(taken(look(record, { policy: policyWith(), atMs: opensAtMs, verification })).state).toBe(
      'PROPAGATING_NEW_INTERMEDIATE',
    );
  });

  it('is verified anew before the overlap is over', () => {
    const policy = { ...policyWith(), minimumOverlapMs: 10_000_000 };
    const record = verified(policy);
    expect(reasonOf(look(record, { policy, atMs: nowMs + 9_399_999 }))).toBe('OverlapNotElapsed');
    expect(reasonOf(look(record, { policy, atMs: nowMs + 9_400_000 }))).toBe('VerificationRunning');
  });

  it('is not left by a verdict of before a cluster lagged behind', () => {
    const record = verified();
    const doubted = taken(look(record, { policy: shut, atMs: nowMs + 10, except: { west: { written: undefined } } }));
    expect(doubted).toMatchObject({ state: 'VERIFIED', wave: { provenAtMs: undefined } });
    const proven = taken(look(doubted, { policy: policyWith(), atMs: nowMs + 20 }));
    expect(reasonOf(look(proven, { policy: policyWith(), atMs: nowMs + 20 }))).toBe('VerificationRunning');
    const verification = renewed(proven, nowMs + 20);
    expect(taken(look(proven, { policy: policyWith(), atMs: nowMs + 30, verification })).state).toBe(
      'PROPAGATING_NEW_INTERMEDIATE',
    );
  });

  it('is verified from the beginning, by all that the policy says, where it is no longer in order', () => {
    const record = verified();
    const lapsed = look(record, { policy: shut, atMs: opensAtMs - 600_000, verification: facts(record, failed) });
    expect(lapsed).toMatchObject({
      transition: {
        record: { state: 'VERIFYING', step: 'ADDING_NEW_ROOT' },
        condition: { act: { move: 'lapse' }, errors: ['west: it refuses east: unknown CA'] },
      },
    });
    expect(reasonOf(look(taken(lapsed), { policy: shut, atMs: opensAtMs, verification: facts(record, failed) }))).toBe(
      'VerificationRunning',
    );
  });

  it('goes on as the person has said who has let it pass, whatever mgmt has found', () => {
    const { record: looking } = run(start(policyWith(), rest, { ...rootB, notAfterMs: 1e9 }), { policy: policyWith() });
    const record = answer(looking, 'CONTINUE', {}, nowMs + 5);
    expect(taken(look(record, { policy: policyWith(), atMs: nowMs + 2_000_000 })).state).toBe('PROPAGATING_NEW_INTERMEDIATE');
  });
});
