import { createFakeClock } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { rootA, samplePolicy, snapshotOf } from '../rotation/evidence-sample.ts';
import { newRecord } from '../rotation/index.ts';
import { recordLog } from '../testing/recorded-log.ts';
import { alarmPolicyOf, createAlarmLog } from './alarms.ts';
import type { MeshView } from './mesh-view.ts';

const options = { ttlDays: 1, organization: 'o', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, graceRatio: 0 } as const;
const minuteMs = 60_000;
const root = { ...rootA, notAfterMs: 100 * minuteMs };
const record = newRecord('demo', root, 0);
const spec = {
  mesh: 'demo',
  clusters: [],
  trustDomain: 'cluster.local',
  rootSource: { kind: 'generated' as const },
  intermediateSource: { kind: 'mgmt' as const },
  root: options,
  intermediate: options,
  rotation: samplePolicy,
  maintenanceWindows: [],
};
const viewOf = (notAfterMs: number): MeshView => ({
  stored: { revision: 1, spec, record: { ...record, roots: [{ ...record.roots[0]!, notAfterMs }] }, verdict: undefined },
  roots: new Map(),
  rootNames: new Set(),
});

describe('the log of alarms', () => {
  it('says an alarm once when it comes up, again when it is worse, and once when it is over', () => {
    const clock = createFakeClock(0);
    const log = recordLog();
    const alarms = createAlarmLog(log, clock);
    const look = (notAfterMs = root.notAfterMs): void => {
      alarms.look(viewOf(notAfterMs), snapshotOf(record, {}, []));
    };
    look();
    expect(log.all({ msg: 'an alarm was raised' })).toEqual([]);
    for (const minutes of [70, 1, 1, 20, 1]) {
      clock.advance(minutes * minuteMs);
      look();
    }
    expect(log.all({ msg: 'an alarm was raised' })).toMatchObject([
      { severity: 'warning', reason: 'RootExpiresSoon' },
      { severity: 'critical', reason: 'RootExpiresSoon' },
    ]);
    clock.advance(minuteMs);
    look(10_000 * minuteMs);
    expect(log.all({ msg: 'an alarm is over' })).toHaveLength(2);
  });

  it('looks once a minute at the most', () => {
    const clock = createFakeClock(99 * minuteMs);
    const log = recordLog();
    const alarms = createAlarmLog(log, clock);
    alarms.look(viewOf(10_000 * minuteMs), snapshotOf(record, {}, []));
    clock.advance(minuteMs - 1);
    alarms.look(viewOf(root.notAfterMs), snapshotOf(record, {}, []));
    expect(log.all({ msg: 'an alarm was raised' })).toEqual([]);
  });

  it('takes a fifth as the share that is left when agents renew intermediates, unless the spec says another', () => {
    expect(alarmPolicyOf(spec)).toMatchObject({ intermediateGraceRatio: 0.2, intermediateTtlMs: 86_400_000 });
    expect(alarmPolicyOf({ ...spec, intermediate: { ...options, graceRatio: 0.4 } }).intermediateGraceRatio).toBe(0.4);
  });
});
