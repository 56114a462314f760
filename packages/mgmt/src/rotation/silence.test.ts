import { describe, expect, it } from 'vitest';
import { assignmentOf } from './assignment.ts';
import { excludeCluster } from './cluster-act.ts';
import { decide } from './decide.ts';
import { samplePolicy, snapshotOf } from './evidence-sample.ts';
import type { RotationRecord } from './record.ts';
import { type Looking, look, nowMs, rest, run, start, taken } from './testing/sample-run.ts';

const clusters = ['a', 'b', 'c', 'd', 'e'];
const bearing = { silentClusters: { kind: 'exclude', afterMs: 60_000 } } as const;
const laterMs = nowMs + 60_000;
const told = taken(look(start(), { clusters }));

/** At a later moment, when the named clusters were last heard a minute ago. */
function without(...names: string[]): Looking {
  const except = Object.fromEntries(names.map((name) => [name, { receivedAtMs: nowMs }]));
  return { policy: bearing, clusters, atMs: laterMs, except };
}

function excluded(record: RotationRecord): string[] {
  return Object.keys(record.deviations);
}

describe('a cluster that falls silent', () => {
  it('holds the rotation up for ever where the policy says wait', () => {
    const looking = { ...without('c'), policy: {} };
    expect(look(told, looking)).toMatchObject({
      kind: 'wait',
      verdict: { reason: 'ClusterSilent', message: 'waiting: c has been silent since 1970-01-01T00:00:02.000Z' },
    });
  });

  it('is excluded once it has been silent for as long as the policy bears, and the others go on', () => {
    expect(look(told, { ...without('c'), atMs: laterMs - 1 })).toMatchObject({ kind: 'wait' });
    const decision = look(told, without('c'));
    expect(decision).toMatchObject({
      transition: {
        condition: { message: 'cluster c is excluded by reroot: it has been silent for as long as the policy bears' },
        record: { state: 'ADDING_NEW_ROOT', deviations: { c: { kind: 'excluded', cause: 'silence', sinceMs: laterMs } } },
      },
    });
    expect(run(told, without('c')).record).toMatchObject({ state: 'FINISHED', deviations: { c: { kind: 'excluded' } } });
  });

  it('keeps what it was told', () => {
    const record = taken(look(told, without('c')));
    expect(assignmentOf(record, 'c')).toEqual(assignmentOf(told, 'c'));
    expect(assignmentOf(run(told, without('c')).record, 'c')).toEqual(assignmentOf(told, 'c'));
  });

  it('is excluded one after the other, the longest lost first', () => {
    const looking = { ...without('c', 'd'), except: { c: { receivedAtMs: nowMs }, d: { receivedAtMs: nowMs - 1 } } };
    const record = taken(look(told, looking));
    expect(excluded(record)).toEqual(['d']);
    expect(excluded(taken(look(record, looking)))).toEqual(['d', 'c']);
  });

  it('is not excluded when half of the members or more are silent with it: then the bus is lost, or the ear of mgmt', () => {
    expect(look(told, without('a', 'b', 'c'))).toMatchObject({ kind: 'wait', verdict: { reason: 'ClusterSilent' } });
    expect(look(told, { ...without('a', 'b'), clusters: ['a', 'b', 'c', 'd'] })).toMatchObject({ kind: 'wait' });
    expect(look(told, without(...clusters))).toMatchObject({ kind: 'wait' });
  });

  it('is not excluded when it comes back last after all were lost, before more than half have reported for as long as the policy bears', () => {
    const looking = (steadySinceMs: number): unknown => {
      const heard = snapshotOf(told, {}, clusters);
      const at = (name: string): number => (name === 'c' ? nowMs : laterMs);
      const evidence = new Map([...heard.evidence].map(([name, each]) => [name, { ...each, receivedAtMs: at(name) }]));
      const steady = new Map(clusters.map((name) => [name, steadySinceMs]));
      return decide(told, { ...heard, evidence, steadySinceMs: steady }, { ...samplePolicy, ...bearing }, laterMs).kind;
    };
    expect(looking(nowMs + 1)).toBe('wait');
    expect(looking(nowMs)).toBe('transition');
  });

  it('is not excluded while no rotation is under way', () => {
    expect(look(rest, without('c')).kind).toBe('rest');
    const finished = run(told, { clusters }).record;
    expect(look(finished, { ...without('c'), policy: { ...bearing, finishedHoldMs: 1_000_000 } }).kind).toBe('rest');
  });

  it('is not excluded while its last report still counts, however short a silence the policy bears', () => {
    const policy = { silentClusters: { kind: 'exclude', afterMs: 1_000 }, silentAfterMs: 30_000 } as const;
    const old = { receivedAtMs: nowMs };
    for (const names of [['a'], ['a', 'b']]) {
      const except = Object.fromEntries(names.map((name) => [name, old]));
      expect(look(told, { policy, clusters: names, except, atMs: nowMs + 1_000 })).toMatchObject({
        transition: { record: { state: 'VERIFYING' } },
      });
    }
  });

  it('counts from the moment that mgmt began to listen when it has never been heard', () => {
    const looking = (heardSinceMs: number): unknown => {
      const heard = snapshotOf(told, { c: undefined }, clusters);
      const evidence = new Map([...heard.evidence].map(([name, each]) => [name, { ...each, receivedAtMs: laterMs }]));
      return decide(told, { ...heard, evidence, heardSinceMs }, { ...samplePolicy, ...bearing }, laterMs).kind;
    };
    expect(looking(nowMs + 1)).toBe('wait');
    expect(looking(nowMs)).toBe('transition');
  });

  it('returns by itself when it is heard again, and only then', () => {
    const record = taken(look(told, without('c')));
    const stillSilent = look(record, without('c'));
    expect(stillSilent).toMatchObject({ transition: { record: { state: 'VERIFYING' } } });
    const again = taken(look(record, { policy: bearing, clusters, atMs: laterMs + 1 }));
    expect(again.deviations).toMatchObject({
      c: { kind: 'returning', cause: 'silence', why: 'it reports again', told: undefined },
    });
  });

  it('returns by itself where it was excluded while the clock was ahead, and not only when the clock is there again', () => {
    const record = taken(look(told, without('c')));
    const early = { ...record, deviations: { c: { ...record.deviations['c']!, sinceMs: laterMs + 43_200_000 } } };
    const silent = { policy: bearing, clusters, atMs: laterMs + 1, except: { c: { receivedAtMs: nowMs } } };
    expect(taken(look(early, silent)).deviations).toMatchObject({ c: { kind: 'excluded' } });
    const heard = taken(look(early, { policy: bearing, clusters, atMs: laterMs + 1 }));
    expect(heard.deviations).toMatchObject({ c: { kind: 'returning', sinceMs: laterMs + 1, told: undefined } });
  });

  it('returns by itself after the rotation has ended too', () => {
    const { record } = run(told, without('c'));
    expect(run(record, { clusters, atMs: laterMs + 1 }).record.deviations).toMatchObject({ c: { kind: 'returning' } });
  });

  it('stays out when an operator excludes it as well', () => {
    const record = taken(look(told, without('c')));
    const act = { by: 'ann', why: 'it is to stay out', cause: 'operator', members: clusters } as const;
    const kept = excludeCluster(record, 'c', act, laterMs).record;
    expect(run(kept, { policy: bearing, clusters, atMs: laterMs + 1 }).record.deviations).toMatchObject({
      c: { kind: 'excluded', cause: 'operator', told: record.deviations['c']?.told },
    });
    expect(() => excludeCluster(kept, 'c', act, laterMs)).toThrow(expect.objectContaining({ code: 'RR_CLUSTER_ALREADY' }));
  });
});
