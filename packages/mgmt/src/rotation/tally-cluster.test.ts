import { describe, expect, it } from 'vitest';
import { evidenceOf, holdingOf, workloadsHolding } from './evidence-sample.ts';
import { rowOf } from './row.ts';
import { tallyCluster } from './tally-cluster.ts';
import { look, rest, start, taken } from './testing/sample-run.ts';

const adding = taken(look(start()));

describe('the tally of a cluster', () => {
  it('counts what has reached the row, and how it is known of the workloads', () => {
    const evidence = evidenceOf(adding);
    const tallies = tallyCluster(rowOf(adding), {
      ...evidence,
      replicas: [
        ...evidence.replicas.slice(0, 1),
        { replica: 'istiod-1', holding: holdingOf(rest), failure: undefined, multiRoot: 'on' },
      ],
      workloads: [
        ...(evidence.workloads ?? []),
        workloadsHolding(holdingOf(rest), { count: 4 }),
        workloadsHolding(holdingOf(adding), { count: 5, method: 'start-time', unread: 'forbidden' }),
      ],
    });
    expect(tallies).toEqual({
      replicas: { reached: 1, total: 2 },
      namespaces: { reached: 2, total: 2 },
      workloads: { reached: 8, total: 12, methods: { 'proxy-config': 7, 'start-time': 5 }, unread: { forbidden: 5 } },
    });
  });

  it('counts workloads of which nothing is proven as not having reached it, whatever stands beside them', () => {
    const workloads = [workloadsHolding(holdingOf(adding), { method: 'none' })];
    expect(tallyCluster(rowOf(adding), evidenceOf(adding, { workloads })).workloads).toEqual({
      reached: 0,
      total: 3,
      methods: { none: 3 },
      unread: {},
    });
  });

  it('is of nothing where nothing is known', () => {
    const nothing = { reached: 0, total: 0 };
    expect(tallyCluster(rowOf(adding), undefined)).toEqual({
      replicas: nothing,
      namespaces: nothing,
      workloads: { ...nothing, methods: {}, unread: {} },
    });
  });
});
