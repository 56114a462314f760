import { describe, expect, it } from 'vitest';
import { assignmentOf } from './assignment.ts';
import { changeMembers } from './cluster-act.ts';
import type { RotationRecord } from './record.ts';
import { bare, clusters, exclude, guided, include, wayOf } from './testing/deviating.ts';
import { holds, look, nowMs, rest, run, start, taken } from './testing/sample-run.ts';

describe('a cluster that joins', () => {
  const joined = (record: RotationRecord): RotationRecord =>
    changeMembers(record, { added: ['c'], removed: [] }, 'the spec changed', nowMs).record;
  const old = ['a', 'b'];

  it('is waited for by nobody before it has reported, in whatever state it joins', () => {
    for (const record of wayOf(start())) {
      const done = run(joined(record), { clusters, except: { c: undefined } });
      expect(done.record.state).toBe('FINISHED');
      expect(assignmentOf(done.record, 'c')).toBeUndefined();
    }
  });

  it('without a Secret is told at once what those of its wave hold, and counts when it is proven to hold it', () => {
    for (const record of wayOf(start())) {
      const except = { c: { ...bare, receivedAtMs: nowMs + 1 } };
      const next = taken(look(joined(record), { clusters, atMs: nowMs + 1, except }));
      expect(next.deviations).toMatchObject({ c: { kind: 'returning', cause: 'joined' } });
      expect(holds(assignmentOf(next, 'c')!.row)).toBe(holds(assignmentOf(record, 'b')!.row));
      const admitted = run(next, { clusters, atMs: nowMs + 2 }).record;
      expect([admitted.state, admitted.deviations]).toEqual(['FINISHED', {}]);
    }
  });

  it('with a Secret of roots that the mesh knows is brought to the others first', () => {
    const finished = run(start(), { clusters: old }).record;
    expect(guided(joined(finished), rest).told.map((text) => text.split(' ')[1])).toEqual([
      'A|A',
      'A+B|A',
      'A+B|B',
      'B|B',
      'B|B',
    ]);
  });

  it('under the name of one that was rebuilt starts anew', () => {
    const rebuilt = changeMembers(start(), { added: ['c'], removed: ['c'] }, 'rebuilt', nowMs).record;
    expect(assignmentOf(rebuilt, 'c')).toBeUndefined();
    expect(rebuilt.deviations['c']).toMatchObject({ kind: 'returning', cause: 'joined', told: undefined });
  });
});

describe('a cluster that leaves', () => {
  it('is waited for no more, deviating or not, and nothing of it stays in the record', () => {
    const returned = guided(include(exclude(rest)), rest).record;
    expect(Object.keys(returned.ahead)).toEqual(['c']);
    for (const record of [start(), exclude(start()), include(exclude(start())), start({}, returned)]) {
      const gone = changeMembers(record, { added: [], removed: ['c'] }, 'the spec changed', nowMs).record;
      expect([gone.deviations, gone.ahead]).toEqual([{}, {}]);
      expect(run(gone, { clusters: ['a', 'b'] }).record.state).toBe('FINISHED');
    }
  });
});
