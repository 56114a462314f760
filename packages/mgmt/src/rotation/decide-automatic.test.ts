import type { Step } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import { type AutomaticPolicy, defaultAutomaticPolicy } from './automatic-policy.ts';
import type { Decision } from './decide.ts';
import type { Policy } from './policy.ts';
import type { RotationRecord } from './record.ts';
import { answer, look, nowMs, run, start, taken } from './testing/sample-run.ts';
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
    expect(reasonOf(look(record, looking))).toBe('NotWritten');
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
    expect(reasonOf(look(retried, { policy: policyWith(), verification }))).toBe('VerificationRunning');
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
    const running = facts(record, { kind: 'running', message: 'x', laggards: [] });
    const at = (atMs: number, changes: object = {}): Decision =>
      look(record, { policy, atMs: nowMs + atMs, verification: running, ...changes });
    expect(reasonOf(at(29_999))).toBe('VerificationRunning');
    expect(at(30_000)).toMatchObject({
      transition: {
        record: { state: 'FAILED' },
        condition: { message: 'ADDING_NEW_ROOT is not verified: there is no verdict within 20 s' },
      },
    });
    expect(taken(at(30_000, { except: { west: undefined } })).state).toBe('FAILED');
    expect(reasonOf(at(30_000, { verification: facts(record, passed()) }))).toBe('transition');
  });

  it('counts the time anew of a step that was verified, and lagged behind while it soaked', () => {
    const policy = policyWith({ soakMs: 1_000_000, timeoutMs: 20_000 });
    const record = verifying(policy);
    const anew = facts(record, { kind: 'running', message: 'x', laggards: [], sinceMs: nowMs + 50_000 });
    const at = (atMs: number): Decision =>
      look(record, { policy, atMs: nowMs + atMs, verification: anew, except: { west: { written: undefined } } });
    expect(reasonOf(at(79_999))).toBe('NotWritten');
    expect(taken(at(80_000)).state).toBe('FAILED');
  });

  it('takes no second look after the soak for a failure as well', () => {
    const policy = policyWith({ soakMs: 1_000, timeoutMs: 20_000 });
    const record = verifying(policy);
    const at = (atMs: number): Decision => look(record, { policy, atMs: nowMs + atMs, verification: facts(record, passed()) });
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
});
