import { describe, expect, it } from 'vitest';
import { createRefusals } from './refusals.ts';

describe('the counts of refusals', () => {
  const isKnown = (mesh: string, cluster: string): boolean => mesh !== 'made-up' && ['east', 'west'].includes(cluster);

  it('are kept by cluster and reason', () => {
    const refusals = createRefusals(isKnown);
    refusals.count('RR_PROTOCOL_MALFORMED', { mesh: 'demo', cluster: 'east' });
    refusals.count('RR_PROTOCOL_MALFORMED', { mesh: 'other', cluster: 'east' });
    refusals.count('RR_RATE_LIMITED', { mesh: 'demo', cluster: 'east' });
    refusals.count('RR_RATE_LIMITED', { mesh: 'demo', cluster: 'west' });
    expect(refusals.of('east')).toEqual({ RR_PROTOCOL_MALFORMED: 2, RR_RATE_LIMITED: 1 });
    expect(refusals.of('west')).toEqual({ RR_RATE_LIMITED: 1 });
    expect(refusals.ofStrangers()).toEqual({});
  });

  it('put all strangers together, so that no name that is made up takes any room', () => {
    const refusals = createRefusals(isKnown);
    for (let index = 0; index < 1_000; index += 1) {
      refusals.count('RR_PROTOCOL_UNKNOWN_KEY', { mesh: 'demo', cluster: `made-up-${index}` });
      refusals.count('RR_PROTOCOL_UNKNOWN_KEY', { mesh: 'made-up', cluster: 'east' });
    }
    refusals.count('RR_PROTOCOL_WRONG_SUBJECT', { mesh: '', cluster: '' });
    expect(refusals.ofStrangers()).toEqual({ RR_PROTOCOL_UNKNOWN_KEY: 2_000, RR_PROTOCOL_WRONG_SUBJECT: 1 });
    expect([refusals.of('made-up-1'), refusals.of('east')]).toEqual([{}, {}]);
  });
});
