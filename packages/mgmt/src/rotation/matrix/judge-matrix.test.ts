import { describe, expect, it } from 'vitest';
import { excludeCluster } from '../cluster-act.ts';
import type { ClusterEvidence } from '../evidence.ts';
import { samplePolicy, workloadsHolding } from '../evidence-sample.ts';
import { judgeMesh } from '../judge.ts';
import type { Policy } from '../policy.ts';
import type { RotationRecord } from '../record.ts';
import { goTo, heard, type Looking, look, nowMs, start, taken } from '../testing/sample-run.ts';
import { fleetOf, holding, looksAt, trust } from '../testing/sample-trust.ts';
import { findRefusals } from './find-refusals.ts';
import { judgeMatrix } from './judge-matrix.ts';
import { classify } from './trust-classes.ts';

/** Asks for no evidence of workloads: what is known of them counts in the matrix alone. */
const loaded: Partial<Policy> = { requiredEvidence: 'loaded', minimumOverlapMs: 0 };
const shop = (text: string): Partial<ClusterEvidence> => ({ workloads: [workloadsHolding(trust(text), { namespace: 'shop' })] });
/** The last look at a rotation that goes on for as long as anything changes. */
const settle = (
  record: RotationRecord,
  looking: Looking,
): { record: RotationRecord; verdict: ReturnType<typeof look>['verdict'] } => {
  for (let current = record; ; ) {
    const decision = look(current, looking);
    if (decision.kind !== 'transition') return { record: current, verdict: decision.verdict };
    current = taken(decision);
  }
};

describe('the matrix as a gate', () => {
  it('holds a rotation up where a leaf is refused, though every cluster passes by itself, and names both sides', () => {
    const record = goTo('ADDING_NEW_ROOT');
    const looking = { policy: loaded, except: { west: shop('ABC|C') } };
    const { record: held, verdict } = settle(record, looking);
    expect(held.state).toBe('ADDING_NEW_ROOT');
    expect(verdict).toMatchObject({ passed: false, reason: 'TrustMatrixRed', laggardCount: 2 });
    expect(verdict.laggards).toMatchObject([
      { cluster: 'west', reason: 'TrustMatrixRed', namespace: 'shop', workload: 'web-0' },
      { cluster: 'west', reason: 'TrustMatrixRed', namespace: 'shop' },
    ]);
    expect(verdict.laggards[0]?.message).toMatch(/of west show a leaf under root cccccccccccc; .* of east trusts? aaaa/);
    expect(verdict.message).toBe(`waiting: ${verdict.laggards[0]?.message} (and 1 more)`);
    expect(settle(held, { policy: loaded }).record.state).toBe('FINISHED');
  });

  it('comes after the gates of every cluster', () => {
    const west = { ...shop('ABC|C'), written: undefined };
    expect(look(goTo('ADDING_NEW_ROOT'), { policy: loaded, except: { west } }).verdict.reason).toBe('NotWritten');
  });

  it('waits for the evidence that it lacks, place by place', () => {
    const fleet = fleetOf({ east: holding('A|A'), west: { ...holding('A|A'), workloads: undefined } });
    const members = fleet.clusters;
    const lookOf = looksAt(fleet);
    const found = findRefusals({ members, lookOf, classes: classify(members, lookOf) });
    expect(found).toMatchObject({ reason: 'TrustMatrixUnknown', count: 1 });
    expect(found?.list()).toEqual([
      {
        cluster: 'west',
        reason: 'TrustMatrixUnknown',
        message: 'whether west and 2 clusters verify each other is not known: its workloads could not be listed',
      },
    ]);
  });

  it('does not count a cluster that is excluded', () => {
    const record = goTo('ADDING_NEW_ROOT');
    const away = { by: 'ann', why: 'w', cause: 'operator', members: ['east', 'west'] } as const;
    const without = excludeCluster(record, 'west', away, nowMs).record;
    expect(settle(without, { policy: loaded, except: { west: shop('ABC|C') } }).record.state).toBe('FINISHED');
  });

  it('gives strategy NONE up, whose two roots refuse each other on purpose', () => {
    const record = goTo('DELETING_OLD_ROOT', start({ strategy: 'NONE' }));
    const fleet = fleetOf({ east: holding('A|A'), west: holding('B|B') });
    const lookOf = looksAt(fleet);
    const looking = { members: fleet.clusters, lookOf, classes: classify(fleet.clusters, lookOf) };
    expect(judgeMatrix(record, looking)).toEqual({ refusals: undefined, losses: undefined });
    expect(judgeMatrix(goTo('ADDING_NEW_ROOT'), looking).refusals?.reason).toBe('TrustMatrixRed');
  });

  it('lets a step that stays red run into its timeout, and lets no later wave pass it over', () => {
    const waves = { canaries: ['west'], size: { kind: 'all' }, soakMs: 0, onFailure: 'continue' } as const;
    const policy: Partial<Policy> = { ...loaded, waves, stepTimeout: { afterMs: 1_000, then: 'hold' } };
    const record = goTo('ADDING_NEW_ROOT', start({ waves }));
    const red = { policy, except: { west: shop('ABC|C') } };
    const waiting = taken(look(record, { policy }));
    expect(waiting.wave.index).toBe(1);
    expect(look(waiting, { ...red, atMs: nowMs + 2_000 })).toMatchObject({
      kind: 'wait',
      verdict: { reason: 'TrustMatrixRed' },
    });
    const whole = taken(look(waiting, { policy }));
    expect(whole.wave.index).toBe(2);
    expect(taken(look(whole, { ...red, atMs: nowMs + 2_000 }))).toMatchObject({ state: 'FAILED' });
  });

  it('counts all red cells and explains the first', () => {
    const clusters = Array.from({ length: 100 }, (_, index) => `c${index}`);
    const record = goTo('ADDING_NEW_ROOT');
    const except = Object.fromEntries(clusters.slice(0, 30).map((name) => [name, shop('ABC|C')]));
    const snapshot = heard(record, { clusters, except });
    const { verdict, blockedBy } = judgeMesh(record, snapshot, { ...samplePolicy, ...loaded }, nowMs);
    expect(blockedBy).toBe('matrix');
    expect(verdict.laggardCount).toBe(30 * 100);
    expect(verdict.laggards).toHaveLength(20);
    expect(new Set(verdict.laggards.map(({ cluster }) => cluster))).toEqual(new Set(['c0', 'c1']));
  });
});

describe('the projected matrix', () => {
  it('keeps the next row back from a workload that would lose trust, and says which', () => {
    const looking = { policy: loaded, except: { west: shop('AB|A') } };
    const { record, verdict } = settle(goTo('PROPAGATING_NEW_INTERMEDIATE'), looking);
    expect(record).toMatchObject({ state: 'VERIFIED', step: 'PROPAGATING_NEW_INTERMEDIATE' });
    expect(verdict).toMatchObject({ reason: 'WouldLoseTrust', laggardCount: 1 });
    expect(verdict.laggards).toEqual([
      {
        cluster: 'west',
        reason: 'WouldLoseTrust',
        namespace: 'shop',
        workload: 'web-0',
        message:
          'would lose trust: west / 3 workloads of namespace shop (web-0, web-1, web-2): they show a leaf under root aaaaaaaaaaaa, ' +
          'which DELETING_OLD_ROOT does not trust',
      },
    ]);
    expect(settle(record, { policy: loaded }).record.state).toBe('FINISHED');
  });

  it('keeps a signer back from a bundle without its root', () => {
    const looking = { policy: loaded, except: { west: shop('A|A') } };
    const { record, verdict } = settle(goTo('ADDING_NEW_ROOT'), looking);
    expect(record).toMatchObject({ state: 'VERIFIED', step: 'ADDING_NEW_ROOT' });
    expect(verdict.message).toContain(
      'they trust aaaaaaaaaaaa, and not bbbbbbbbbbbb, which signs at PROPAGATING_NEW_INTERMEDIATE',
    );
  });

  it('is asked before the first wave of the first step, and again before each further one', () => {
    const policy: Partial<Policy> = { ...loaded, requiredEvidence: 'written' };
    const everywhere = (text: string, inShop = text): Partial<ClusterEvidence> => {
      const { replicas } = holding(text);
      return { replicas, ...shop(inShop) };
    };
    const foreign = { policy, except: { east: everywhere('AC|A', 'AC|C'), west: everywhere('AC|A') } };
    expect(look(start(), foreign).verdict).toMatchObject({
      reason: 'WouldLoseTrust',
      laggards: [{ cluster: 'east', namespace: 'shop' }],
    });
    expect(look(start(), { policy, except: { east: everywhere('AC|A'), west: everywhere('AC|A') } }).kind).toBe('transition');

    const waves = { canaries: ['east'], size: { kind: 'all' }, soakMs: 0, onFailure: 'stop' } as const;
    const canary = goTo('PROPAGATING_NEW_INTERMEDIATE', start({ waves }));
    expect(canary.wave.index).toBe(1);
    const except = { east: everywhere('AB|A'), west: everywhere('A|A') };
    const { verdict } = look(canary, { policy: { ...policy, waves }, except });
    expect(verdict).toMatchObject({ reason: 'WouldLoseTrust', laggardCount: 2 });
    expect(verdict.laggards).toMatchObject([
      { cluster: 'west', replica: 'istiod-0' },
      { cluster: 'west', namespace: 'shop' },
    ]);
  });

  it('is nothing on the way back, at rest, and where all follow', () => {
    const fleet = fleetOf({ east: holding('AB|B'), west: holding('AB|A') });
    const lookOf = looksAt(fleet);
    const looking = { members: fleet.clusters, lookOf, classes: classify(fleet.clusters, lookOf) };
    const record = goTo('PROPAGATING_NEW_INTERMEDIATE');
    expect(judgeMatrix(record, looking).losses).toMatchObject({
      laggardCount: 1,
      laggards: [{ cluster: 'west', replica: 'istiod-0' }],
    });
    expect(judgeMatrix({ ...record, direction: 'back' }, looking).losses).toBeUndefined();
    expect(judgeMatrix({ ...record, rotation: undefined }, looking).losses).toBeUndefined();
    expect(judgeMatrix(goTo('ADDING_NEW_ROOT'), looking).losses).toBeUndefined();
  });
});
