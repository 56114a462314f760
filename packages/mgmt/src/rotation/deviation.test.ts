import { describe, expect, it } from 'vitest';
import { assignmentOf } from './assignment.ts';
import { excludeCluster, guideCluster } from './cluster-act.ts';
import { quarantineOf } from './decide-deviation.ts';
import type { ClusterEvidence } from './evidence.ts';
import { evidenceFor, evidenceOf, holdingOf, rootA, rootC, samplePolicy } from './evidence-sample.ts';
import type { RotationRecord } from './record.ts';
import { rowOf } from './row.ts';
import { bare, by, clusters, exclude, guided, include, wayOf } from './testing/deviating.ts';
import { answer, heard, holds, look, nowMs, rest, run, start, taken } from './testing/sample-run.ts';

describe('an excluded cluster', () => {
  it('keeps being told the same in every state, and holds nothing up any more', () => {
    for (const record of wayOf(start())) {
      const excluded = exclude(record);
      expect(excluded.state).toBe(record.state);
      expect(assignmentOf(excluded, 'c')).toEqual(assignmentOf(record, 'c'));
      const done = run(excluded, { clusters, except: { c: undefined } });
      expect(done.record.state).toBe('FINISHED');
      expect(assignmentOf(done.record, 'c')).toEqual(assignmentOf(record, 'c'));
    }
  });

  it('keeps being told the same through a rollback and a rotation after that', () => {
    const excluded = exclude(taken(look(start(), { clusters })));
    const back = run(answer(excluded, 'ROLLBACK'), { clusters }).record;
    const again = run(start({}, back, rootC, 'r2'), { clusters }).record;
    expect([back.state, again.state]).toEqual(['PREVIOUS_CA', 'FINISHED']);
    expect(assignmentOf(again, 'c')).toEqual(assignmentOf(excluded, 'c'));
  });

  it('is written down with who, why and since when', () => {
    const { condition, record } = excludeCluster(rest, 'c', { ...by, cause: 'operator', members: clusters }, nowMs);
    expect(condition.message).toBe('cluster c is excluded by ann: its API server is broken');
    expect(record.deviations['c']).toMatchObject({ kind: 'excluded', cause: 'operator', ...by, sinceMs: nowMs });
  });

  it('does not return by itself when an operator has excluded it', () => {
    expect(run(exclude(rest), { clusters, atMs: nowMs + 10 }).record.deviations).toMatchObject({ c: { kind: 'excluded' } });
  });

  it('cannot be excluded twice, and no member can be included', () => {
    const already = expect.objectContaining({ code: 'RR_CLUSTER_ALREADY' });
    expect(() => exclude(exclude(rest))).toThrow(already);
    expect(() => include(rest)).toThrow(already);
    expect(() => include(include(exclude(rest)))).toThrow(already);
  });

  it('is never the last one that counts', () => {
    const last = expect.objectContaining({ code: 'RR_CLUSTER_LAST' });
    expect(() => exclude(exclude(rest, 'b', ['a', 'b']), 'a', ['a', 'b'])).toThrow(last);
    const returning = include(exclude(rest, 'b', ['a', 'b']), 'b');
    expect(() => exclude(returning, 'a', ['a', 'b'])).toThrow(last);
    expect(exclude(returning, 'b', ['a', 'b']).deviations).toMatchObject({ b: { kind: 'excluded' } });
  });
});

describe('a cluster that returns', () => {
  const behind = exclude(rest);
  const finished = run(start({}, behind), { clusters }).record;

  it('is told nothing before it has shown what it holds, later than it was asked to return', () => {
    const returning = include(finished);
    expect(assignmentOf(returning, 'c')).toBeUndefined();
    expect(look(returning, { clusters, except: { c: { receivedAtMs: nowMs } } }).kind).toBe('rest');
    expect(look(returning, { clusters, except: { c: undefined } }).kind).toBe('rest');
  });

  it('is heard again where it was included while the clock was ahead: not only when the clock is there again', () => {
    const early = include(finished, 'c', nowMs + 43_200_000);
    const looking = (atMs: number) => ({ clusters, atMs, except: { c: { ...evidenceOf(behind, {}, 'c'), receivedAtMs: atMs } } });
    const again = taken(look(early, looking(nowMs)));
    expect(again.deviations['c']).toMatchObject({ kind: 'returning', by: 'bob', sinceMs: nowMs, told: undefined });
    expect(guided(again, behind).record.deviations).toEqual({});
  });

  it('is brought to the others row by row, each under a generation of its own, and counts when it is proven there', () => {
    const last = finished.lastGeneration;
    const { told, record } = guided(include(finished), behind);
    expect(told).toEqual([
      `guide A|A ${last + 1}`,
      `guide A+B|A ${last + 2}`,
      `guide A+B|B ${last + 3}`,
      `guide B|B ${last + 4}`,
      `admit B|B ${last + 4}`,
    ]);
    expect(record.deviations).toEqual({});
    expect(look(record, { clusters }).verdict.passed).toBe(true);
  });

  it('waits on each row until everything in it is proven, and the others do not wait for it', () => {
    const first = taken(
      look(include(finished), {
        clusters,
        atMs: nowMs + 1,
        except: { c: { ...evidenceOf(behind, {}, 'c'), receivedAtMs: nowMs + 1 } },
      }),
    );
    const late = evidenceFor(assignmentOf(first, 'c')!);
    const replicas = late.replicas.map((replica) => ({ ...replica, holding: undefined, failure: 'no' }));
    const except = { c: { ...late, receivedAtMs: nowMs + 2, replicas } };
    expect(look(first, { clusters, atMs: nowMs + 2, except })).toMatchObject({ kind: 'rest', verdict: { passed: true } });
  });

  it('is proven in full before each row, whatever level of evidence the policy asks of members', () => {
    const policy = { requiredEvidence: 'written' } as const;
    const looking = {
      clusters,
      policy,
      atMs: nowMs + 1,
      except: { c: { ...evidenceOf(behind, {}, 'c'), receivedAtMs: nowMs + 1 } },
    };
    const first = taken(look(include(finished), looking));
    const shown = { ...evidenceFor(assignmentOf(first, 'c')!), receivedAtMs: nowMs + 2 };
    for (const missing of [{ replicas: [] }, { namespaces: undefined }, { workloads: undefined }]) {
      expect(look(first, { clusters, policy, atMs: nowMs + 2, except: { c: { ...shown, ...missing } } }).kind).toBe('rest');
    }
    expect(look(first, { clusters, policy, atMs: nowMs + 2, except: { c: shown } }).kind).toBe('transition');
  });

  it('returns in every state of a rotation, to the row that the others hold then', () => {
    for (const record of wayOf(start({ verification: 'manual' }, behind))) {
      const back = guided(include(record), behind, {}, 10, { window: { kind: 'closed', opensAtMs: undefined } });
      expect(back.record.deviations).toEqual({});
      expect(holds(assignmentOf(back.record, 'c')!.row)).toBe(holds(assignmentOf(back.record, 'a')!.row));
    }
  });

  it('comes back after several rotations, from roots that were retired long ago', () => {
    const later = run(start({}, finished, rootC, 'r2'), { clusters }).record;
    const { told, record } = guided(include(later), behind);
    expect(told.map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual([
      'guide A|A',
      'guide A+C|A',
      'guide A+C|C',
      'guide C|C',
      'admit C|C',
    ]);
    expect(record.deviations).toEqual({});
  });

  it('is guided on when the others have gone on meanwhile', () => {
    const returning = include(finished);
    const held = { ...evidenceOf(behind, {}, 'c'), receivedAtMs: nowMs + 1 };
    const first = taken(look(returning, { clusters, atMs: nowMs + 1, except: { c: held } }));
    const later = run(start({}, first, rootC, 'r2'), { clusters, except: { c: held } }).record;
    expect(holds(assignmentOf(later, 'c')!.row)).toBe('A|A');
    expect(guided(later, first).told.at(-1)).toMatch(/^admit C\|C/);
  });

  it('is not counted while two clusters take turns under its name', () => {
    const except = { c: { ...evidenceOf(behind, {}, 'c'), receivedAtMs: nowMs + 1, namesake: 'another uid' } };
    expect(look(include(finished), { clusters, atMs: nowMs + 1, except }).kind).toBe('rest');
  });

  it('is told right away what the others hold when it holds nothing any more, and counts when it is proven there', () => {
    const { told, record } = guided(include(finished), behind, bare);
    expect(told.map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual(['guide B|B', 'admit B|B']);
    expect(record.deviations).toEqual({});
  });

  it('is not taken for one that holds nothing while its Secret cannot be read, neither at first nor on its way', () => {
    const unread = { written: undefined, secret: 'unknown' } as const;
    expect(guided(include(finished), behind, unread).told).toEqual([]);
    const started = guided(include(finished), behind, {}, 2).record;
    expect(holds(assignmentOf(started, 'c')!.row)).toBe('A+B|A');
    expect(guided(started, behind, unread).told).toEqual([]);
  });

  it('is led on from what it holds when it was told a row that is out of its reach, because its report was out of date', () => {
    const misled = guided(include(finished), behind, {}, 4).record;
    expect(holds(assignmentOf(misled, 'c')!.row)).toBe('B|B');
    const { told, record } = guided(misled, behind, { appliedGeneration: 1 });
    expect(told.map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual([
      'guide A|A',
      'guide A+B|A',
      'guide A+B|B',
      'guide B|B',
      'admit B|B',
    ]);
    expect(record.deviations).toEqual({});
  });

  it('is told a higher generation than the others when it was admitted before its wave, and its wave comes', () => {
    const size = { kind: 'count', clusters: 1 } as const;
    const policy = { waves: { ...samplePolicy.waves, size } };
    const first = taken(look(start(policy, behind), { policy, clusters }));
    const shut = { ...policy, window: { kind: 'closed', opensAtMs: undefined } } as const;
    const admitted = guided(include(first), behind, {}, 10, shut).record;
    const before = assignmentOf(admitted, 'c')!;
    expect([holds(before.row), before.generation > admitted.generation]).toEqual(['A|A', true]);
    let record = admitted;
    while (holds(assignmentOf(record, 'c')!.row) === 'A|A') record = taken(look(record, { policy, clusters, atMs: nowMs + 20 }));
    expect(assignmentOf(record, 'c')).toEqual({ row: rowOf(record), generation: record.lastGeneration });
    expect(record.lastGeneration).toBeGreaterThan(before.generation);
    expect(assignmentOf(record, 'b')?.generation).toBe(record.generation);
  });
});

describe('a cluster whose trust has roots that the mesh never had', () => {
  const returning = include(exclude(rest));
  const strange = { ...holdingOf(rest), roots: ['f'.repeat(64)], signerRoot: 'f'.repeat(64) };
  const { knownRoots } = heard(rest);
  const heldUp = (record: RotationRecord, evidence: ClusterEvidence | undefined) =>
    quarantineOf(record, 'c', { knownRoots, evidence: new Map(evidence === undefined ? [] : [['c', evidence]]) });

  it.each([
    ['another root', strange],
    ['one more root', { ...strange, roots: [rootA.fingerprint, 'f'.repeat(64)], signerRoot: rootA.fingerprint }],
    ['a signer under no known root', { ...holdingOf(rest), signerRoot: undefined }],
    ['a signer that it does not trust itself', { ...holdingOf(rest), signerRoot: rootC.fingerprint }],
  ])('is told nothing, and holds nobody up: %s', (_, written) => {
    const except = { c: { written, receivedAtMs: nowMs + 1 } };
    const decision = look(returning, { clusters, atMs: nowMs + 1, except });
    expect(decision).toMatchObject({ kind: 'rest', verdict: { passed: true } });
    expect(heldUp(returning, evidenceOf(rest, { written }))).toMatch(/no safe way back/);
  });

  it('is told nothing more when that turns up after it was told something, and waits to be adopted', () => {
    const told = guided(returning, rest, bare, 1).record;
    expect(holds(assignmentOf(told, 'c')!.row)).toBe('A|A');
    const except = { c: { written: strange, receivedAtMs: nowMs + 2 } };
    const record = taken(look(told, { clusters, atMs: nowMs + 2, except }));
    expect(assignmentOf(record, 'c')).toBeUndefined();
    expect(heldUp(record, evidenceOf(rest, { written: strange }))).toMatch(/no safe way back/);
    expect(look(record, { clusters, atMs: nowMs + 3, except: { c: { written: strange, receivedAtMs: nowMs + 3 } } }).kind).toBe(
      'rest',
    );
  });

  it('is not said of one that is on its way, holds nothing, was not heard, or is to stay away', () => {
    const evidence = evidenceOf(rest, { written: strange });
    expect(heldUp(returning, evidenceOf(rest))).toBeUndefined();
    expect(heldUp(returning, evidenceOf(rest, bare))).toBeUndefined();
    expect(heldUp(returning, undefined)).toBeUndefined();
    expect(heldUp(exclude(rest), evidence)).toBeUndefined();
    expect(heldUp(guideCluster(returning, 'c', rowOf(rest), nowMs).record, evidence)).toBeUndefined();
    expect(heldUp(rest, evidence)).toBeUndefined();
  });
});
