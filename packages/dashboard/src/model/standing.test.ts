import { clusterStatus, waitingVerdict } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { hasProblem, markOf, waitText } from './standing.ts';

describe('the mark of a cluster', () => {
  it.each([
    ['NotWritten', '0'],
    ['ReplicaNotLoaded', '1'],
    ['NudgePending', '2'],
    ['NamespaceNotPublished', '2'],
    ['WorkloadSignedByOtherRoot', '3'],
    ['TrustMatrixRed', '4'],
  ] as const)('that waits for %s is level %s', (reason, mark) => {
    expect(markOf(clusterStatus({ name: 'a', verdict: waitingVerdict(reason, 'for it') }), 'not-proven')).toBe(mark);
  });

  it('is proven only once handshakes have confirmed the row', () => {
    expect(markOf(clusterStatus({ name: 'a' }), 'not-proven')).toBe('4');
    expect(markOf(clusterStatus({ name: 'a' }), 'proven')).toBe('5');
  });

  it('is no higher than what was counted, where the policy asks for less', () => {
    const workloads = { reached: 1, total: 4, methods: {}, unread: {} };
    expect(markOf(clusterStatus({ name: 'a', workloads }), 'proven')).toBe('3');
  });

  it('is its silence, and its membership before that', () => {
    expect(markOf(clusterStatus({ name: 'a', presence: 'silent' }), 'proven')).toBe('silent');
    expect(markOf(clusterStatus({ name: 'a', presence: 'silent', membership: 'excluded' }), 'proven')).toBe('excluded');
  });
});

describe('what a cluster waits for', () => {
  it('is said without its name', () => {
    const verdict = waitingVerdict('NotWritten', 'east: the Secret holds another row');
    expect(waitText(clusterStatus({ name: 'east', verdict }))).toBe('the Secret holds another row');
  });

  it('is who excluded it and why, where nobody waits for it', () => {
    const deviation = { by: 'ann', why: 'its rack moves', since: '2030-01-31T12:00:00Z' };
    expect(waitText(clusterStatus({ name: 'a', membership: 'excluded', deviation }))).toBe('ann: its rack moves');
  });
});

describe('a problem', () => {
  it('is one that the agent reports', () => {
    expect(hasProblem(clusterStatus({ name: 'a' }))).toBe(false);
    expect(hasProblem(clusterStatus({ name: 'a', problems: [{ code: 'RR_X', message: 'm', remedy: 'r' }] }))).toBe(true);
  });
});
