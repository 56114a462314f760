import { clusterStatus, meshStatus } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { axisTicks, intermediateLifetimes, placeOnAxis, rootLifetimes } from './lifetimes.ts';

const nowMs = Date.parse('2030-01-31T12:00:00Z');
const inDays = (days: number): string => new Date(nowMs + days * 86_400_000).toISOString();

describe('lifetimes', () => {
  it('of intermediates are sorted by their end, and say what is urgent', () => {
    const clusters = [
      clusterStatus({ name: 'good', intermediateNotAfter: inDays(300) }),
      clusterStatus({ name: 'ended', intermediateNotAfter: inDays(-1) }),
      clusterStatus({ name: 'soon', intermediateNotAfter: inDays(3) }),
      clusterStatus({ name: 'not known' }),
    ];
    const { bars, startMs, endMs } = intermediateLifetimes(meshStatus({ clusters }), nowMs);
    expect(bars.map(({ label, urgency }) => [label, urgency])).toEqual([
      ['ended', 'ended'],
      ['soon', 'soon'],
      ['good', 'good'],
    ]);
    expect(startMs).toBe(nowMs - 86_400_000);
    expect(endMs).toBe(nowMs + 300 * 86_400_000);
  });

  it('of roots are those of the mesh, the newest first', () => {
    const root = { subject: 'O=o\nCN=x', phase: 'active', phaseSince: '', custody: 'key-store' } as const;
    const roots = [
      { ...root, fingerprint: 'a', subject: 'O=only', role: 'old', notBefore: inDays(-3_000), notAfter: inDays(30) } as const,
      { ...root, fingerprint: 'b', role: 'new', notBefore: inDays(-1), notAfter: inDays(3_650) } as const,
    ];
    const { bars, startMs } = rootLifetimes(meshStatus({ roots }), nowMs);
    expect(bars.map(({ label }) => label)).toEqual(['x', 'O=only']);
    expect(bars.map(({ key, urgency }) => [key, urgency])).toEqual([
      ['b', 'good'],
      ['a', 'soon'],
    ]);
    expect(startMs).toBe(nowMs - 3_000 * 86_400_000);
  });
});

describe('the axis', () => {
  it.each([10, 45, 365, 3_650, 9_000])('has a few round ticks within %s days', (days) => {
    const axis = { startMs: nowMs, endMs: nowMs + days * 86_400_000 };
    const ticks = axisTicks(axis);
    expect(ticks.length).toBeGreaterThan(0);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks.every((tick) => tick >= axis.startMs && tick <= axis.endMs)).toBe(true);
    expect(ticks.every((tick) => new Date(tick).getUTCHours() === 0)).toBe(true);
  });

  it('places moments, and keeps those outside at its ends', () => {
    const axis = { startMs: 0, endMs: 100 };
    expect([-5, 0, 25, 100, 200].map((at) => placeOnAxis(at, axis))).toEqual([0, 0, 0.25, 1, 1]);
  });
});
