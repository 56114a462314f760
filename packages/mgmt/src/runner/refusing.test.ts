import { RerootError } from '@reroot/shared/errors';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRefusals, type Refusals } from '../fleet/index.ts';
import { type RecordedLog, recordLog } from '../testing/recorded-log.ts';
import { createRefusing, type Refusing } from './refusing.ts';

const subject = 'reroot.v1.demo.east.report';
const malformed = new RerootError('RR_PROTOCOL_MALFORMED', 'envelope is not protobuf');

describe('refusing', () => {
  let clock: FakeClock;
  let log: RecordedLog;
  let refusals: Refusals;
  let refusing: Refusing;
  beforeEach(() => {
    clock = createFakeClock(1_000_000);
    log = recordLog();
    const isKnown = (mesh: string, cluster: string): boolean => mesh === 'demo' && ['east', 'west'].includes(cluster);
    refusals = createRefusals(isKnown);
    refusing = createRefusing({ refusals, isKnown, clock, log });
  });

  it('counts each message, and says once a minute for each cluster and reason how many were left out', () => {
    for (let time = 0; time < 1_000; time += 1) refusing.refuse('a report was refused', subject, malformed);
    refusing.refuse('a report was refused', 'reroot.v1.demo.west.report', malformed);
    refusing.refuse('a report was refused', subject, new RerootError('RR_PROTOCOL_REPLAYED', 'old'));
    expect(log.all({})).toMatchObject([
      { subject, code: 'RR_PROTOCOL_MALFORMED', problem: 'envelope is not protobuf', heldBack: 0, msg: 'a report was refused' },
      { subject: 'reroot.v1.demo.west.report' },
      { subject, code: 'RR_PROTOCOL_REPLAYED' },
    ]);
    clock.advance(60_000);
    refusing.refuse('a report was refused', subject, malformed);
    expect(log.all({}).at(-1)).toMatchObject({ code: 'RR_PROTOCOL_MALFORMED', heldBack: 999 });
    expect(refusals.of('east')).toEqual({ RR_PROTOCOL_MALFORMED: 1_001, RR_PROTOCOL_REPLAYED: 1 });
  });

  it('says little of what was not even looked at, and of names that were made up', () => {
    for (let index = 0; index < 100; index += 1) {
      refusing.refuseUnseen(subject);
      refusing.refuseUnseen(`reroot.v1.demo.made-up-${index}.report`);
      refusing.refuse('a report was refused', `reroot.v1.demo.made-up-${index}.report`, malformed);
    }
    expect(log.all({})).toHaveLength(3);
    expect(refusals.of('east')).toEqual({ RR_RATE_LIMITED: 100 });
    expect(refusals.ofStrangers()).toEqual({ RR_RATE_LIMITED: 100, RR_PROTOCOL_MALFORMED: 100 });
  });
});
