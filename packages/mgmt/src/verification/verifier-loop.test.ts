import { waitFor } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { AutomaticPolicy, VerificationFinding } from '../rotation/index.ts';
import { startedAtMs } from './testing/sample-subject.ts';
import { createVerifyingLoop, type VerifyingLoop } from './testing/verifying-loop.ts';

const hourMs = 3_600_000;
const timeoutMs = 20_000;
const lagging = { west: { written: undefined } };

let loop: VerifyingLoop;
afterEach(() => loop.stop());

async function open(asked: Partial<AutomaticPolicy> = {}): Promise<void> {
  loop = await createVerifyingLoop({ timeoutMs, ...asked });
}

async function reach(kind: VerificationFinding['kind']): Promise<void> {
  await waitFor(() => loop.finding()?.kind === kind, { timeoutMs: 5_000, what: 'a finding' });
}

describe('a step that is verified while the clock is set back', () => {
  it.each([0, 60_000])('by less than it takes to notice is left all the same, with a soak of %d ms', async (soakMs) => {
    await open({ soakMs });
    expect(loop.turn()).toBe('VerificationRunning');
    loop.aheadMs = -900;
    await reach('passed');
    expect(loop.finding()).toMatchObject({ sinceMs: startedAtMs - 900 });
    loop.steadyClock.advance(910);
    expect(loop.turn()).toBe('VerificationRunning');
    expect(await loop.leave(1_000)).toBe('VERIFIED');
    expect(loop.steadyClock.now()).toBeLessThan(soakMs + timeoutMs);
  });

  it('to before it was entered has its time once more, and no longer', async () => {
    await open();
    loop.conductor.outcomes.set('east>west', 'unavailable');
    loop.turn();
    await reach('running');
    loop.steadyClock.advance(10_000);
    loop.aheadMs = -hourMs;
    expect(await loop.leave(500)).toBe('FAILED');
    expect(loop.record().rotation?.failedBecause).toContain('not proven in time');
    expect(loop.steadyClock.now()).toBeGreaterThan(10_000 + timeoutMs - 4_000);
    expect(loop.steadyClock.now()).toBeLessThanOrEqual(10_000 + timeoutMs + 2_000);
  });

  it('has the time that it had, where a cluster lagged behind before', async () => {
    await open();
    loop.except = lagging;
    expect(loop.turn()).toBe('NotWritten');
    loop.steadyClock.advance(10_000);
    loop.aheadMs = -hourMs;
    expect(await loop.leave(500)).toBe('FAILED');
    expect(loop.steadyClock.now()).toBeGreaterThanOrEqual(timeoutMs);
    expect(loop.steadyClock.now()).toBeLessThanOrEqual(timeoutMs + 2_000);
  });
});

describe('a step that is verified while the clock is set ahead', () => {
  it('has not failed by that: it is verified as soon as the clusters have reported again', async () => {
    await open();
    loop.conductor.outcomes.set('east>west', 'unavailable');
    loop.turn();
    await reach('running');
    expect(loop.turn()).toBe('VerificationRunning');
    loop.aheadMs = hourMs;
    loop.reports = 'have-come';
    expect(loop.turn()).toBe('ClusterSilent');
    expect(loop.turn()).toBe('ClusterSilent');
    loop.reports = 'come';
    loop.conductor.outcomes.clear();
    expect(await loop.leave(500)).toBe('VERIFIED');
    expect(loop.steadyClock.now()).toBeLessThan(timeoutMs);
  });

  it('has no shorter and no longer where a cluster lags behind', async () => {
    await open();
    loop.except = lagging;
    loop.turn();
    loop.aheadMs = hourMs;
    expect(await loop.leave(500)).toBe('FAILED');
    expect(loop.steadyClock.now()).toBeGreaterThanOrEqual(timeoutMs);
    expect(loop.steadyClock.now()).toBeLessThanOrEqual(timeoutMs + 2_000);
  });

  it.each(['come', 'have-come'] as const)('has not failed while it soaks either, where reports %s', async (reports) => {
    await open({ soakMs: 600_000 });
    loop.turn();
    await reach('passed');
    expect(loop.turn()).toBe('VerificationSoaking');
    loop.aheadMs = hourMs;
    loop.reports = reports;
    loop.turn();
    loop.turn();
    loop.reports = 'come';
    expect(await loop.leave(5_000)).toBe('VERIFIED');
    // The clock says how long it soaks; where clusters were taken for silent, that begins anew.
    expect(loop.steadyClock.now()).toBeLessThan(reports === 'come' ? 40_000 : 640_000);
  });
});
