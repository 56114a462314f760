import type { AuditEntry } from '@reroot/shared/audit';
import { describe, expect, it } from 'vitest';
import type { Fault } from './fault.ts';
import { judgeHeld, judgeMark, judgeTraffic, judgeTransitions } from './invariants.ts';
import type { Plan } from './plan.ts';

function planOf(...faults: readonly Fault[]): Plan {
  const planned = faults.map((fault) => ({ phase: 'START' as const, afterMs: 0, fault }));
  return { seed: 1, verification: 'none', answerMs: 0, goal: { kind: 'forward' }, faults: planned };
}

const pausedClusters: Fault = { kind: 'pause', part: 'clusters', forMs: 1 };
const before = { ok: 10, failed: 1, byReason: { TIMEOUT: 1 } };

describe('handshakes', () => {
  it('that fail hold against every plan when a certificate was refused', () => {
    const after = { ok: 20, failed: 2, byReason: { TIMEOUT: 1, UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 1 } };
    for (const plan of [planOf(), planOf(pausedClusters)]) {
      expect(judgeTraffic(before, after, plan, 'starved')).toMatchObject([
        { invariant: 'handshakes', message: expect.stringContaining('ISSUER') as string },
      ]);
    }
  });

  it('may remain unfinished only where the plan has their process stand still or a workload made anew, or the machine starved them', () => {
    const after = { ok: 20, failed: 3, byReason: { TIMEOUT: 2, CLOSED: 1 } };
    expect(judgeTraffic(before, after, planOf({ kind: 'pause', part: 'mgmt', forMs: 1 }), 'free')).toHaveLength(2);
    expect(judgeTraffic(before, after, planOf(pausedClusters), 'free')).toEqual([]);
    expect(judgeTraffic(before, after, planOf({ kind: 'restart', cluster: 'cluster-1', pod: 'web-0' }), 'free')).toEqual([]);
    expect(judgeTraffic(before, after, planOf({ kind: 'restart', cluster: 'cluster-1', pod: 'istiod-0' }), 'free')).toHaveLength(
      2,
    );
    expect(judgeTraffic(before, after, planOf(), 'starved')).toEqual([]);
  });

  it('that failed before count for nothing', () => {
    expect(judgeTraffic(before, before, planOf(), 'free')).toEqual([]);
  });
});

describe('term and generation', () => {
  it.each([
    ['a lower term', { term: 2, generation: 9 }],
    ['a lower generation', { term: 3, generation: 4 }],
  ])('go back with %s', (_, now) => {
    expect(judgeMark('an agent', { term: 3, generation: 5 }, now)).toMatchObject([{ invariant: 'generations' }]);
  });

  it('may stay, and rise', () => {
    const mark = { term: 3, generation: 5 };
    for (const now of [mark, { term: 4, generation: 5 }, { term: 3, generation: 6 }])
      expect(judgeMark('x', mark, now)).toEqual([]);
    expect(judgeMark('x', undefined, mark)).toEqual([]);
  });
});

describe('transitions in the journal', () => {
  it('hold where each begins where the one before it ended', () => {
    const entries = [
      started(1, 1),
      move(2, 'NOT_ROTATING', 'ADDING_NEW_ROOT', 1),
      started(3, 2),
      move(4, 'ADDING_NEW_ROOT', 'VERIFYING', 2),
    ];
    expect(judgeTransitions(entries)).toEqual([]);
  });

  it.each([
    [
      'one that was made twice',
      [move(1, 'NOT_ROTATING', 'ADDING_NEW_ROOT', 1), move(2, 'NOT_ROTATING', 'ADDING_NEW_ROOT', 1)],
      'a transition NOT_ROTATING -> ADDING_NEW_ROOT in state ADDING_NEW_ROOT',
    ],
    ['one that is missing', [move(1, 'NOT_ROTATING', 'ADDING_NEW_ROOT', 1), move(2, 'VERIFIED', 'FINISHED', 1)], 'VERIFIED'],
    [
      'a generation that goes back',
      [move(1, 'NOT_ROTATING', 'ADDING_NEW_ROOT', 4), move(2, 'ADDING_NEW_ROOT', 'VERIFYING', 3)],
      'generation 3 after generation 4',
    ],
    ['a term that was had before', [started(1, 1), started(2, 1)], 'term 1 after term 1'],
  ])('do not hold with %s', (_, entries, words) => {
    const found = judgeTransitions(entries);
    expect(found).toMatchObject([{ invariant: 'transitions' }]);
    expect(found[0]?.message).toContain(words);
  });
});

describe('what clusters hold at rest', () => {
  it.each([
    ['nothing', []],
    ['another root', ['b']],
    ['another root besides', ['a', 'b']],
  ])('is not as recorded with %s', (_, roots) => {
    expect(judgeHeld('a', [{ place: 'cluster-1: Secret', roots }])).toMatchObject([{ invariant: 'trust-as-recorded' }]);
  });

  it('is as recorded with the one root, however often it stands there', () => {
    expect(judgeHeld('a', [{ place: 'cluster-1: workload web-0', roots: ['a', 'a'] }])).toEqual([]);
  });
});

function entry(seq: number, more: Partial<AuditEntry> & Pick<AuditEntry, 'action' | 'kind'>): AuditEntry {
  return { seq, atMs: 0, by: { name: 'reroot', via: 'itself' }, message: 'a test', ...more };
}

function started(seq: number, term: number): AuditEntry {
  return entry(seq, { kind: 'start', action: 'mgmt.start', facts: { term } });
}

function move(seq: number, from: string, state: string, generation: number): AuditEntry {
  return entry(seq, { kind: 'transition', action: 'move', state, generation, facts: { from } });
}
