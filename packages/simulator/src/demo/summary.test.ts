import type { Condition, RotationStatus, State } from '@reroot/shared/api';
import { clusterStatus, meshStatus, newRoot, oldRoot, statusEnteredAt } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { shortcomingOf, summarise, trafficBetween } from './summary.ts';

const quiet = { ok: 1_200, failed: 0, byReason: {} };
const refused = { ok: 900, failed: 100, byReason: { UnknownCa: 90, Reset: 10 } };

describe('the summary of a demo', () => {
  it('takes the states and their durations from the history of this rotation alone', () => {
    const { steps, durationMs } = summaryOf({});
    expect(steps).toEqual([
      { state: 'ADDING_NEW_ROOT', durationMs: 3_000 },
      { state: 'VERIFYING', durationMs: 1_000 },
      { state: 'VERIFIED', durationMs: 500 },
    ]);
    expect(durationMs).toBe(4_500);
  });

  it('finds nothing missing when every cluster holds the new root alone', () => {
    expect(shortcomingOf(summaryOf({}), rotation('MULTI_ROOT'))).toBeUndefined();
  });

  it.each([
    ['does not finish', { state: 'FAILED' as const }, 'the rotation ended in FAILED'],
    ['leaves the old root in a bundle', { roots: [oldRoot, newRoot] }, 'cluster-1 does not hold the new root alone'],
    ['leaves a cluster with the old root', { roots: [oldRoot] }, 'cluster-1 does not hold the new root alone'],
    ['leaves the old signer', { signerRoot: oldRoot }, 'cluster-1 does not hold the new root alone'],
    ['drops traffic', { handshakes: refused }, '100 handshakes failed: 90 UnknownCa, 10 Reset'],
  ])('is no success when the rotation %s', (_, differing, shortcoming) => {
    expect(shortcomingOf(summaryOf(differing), rotation('MULTI_ROOT'))).toBe(shortcoming);
  });

  it('lets handshakes fail under strategy NONE and explains them', () => {
    const summary = summaryOf({ handshakes: refused, strategy: 'NONE' });
    expect(shortcomingOf(summary, rotation('NONE'))).toBeUndefined();
    expect(summary.explanation).toContain('100 of 1000 handshakes failed meanwhile (90 UnknownCa, 10 Reset)');
    expect(summaryOf({}).explanation).toBeUndefined();
  });

  it('counts handshakes between two moments', () => {
    const before = { ok: 10, failed: 1, byReason: { Reset: 1 } };
    const after = { ok: 25, failed: 4, byReason: { Reset: 1, UnknownCa: 3 } };
    expect(trafficBetween(before, after)).toEqual({ ok: 15, failed: 3, byReason: { UnknownCa: 3 } });
  });
});

interface Differing {
  readonly state?: State;
  readonly roots?: readonly string[];
  readonly signerRoot?: string;
  readonly handshakes?: typeof quiet;
  readonly strategy?: RotationStatus['strategy'];
}

function summaryOf({
  state = 'FINISHED',
  roots = [newRoot],
  signerRoot = newRoot,
  handshakes = quiet,
  strategy,
}: Differing): ReturnType<typeof summarise> {
  const status = meshStatus({ state, step: 'DELETING_OLD_ROOT', clusters: [clusterStatus({ roots, signerRoot })] });
  const history = [
    conditionAt(-9_000, 'FINISHED', 'r-0'),
    conditionAt(0, 'ADDING_NEW_ROOT', 'r-1'),
    conditionAt(1_000, 'ADDING_NEW_ROOT', 'r-1'),
    conditionAt(3_000, 'VERIFYING', 'r-1'),
    conditionAt(4_000, 'VERIFIED', 'r-1'),
    conditionAt(4_500, state, 'r-1'),
  ];
  return summarise({ status, rotation: rotation(strategy ?? 'MULTI_ROOT'), history, handshakes });
}

function rotation(strategy: RotationStatus['strategy']): RotationStatus {
  return { ...meshStatus().rotation!, strategy, verification: 'none' };
}

function conditionAt(offsetMs: number, state: State, rotationId: string): Condition {
  const timestamp = new Date(Date.parse(statusEnteredAt) + offsetMs).toISOString();
  return { timestamp, state, step: 'ADDING_NEW_ROOT', rotationId, generation: 2, message: '', errors: [] };
}
