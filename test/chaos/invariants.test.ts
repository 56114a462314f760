import type { AuditEntry } from '@reroot/shared/audit';
import { describe, expect, it } from 'vitest';
import type { Fault } from './fault.ts';
import { judgeGate, judgeHeld, judgeMark, judgeRepeat, judgeTraffic, judgeTransitions } from './invariants.ts';
import type { Plan } from './plan.ts';

function planOf(...faults: readonly Fault[]): Plan {
  const planned = faults.map((fault) => ({ phase: 'START' as const, afterMs: 0, fault }));
  return {
    ...{ seed: 1, installation: 'alone', verification: { kind: 'none' }, waves: { kind: 'all-at-once' }, answerMs: 0 },
    ...{ goal: { kind: 'forward' }, faults: planned },
  };
}

const pausedClusters: Fault = { kind: 'pause', part: 'clusters', forMs: 1 };
const between = (pair: string, byReason: Readonly<Record<string, number>>) => ({
  byPair: { [pair]: { ok: 10, failed: Object.values(byReason).reduce((sum, count) => sum + count, 0), byReason } },
});
const before = between('cluster-1>cluster-2', { TIMEOUT: 1 });
const free = { machine: 'free', excluded: new Set<string>() } as const;
const starved = { machine: 'starved', excluded: new Set<string>() } as const;

describe('handshakes', () => {
  it('that fail hold against every plan when a certificate was refused', () => {
    const after = between('cluster-1>cluster-2', { TIMEOUT: 1, UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 1 });
    for (const plan of [planOf(), planOf(pausedClusters)]) {
      expect(judgeTraffic(before, after, plan, starved)).toMatchObject([
        { invariant: 'handshakes', message: expect.stringContaining('cluster-1>cluster-2 failed with UNABLE') as string },
      ]);
    }
  });

  it.each([
    ['cluster-1>cluster-2', 0],
    ['cluster-2>cluster-1', 0],
    ['cluster-1>cluster-3', 1],
    ['cluster-2>cluster-2', 1],
  ])('of %s may be refused while cluster-2 is excluded: %i hold against it', (pair, count) => {
    const after = between(pair, { UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 2 });
    const allowed = { machine: 'free', excluded: new Set(['cluster-2']) } as const;
    expect(judgeTraffic({ byPair: {} }, after, planOf(), allowed)).toHaveLength(count);
  });

  it('may remain unfinished only where the plan has their process stand still or a workload made anew, or the machine starved them', () => {
    const after = between('cluster-1>cluster-2', { TIMEOUT: 2, CLOSED: 1 });
    const judge = (...faults: readonly Fault[]) => judgeTraffic(before, after, planOf(...faults), free);
    expect(judge({ kind: 'pause', part: 'mgmt', forMs: 1 })).toHaveLength(2);
    expect(judge(pausedClusters)).toEqual([]);
    expect(judge({ kind: 'restart', cluster: 'cluster-1', pod: 'web-0' })).toEqual([]);
    expect(judge({ kind: 'restart', cluster: 'cluster-1', pod: 'istiod-0' })).toHaveLength(2);
    expect(judgeTraffic(before, after, planOf(), { machine: 'free', excluded: new Set(['cluster-1']) })).toHaveLength(2);
    expect(judgeTraffic(before, after, planOf(), starved)).toEqual([]);
  });

  it('that failed before count for nothing', () => {
    expect(judgeTraffic(before, before, planOf(), free)).toEqual([]);
  });
});

describe('steps that mgmt verifies by itself', () => {
  const verified = (via: 'itself' | 'api', from = 'VERIFYING') =>
    entry(7, { kind: 'transition', action: 'move', state: 'VERIFIED', generation: 4, facts: { from }, by: { name: 'any', via } });

  it('pass where the other system has let them', () => {
    expect(judgeGate([verified('itself')], new Set([4]))).toEqual([]);
    expect(judgeGate([verified('itself')], new Set([3, 5]))).toMatchObject([{ invariant: 'gate' }]);
  });

  it('pass without it where a person says so, and where they have passed before', () => {
    expect(judgeGate([verified('api'), verified('itself', 'VERIFIED')], new Set())).toEqual([]);
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

describe('one act that is sent three times, the last time with another key,', () => {
  const [taken, refused] = ['200 {"generation":4}', '409 {"code":"RR_APPROVAL_REPEATED"}'];

  it.each([
    ['taken once', taken, taken, refused],
    ['refused each time', refused, refused, refused],
    ['refused until there is a use for it', refused, refused, taken],
    ['taken unheard, and told of afterwards', 'no answer', taken, refused],
    ['taken while mgmt goes away', taken, 'no answer', 'no answer'],
    ['taken while the store goes away', taken, '503 {}', '503 {}'],
  ])('may be %s', (_, first, again, withOtherKey) => {
    expect(judgeRepeat({ first, again, withOtherKey })).toEqual([]);
  });

  it.each([
    ['answered in two ways with one key', taken, refused, refused, 'with one key'],
    ['taken again', taken, taken, taken, 'with two keys'],
    ['taken again after nobody heard of the first time', 'no answer', taken, taken, 'with two keys'],
    ['taken again after mgmt was away', taken, 'no answer', taken, 'with two keys'],
  ])('may not be %s', (_, first, again, withOtherKey, how) => {
    const message = expect.stringContaining(how) as string;
    expect(judgeRepeat({ first, again, withOtherKey })).toEqual([{ invariant: 'stale-acts', message }]);
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
