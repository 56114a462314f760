import { subjects } from '@reroot/shared/protocol';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { limitsSchema } from './limits.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';

const limits = limitsSchema.parse({ bytesPerSecond: 100_000 });

describe('the rate limit', () => {
  let clock: FakeClock;
  let refused: string[];
  let limit: RateLimit;
  beforeEach(() => {
    clock = createFakeClock(1_000_000);
    refused = [];
    const isKnown = (mesh: string, cluster: string): boolean => mesh === 'demo' && /^c\d+$/.test(cluster);
    limit = createRateLimit({ limits, isKnown, onRefused: (subject) => refused.push(subject), clock });
  });

  /** How many of so many messages pass at once. */
  const pass = (subject: string, count: number, bytes = 1): number =>
    Array.from({ length: count }, () => limit.admit(subject, bytes)).filter(Boolean).length;

  it('lets a burst of reports pass and then so many a second, and says each that it refuses', () => {
    const subject = subjects.report('demo', 'c1');
    expect(pass(subject, 10_000)).toBe(50);
    expect(refused).toHaveLength(9_950);
    clock.advance(1_000);
    expect(pass(subject, 10_000)).toBe(20);
    clock.advance(3_600_000);
    expect(pass(subject, 10_000)).toBe(50);
  });

  it('takes nothing from other clusters, nor from the other subjects of the same one', () => {
    pass(subjects.report('demo', 'c1'), 10_000);
    expect(pass(subjects.report('demo', 'c2'), 100)).toBe(50);
    expect(pass(subjects.link('demo', 'c1'), 100)).toBe(25);
    expect(pass(subjects.issue('demo', 'c1'), 100)).toBe(20);
    expect(pass(subjects.renew('demo', 'c1'), 100)).toBe(20);
  });

  it('bounds the bytes of a cluster over all of its subjects, and lets one message owe them', () => {
    expect(pass(subjects.report('demo', 'c1'), 3, 1_000_000)).toBe(1);
    expect(pass(subjects.link('demo', 'c1'), 1)).toBe(0);
    expect(pass(subjects.report('demo', 'c2'), 1)).toBe(1);
    // 250,000 were there, a million was taken: the rest comes back in 7.5 s.
    clock.advance(7_500);
    expect(pass(subjects.link('demo', 'c1'), 1)).toBe(0);
    clock.advance(1);
    expect(pass(subjects.link('demo', 'c1'), 1)).toBe(1);
  });

  it('lets no more enrol together than a share for all', () => {
    const enrolled = Array.from({ length: 1_000 }, (_, index) => pass(subjects.enrol('demo', `c${index}`), 1));
    expect(enrolled.filter((count) => count === 1)).toHaveLength(125);
    clock.advance(1_000);
    expect(pass(subjects.enrol('demo', 'c999'), 2)).toBe(2);
  });

  it('gives all strangers one small share, whatever they call themselves', () => {
    const names = Array.from({ length: 1_000 }, (_, index) => subjects.report('other', `c${index}`));
    const odd = ['reroot.v1.demo.nobody.report', 'reroot.v1.DEMO.c1.report', 'reroot.v1.demo.c1.trust', 'x', ''];
    expect([...names, ...odd].filter((subject) => limit.admit(subject, 1))).toHaveLength(10);
    expect(pass(subjects.report('demo', 'c1'), 1)).toBe(1);
  });

  it('stays as it was when the clock is set back', () => {
    const subject = subjects.report('demo', 'c1');
    pass(subject, 10_000);
    clock.advance(-3_600_000);
    expect(pass(subject, 100)).toBe(0);
    clock.advance(1_000);
    expect(pass(subject, 100)).toBe(20);
  });
});
