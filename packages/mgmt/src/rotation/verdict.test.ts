import type { Laggard } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { type Findings, findingsOf } from './findings.ts';
import { ageVerdict, laggardReasons, maxListedLaggards, sameVerdict, verdictOf } from './verdict.ts';

/** @param count how many there are, all of them listed unless `listed` says less */
function findings(reason: string, count: number, cluster = 'east', listed = count): Findings {
  return findingsOf(reason, count, () =>
    Array.from({ length: listed }, (_, index) => ({
      cluster,
      reason,
      replica: `r${index}`,
      message: `${cluster}: ${reason}`,
    })),
  );
}

describe('a verdict', () => {
  it('passes with the sentence it is given when nothing was found', () => {
    expect(verdictOf([undefined, undefined], 'all is well')).toEqual({
      passed: true,
      reason: 'Passed',
      message: 'all is well',
      laggards: [],
      laggardCount: 0,
    });
  });

  it('has the earliest gate that fails anywhere as its reason, and lists the laggards in the order of the gates', () => {
    const reasons = laggardReasons.toReversed();
    const verdict = verdictOf(
      reasons.map((reason, index) => findings(reason, 1, `c${index}`)),
      '',
    );
    expect(verdict.reason).toBe('ClusterNeverReported');
    expect(verdict.laggards.map(({ reason }) => reason)).toEqual(laggardReasons);
    expect(verdict.message).toBe(`waiting: c${reasons.length - 1}: ClusterNeverReported (and ${reasons.length - 1} more)`);
  });

  it('lists so many laggards and no more, and counts them all', () => {
    const found = Array.from({ length: 50 }, (_, index) => findings('ReplicaNotLoaded', 7, `c${index}`));
    const verdict = verdictOf(found, '');
    expect(verdict.laggards).toHaveLength(maxListedLaggards);
    expect(verdict.laggardCount).toBe(350);
    expect(verdict.message).toBe('waiting: c0: ReplicaNotLoaded (and 349 more)');
  });

  it('counts what a cluster does not list, and looks on for others to list', () => {
    const found = Array.from({ length: 30 }, (_, index) => findings('ReplicaNotLoaded', 70, `c${index}`, 10));
    const verdict = verdictOf([findings('NotWritten', 1, 'late'), undefined, ...found], '');
    expect(verdict).toMatchObject({ reason: 'NotWritten', laggardCount: 2_101 });
    expect(verdict.message).toBe('waiting: late: NotWritten (and 2100 more)');
    expect(verdict.laggards).toHaveLength(maxListedLaggards);
    expect(new Set(verdict.laggards.map(({ cluster }) => cluster)).size).toBe(21);
    expect(verdictOf(found.slice(0, 1), '')).toMatchObject({ laggardCount: 70, laggards: { length: 10 } });
  });

  it('makes no sentence that it does not list', () => {
    const unread = findingsOf('NotWritten', 1, () => expect.fail('nobody reads it'));
    const full = Array.from({ length: maxListedLaggards }, (_, index) => findings('NotWritten', 1, `c${index}`));
    expect(verdictOf([...full, unread], '').laggardCount).toBe(maxListedLaggards + 1);
  });

  it('lists those of its reason first, wherever among thousands of others they were found', () => {
    const found = [...Array.from({ length: 1_000 }, () => findings('NotWritten', 1)), findings('ClusterSilent', 2, 'west')];
    const { reason, laggards, laggardCount } = verdictOf(found, '');
    expect([reason, laggardCount, laggards.length]).toEqual(['ClusterSilent', 1_002, maxListedLaggards]);
    expect(laggards.slice(0, 3).map(({ cluster }) => cluster)).toEqual(['west', 'west', 'east']);
  });
});

describe('the age of a laggard', () => {
  const first = ageVerdict(verdictOf([findings('NotWritten', 2)], ''), undefined, 1_000);

  it('is counted from the verdict that named it first, for the same reason', () => {
    const since = (laggards: readonly Laggard[]): (string | undefined)[] => laggards.map((laggard) => laggard.since);
    expect(since(first.laggards)).toEqual(['1970-01-01T00:00:01.000Z', '1970-01-01T00:00:01.000Z']);
    const later = ageVerdict(verdictOf([findings('NotWritten', 3)], ''), first, 2_000);
    expect(since(later.laggards)).toEqual(['1970-01-01T00:00:01.000Z', '1970-01-01T00:00:01.000Z', '1970-01-01T00:00:02.000Z']);
    const other = ageVerdict(verdictOf([findings('ReplicaNotLoaded', 1)], ''), later, 3_000);
    expect(since(other.laggards)).toEqual(['1970-01-01T00:00:03.000Z']);
  });

  it('does not count as a difference to whoever reads the verdict', () => {
    const later = ageVerdict(verdictOf([findings('NotWritten', 2)], ''), undefined, 9_000);
    expect(sameVerdict(first, later)).toBe(true);
    expect(sameVerdict(first, ageVerdict(verdictOf([findings('NotWritten', 3)], ''), first, 9_000))).toBe(false);
  });

  it('is asked of nothing that has no laggards', () => {
    const passed = verdictOf([], 'all is well');
    expect(ageVerdict(passed, first, 9_000)).toBe(passed);
  });
});

describe('two verdicts', () => {
  const one = verdictOf([findings('NotWritten', 1)], '');
  const [laggard] = one.laggards;

  it.each([
    { passed: true },
    { reason: 'ClusterSilent' },
    { message: 'waiting: for something else' },
    { laggardCount: 2 },
    { laggards: [] },
    { laggards: [{ ...laggard!, cluster: 'west' }] },
    { laggards: [{ ...laggard!, workload: 'web-0' }] },
    { laggards: [{ ...laggard!, message: 'another sentence' }] },
  ])('differ when they differ in anything that is read: %o', (change) => {
    expect(sameVerdict(one, { ...one, ...change })).toBe(false);
    expect(sameVerdict(one, { ...one })).toBe(true);
  });
});
