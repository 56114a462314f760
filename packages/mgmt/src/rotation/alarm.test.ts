import { describe, expect, it } from 'vitest';
import { type AlarmPolicy, findAlarms } from './alarm.ts';
import { evidenceOf, rootA, snapshotOf } from './evidence-sample.ts';
import { newRecord } from './new-record.ts';
import { perform } from './transition.ts';

const lifeMs = 100_000;
const record = newRecord('demo', { ...rootA, notAfterMs: lifeMs }, 0);
const byHand: AlarmPolicy = { rootGraceRatio: 0, intermediateTtlMs: 10_000, intermediateGraceRatio: 0.2, backdateMs: 300_000 };
const byItself: AlarmPolicy = { ...byHand, rootGraceRatio: 0.1 };

/** Both intermediates are far from their end unless it is given. */
function alarmsAt(nowMs: number, policy = byHand, intermediateEndMs = 10 * lifeMs): string[] {
  const written = { ...evidenceOf(record).written!, signerNotAfterMs: intermediateEndMs };
  const snapshot = snapshotOf(record, { east: evidenceOf(record, { written }), west: undefined });
  return findAlarms(record, snapshot, policy, nowMs).map(
    ({ severity, reason, cluster }) => `${severity} ${reason}${cluster === undefined ? '' : ` ${cluster}`}`,
  );
}

describe('alarms of a root', () => {
  it.each([
    [lifeMs * 0.6, []],
    [lifeMs * 0.7, ['warning RootExpiresSoon']],
    [lifeMs * 0.91, ['critical RootExpiresSoon']],
    [lifeMs, ['critical RootExpired']],
  ])('that nobody rotates come with a third and a tenth of its life left: at %i', (nowMs, expected) => {
    expect(alarmsAt(nowMs)).toEqual(expected);
  });

  it.each([
    [lifeMs * 0.84, []],
    [lifeMs * 0.86, ['warning RootExpiresSoon']],
    [lifeMs * 0.96, ['critical RootExpiresSoon']],
  ])('that is rotated by itself come before that, and are critical when it has not helped: at %i', (nowMs, expected) => {
    expect(alarmsAt(nowMs, byItself)).toEqual(expected);
  });
});

describe('alarms of an intermediate', () => {
  it.each([
    [2_000, []],
    [1_700, ['warning IntermediateExpiresSoon east']],
    [900, ['critical IntermediateExpiresSoon east']],
    [0, ['critical IntermediateExpired east']],
  ])('come when it should have been renewed for a while: %i ms before its end', (leftMs, expected) => {
    expect(alarmsAt(10_000, byHand, 10_000 + leftMs)).toEqual(expected);
  });
});

describe('alarms of what is healthy', () => {
  it('do not come for an intermediate that is as young as its root is short-lived', () => {
    const longLived = { ...byHand, intermediateTtlMs: 365 * lifeMs };
    expect(alarmsAt(10, longLived, lifeMs)).toEqual([]);
    expect(alarmsAt(lifeMs * 0.65, longLived, lifeMs * 0.66)).toEqual(['critical IntermediateExpiresSoon east']);
  });

  it('come for a root as if nothing rotated it once people have rolled back', () => {
    const rolledBack = { ...record, state: 'PREVIOUS_CA' } as const;
    const reasons = findAlarms(rolledBack, snapshotOf(record), byItself, lifeMs * 0.7).map(({ reason }) => reason);
    expect(reasons).toContain('RootExpiresSoon');
  });
});

describe('alarms', () => {
  it('name a cluster that cannot be brought back', () => {
    const joined = perform(record, { move: 'members', added: ['west'], removed: [] }, 0, { message: 'm' }).record;
    const foreign = { ...evidenceOf(record).written!, roots: ['f'.repeat(64)], signerRoot: undefined };
    const snapshot = snapshotOf(joined, { west: evidenceOf(record, { written: foreign }) });
    expect(findAlarms(joined, snapshot, byHand, 10_000)).toMatchObject([
      { severity: 'warning', reason: 'ClusterQuarantined', cluster: 'west', message: expect.stringContaining('never had') },
    ]);
  });

  it('come with the critical ones first', () => {
    expect(alarmsAt(lifeMs * 0.7, byHand, lifeMs * 0.7 - 1)).toEqual([
      'critical IntermediateExpired east',
      'warning RootExpiresSoon',
    ]);
  });
});
