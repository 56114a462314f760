import { describe, expect, it } from 'vitest';
import { assignmentOf } from '../assignment.ts';
import { defaultAutomaticPolicy } from '../automatic-policy.ts';
import { rootB, samplePolicy } from '../evidence-sample.ts';
import { requestAbort, requestStart } from '../operator.ts';
import type { Policy } from '../policy.ts';
import type { RotationRecord } from '../record.ts';
import { answer, goTo, heard, look, nowMs, rest, run, start, taken } from '../testing/sample-run.ts';
import { effectivePolicyOf, emergencyPolicyOf, hurry } from './effective-policy.ts';
import type { Emergency } from './emergency.ts';

const hours = 3_600_000;

/** Everything that takes time, and asks for people. */
const slow: Policy = {
  ...samplePolicy,
  verification: 'manual',
  approvals: { by: 'another-person', expireAfterMs: hours },
  waves: { canaries: ['west'], size: { kind: 'count', clusters: 1 }, soakMs: hours, onFailure: 'continue' },
  stepTimeout: { afterMs: hours, then: 'rollback' },
  minimumOverlapMs: 24 * hours,
  requiredEvidence: 'loaded',
  window: { kind: 'closed', opensAtMs: undefined },
};
const losses = [{ reason: 'SoakSkipped', message: 'the soak of 60 min after each wave' }];

function begin(changes: Partial<Emergency> = {}, policy: Policy = slow, strategy: Policy['strategy'] = 'MULTI_ROOT') {
  const emergency = { reason: 'the key is out', excludeSilent: [], losses, ...changes };
  const request = { rotationId: 'r1', target: rootB, by: 'ann', emergency };
  return requestStart(rest, request, emergencyPolicyOf(policy, { strategy }), nowMs);
}

const asked = begin().record;
const approved = (record: RotationRecord): RotationRecord => answer(record, 'CONTINUE', { by: 'bob', why: 'I agree' });
const told = (record: RotationRecord) => ['east', 'west'].map((cluster) => assignmentOf(record, cluster)?.generation);

describe('a rotation in an emergency', () => {
  it('tells nobody, and names who is waited for, until another person approves it, however often it is looked at', () => {
    const { last, record } = run(asked, { policy: slow });
    expect(last).toMatchObject({ kind: 'wait', verdict: { reason: 'AwaitingApproval', laggardCount: 0 } });
    expect(last.verdict.message).toBe(
      'waiting: an emergency rotation was started by ann, and another person than ann must approve it: the key is out',
    );
    expect([record, told(record)]).toEqual([asked, told(rest)]);
    expect(told(approved(asked))).toEqual(told(rest));
  });

  it.each(['ann', ' ANN '])('is not approved by %j, who has started it, although the policy lets anybody approve', (by) => {
    const open = begin({}, { ...slow, approvals: samplePolicy.approvals }).record;
    expect(() => answer(open, 'CONTINUE', { by })).toThrow(expect.objectContaining({ code: 'RR_APPROVAL_FOUR_EYES' }));
  });

  it('is refused by anybody, and is gone then, key and all', () => {
    for (const by of ['ann', 'bob']) {
      expect(answer(asked, 'ROLLBACK', { by })).toMatchObject({
        state: 'NOT_ROTATING',
        rotation: undefined,
        roots: [{ phase: 'active' }, { phase: 'destroyed' }],
      });
    }
    expect(requestAbort(asked, { rotationId: 'r1', by: 'ann', why: 'false alarm' }, nowMs).record.state).toBe('NOT_ROTATING');
  });

  it('takes one approval only, for the moment that it names', () => {
    const { generation } = asked;
    const again = () => answer(approved(asked), 'CONTINUE', { generation });
    expect(again).toThrow(expect.objectContaining({ code: 'RR_APPROVAL_REPEATED' }));
    expect(() => answer(asked, 'CONTINUE', { generation: 1 })).toThrow(expect.objectContaining({ code: 'RR_APPROVAL_STALE' }));
  });

  it('says in the history who has started and who has approved it, why, and what is lost', () => {
    const started = begin({ excludeSilent: ['west'] }).condition.message;
    expect(started).toBe(
      'emergency rotation started by ann with strategy MULTI_ROOT: the key is out; without these while they are silent: west; ' +
        'nobody is told before another person approves it. What is lost: the soak of 60 min after each wave',
    );
    expect(approved(asked).rotation?.emergency?.approval).toEqual({ by: 'bob', atMs: nowMs, why: 'I agree' });
  });

  it('then goes through every row in one moment, past soak, waves, windows, overlap, timeout and people', () => {
    const { path, record } = run(approved(asked), { policy: slow });
    expect(path.map((each) => each.replace(/ \[.*/, ''))).toEqual([
      'release → ADDING_NEW_ROOT',
      ...['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'].flatMap((step, index) => [
        ...(index === 0 ? [] : [`advance → ${step}`]),
        'verify → VERIFYING',
        'confirm → VERIFIED',
      ]),
      'finish → FINISHED',
    ]);
    expect(record.currentRoot).toBe(rootB.fingerprint);
  });

  it('has every row make all proxies ask anew, and waits for that', () => {
    let record = taken(look(approved(asked), { policy: slow }));
    for (const step of ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'] as const) {
      while (record.step !== step) record = taken(look(record, { policy: slow }));
      expect(assignmentOf(record, 'east')?.row).toMatchObject({ step, nudge: 'when-loaded' });
      const except = { east: { nudges: 0 } };
      expect(look(record, { policy: slow, except }).verdict.reason).toBe('NudgePending');
    }
    expect(assignmentOf(goTo('ADDING_NEW_ROOT'), 'east')?.row.nudge).toBe('laggards');
  });

  it('skips no evidence: each row waits for a late workload, although the policy asked for less', () => {
    const first = taken(look(approved(asked), { policy: slow }));
    const workloads = heard(rest).evidence.get('east')?.workloads ?? [];
    const late = look(first, { policy: slow, except: { east: { workloads } } });
    expect(late).toMatchObject({ kind: 'wait', verdict: { reason: 'WorkloadTrustDiffers' } });
    expect(late.verdict.laggards[0]?.cluster).toBe('east');
  });

  it('waits for the evidence of the row before it tells anybody, as any rotation does, but for strategy NONE', () => {
    const except = { west: { replicas: [] } };
    expect(look(approved(asked), { policy: slow, except }).verdict.reason).toBe('ReplicaNotLoaded');
    const abrupt = approved(begin({}, slow, 'NONE').record);
    expect(taken(look(abrupt, { policy: slow, except }))).toMatchObject({ state: 'DELETING_OLD_ROOT', wave: { index: 1 } });
  });

  it('waits for people between the steps where it is asked to', () => {
    const emergency = { reason: 'the key is out', excludeSilent: [], losses };
    const request = { rotationId: 'r1', target: rootB, by: 'ann', emergency };
    const policy = emergencyPolicyOf(slow, { verification: 'manual' });
    const { last, record } = run(approved(requestStart(rest, request, policy, nowMs).record), { policy: slow });
    expect(last.verdict.reason).toBe('AwaitingVerification');
    // Four eyes of the policy hold for the steps as well.
    expect(() => answer(record, 'CONTINUE', { by: 'ann' })).toThrow(expect.objectContaining({ code: 'RR_APPROVAL_FOUR_EYES' }));
  });
});

describe('a silent cluster that was named', () => {
  const named = begin({ excludeSilent: ['west'] }).record;
  const silent = { policy: slow, atMs: 20_000, except: { west: { receivedAtMs: 1_000 } } };

  it('is excluded by an act of its own once the rotation is approved, and is waited for before', () => {
    expect(look(named, silent)).toMatchObject({ kind: 'wait', verdict: { reason: 'AwaitingApproval' } });
    const { conditions, record } = run(approved(named), silent);
    expect(conditions[0]).toMatchObject({
      act: { move: 'exclude', cluster: 'west', cause: 'operator', by: 'ann' },
      message:
        'cluster west is excluded by ann: it is silent, and was named when the emergency rotation was started, approved by bob: the key is out',
    });
    expect(record).toMatchObject({
      state: 'FINISHED',
      currentRoot: rootB.fingerprint,
      deviations: { west: { kind: 'excluded' } },
    });
    expect(assignmentOf(record, 'west')).toEqual(assignmentOf(rest, 'west'));
  });

  it('is a member like any other while it speaks, and while mgmt has not listened for long enough to know', () => {
    expect(taken(look(approved(named), { policy: slow })).deviations).toEqual({});
    const justStarted = { ...slow, silentAfterMs: 30_000 };
    expect(look(approved(named), { ...silent, policy: justStarted }).kind).toBe('transition');
    expect(run(approved(named), { ...silent, policy: justStarted }).record.deviations).toEqual({});
  });

  it('is waited for where nobody has named it', () => {
    expect(run(approved(asked), silent).last.verdict.reason).toBe('ClusterSilent');
  });
});

describe('the effective policy', () => {
  it('is that of the mesh for a usual rotation, and for one in an emergency that nobody has approved', () => {
    for (const record of [rest, start(), asked]) expect(effectivePolicyOf(slow, record)).toBe(slow);
  });

  it('is without anything that takes time, and the same when it is asked for again', () => {
    const effective = effectivePolicyOf(slow, approved(asked));
    expect(effective).toEqual({
      ...slow,
      waves: { canaries: [], size: { kind: 'all' }, soakMs: 0, onFailure: 'stop' },
      stepTimeout: { afterMs: undefined, then: 'hold' },
      automatic: { ...defaultAutomaticPolicy, soakMs: 0, onFailure: 'hold' },
      minimumOverlapMs: 0,
      requiredEvidence: 'held',
      restarts: 'when-refused',
      workloadRestarts: 'when-needed',
      window: { kind: 'open' },
    });
    expect(hurry(effective, 'MULTI_ROOT')).toEqual(effective);
  });

  it('is that of the mesh again when the rotation is over, or was taken back', () => {
    const over = run(approved(asked), { policy: slow }).record;
    expect([over.state, over.rotation?.emergency?.approval?.by]).toEqual(['FINISHED', 'bob']);
    const back = { ...over, state: 'PREVIOUS_CA' } as const;
    for (const record of [over, back]) expect(effectivePolicyOf(slow, record)).toBe(slow);
  });

  it('restarts no more than the emergency policy allows, and no less than the policy says', () => {
    const strict = { ...slow, emergency: { restarts: 'never', workloadRestarts: 'never' } } as const;
    expect(hurry(strict, 'MULTI_ROOT')).toMatchObject({ restarts: 'never', workloadRestarts: 'never' });
    const more = { ...strict, restarts: 'always', workloadRestarts: 'when-needed' } as const;
    expect(hurry(more, 'MULTI_ROOT')).toMatchObject({ restarts: 'always', workloadRestarts: 'when-needed' });
  });

  it('asks for no more evidence than the policy under strategy NONE', () => {
    expect(hurry(slow, 'NONE').requiredEvidence).toBe('loaded');
  });
});
