import { describe, expect, it } from 'vitest';
import { requestAdoption } from './adoption.ts';
import { assignmentOf, isMember } from './assignment.ts';
import { changeMembers } from './cluster-act.ts';
import { decide } from './decide.ts';
import { quarantineOf } from './decide-deviation.ts';
import type { ClusterEvidence, Snapshot } from './evidence.ts';
import { evidenceFor, rootA, rootB, samplePolicy, snapshotOf } from './evidence-sample.ts';
import { requestAbort } from './operator.ts';
import type { Policy } from './policy.ts';
import type { Origin, RotationRecord } from './record.ts';
import { areAdjacent } from './row.ts';
import { exclude, include } from './testing/deviating.ts';
import { answer, holds, nowMs, rest, start } from './testing/sample-run.ts';

const rootX = { fingerprint: '8'.repeat(64), notBeforeMs: 0, notAfterMs: 90_000, source: 'foreign' } as const;
const rootY = { fingerprint: '9'.repeat(64), notBeforeMs: 0, notAfterMs: 500_000, source: 'foreign' } as const;
const [a, x, y] = [rootA.fingerprint, rootX.fingerprint, rootY.fingerprint];
const ofX: Origin = { roots: [x], signer: x };
const ofY: Origin = { roots: [y], signer: y };
/** `m` is of the mesh; the others come from elsewhere, two of them from under one root. */
const clusters = ['m', 'x1', 'x2', 'y1'];
const origins = { x1: ofX, x2: ofX, y1: ofY };
const aside = changeMembers(rest, { added: ['x1', 'x2', 'y1'], removed: [] }, 'three more', nowMs - 1).record;

function adopt(record: RotationRecord, changes: Partial<Parameters<typeof requestAdoption>[1]> = {}): RotationRecord {
  const request = { rotationId: 'r1', origins, roots: [rootX, rootY], above: 0, by: 'ann', ...changes };
  return requestAdoption(record, request, { ...samplePolicy }, nowMs).record;
}

/** Evidence of a cluster that holds what it is told, or, told nothing, what it came with. */
function evidenceOf(record: RotationRecord, cluster: string): ClusterEvidence {
  const origin: Origin = cluster in origins ? origins[cluster as keyof typeof origins] : { roots: [a], signer: a };
  const own = { row: { step: 'PREVIOUS_CA', ...origin, nudge: 'laggards' }, generation: 0 } as const;
  return evidenceFor(assignmentOf(record, cluster) ?? own);
}

function heard(record: RotationRecord, except: Readonly<Record<string, ClusterEvidence>> = {}): Snapshot {
  const evidence = Object.fromEntries(clusters.map((name) => [name, except[name] ?? evidenceOf(record, name)]));
  return { ...snapshotOf(record, evidence, clusters), knownRoots: new Set(record.roots.map(({ fingerprint }) => fingerprint)) };
}

const rowsOf = (record: RotationRecord): string =>
  clusters
    .map((name) => assignmentOf(record, name))
    .map((told) => (told === undefined ? '-' : holds(told.row)))
    .join('  ');

/** What every cluster is told on the way, each time that it changes. */
function way(record: RotationRecord, policy: Partial<Policy> = {}): { readonly rows: string[]; readonly record: RotationRecord } {
  const rows = [rowsOf(record)];
  for (let current = record, steps = 0; ; steps += 1) {
    const decision = decide(current, heard(current), { ...samplePolicy, ...policy }, nowMs);
    if (decision.kind !== 'transition') return { rows, record: current };
    if (steps > 100) throw new Error('no end in sight');
    current = decision.transition.record;
    if (rows.at(-1) !== rowsOf(current)) rows.push(rowsOf(current));
  }
}

describe('an adoption', () => {
  it('leaves each cluster its own signer until all trust all roots, then brings them to the root of the mesh', () => {
    const { rows, record } = way(adopt(aside));
    expect(rows).toEqual([
      'A|A  8|8  8|8  9|9',
      'A+8+9|A  A+8+9|8  A+8+9|8  A+8+9|9',
      'A+8+9|A  A+8+9|A  A+8+9|A  A+8+9|A',
      'A|A  A|A  A|A  A|A',
    ]);
    expect(record).toMatchObject({ state: 'FINISHED', currentRoot: a });
    expect(record.roots.map(({ phase }) => phase)).toEqual(['active', 'retired', 'retired']);
  });

  it('goes cluster by cluster, and never parts two that trusted each other, nor, once all trust all, any two', () => {
    const policy = { waves: { canaries: ['y1'], size: { kind: 'count', clusters: 1 }, soakMs: 0, onFailure: 'stop' } } as const;
    const before = new Map(clusters.map((name) => [name, evidenceOf(aside, name).written!]));
    let added = false;
    for (let current = adopt(aside); ; ) {
      const rows = clusters.map((name) => [name, assignmentOf(current, name)!.row] as const);
      added ||= current.step !== 'ADDING_NEW_ROOT';
      for (const [name, row] of rows) {
        for (const [other, beside] of rows) {
          const [one, two] = [before.get(name)!, before.get(other)!];
          const trusted = one.roots.includes(two.signerRoot!) && two.roots.includes(one.signerRoot!);
          if (added || trusted) expect([name, other, areAdjacent(row, beside)]).toEqual([name, other, true]);
        }
      }
      const decision = decide(current, heard(current), { ...samplePolicy, ...policy }, nowMs);
      if (decision.kind !== 'transition') break;
      current = decision.transition.record;
    }
    expect(added).toBe(true);
  });

  it('tells nothing before every cluster is proven to hold what it was found to hold', () => {
    const record = adopt(aside);
    const late = evidenceOf(aside, 'y1');
    const decision = decide(record, heard(record, { y1: late }), samplePolicy, nowMs);
    expect(decision).toMatchObject({ kind: 'wait', verdict: { reason: 'GenerationNotApplied', laggards: [{ cluster: 'y1' }] } });
  });

  it('speaks under a generation that no cluster has seen, whoever spoke before', () => {
    const record = adopt(aside, { above: 70 });
    for (const name of clusters) expect(assignmentOf(record, name)?.generation).toBe(71);
    expect(record.generation).toBe(72);
  });

  it('is counted with all its clusters from the start, and keeps the key of no foreign root', () => {
    const record = adopt(aside);
    expect(clusters.every((name) => isMember(record, name))).toBe(true);
    const done = way(record).record;
    const later = decide(done, heard(done), { ...samplePolicy, rootKeyRetentionMs: 0, finishedHoldMs: 1e9 }, nowMs + 1);
    expect(later.kind).toBe('rest');
  });

  it('takes a bundle that holds more than the root that signs, and the root of the mesh already', () => {
    const mixed = { ...origins, y1: { roots: [y, a, x], signer: y } };
    const record = adopt(aside, { origins: mixed });
    expect(record.rotation?.alsoOld).toEqual([x, y]);
    expect(rowsOf(record)).toBe('A|A  8|8  8|8  9+A+8|9');
  });

  it.each([
    ['while a rotation is under way', () => adopt(start({}, aside)), 'RR_ROTATION_IN_PROGRESS'],
    ['of nobody', () => adopt(aside, { origins: {} }), 'RR_ADOPT_NOTHING'],
    [
      'of more roots than a bundle holds',
      () =>
        adopt(aside, { origins: { x1: { roots: Array.from({ length: 64 }, (_, at) => `${at}`.padStart(64, '0')), signer: x } } }),
      'RR_ADOPT_TOO_MANY_ROOTS',
    ],
  ])('is refused %s', (_, act, code) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });
});

describe('an adoption that is taken back', () => {
  const stepsBack = (record: RotationRecord): RotationRecord => way(answer(record, 'ROLLBACK')).record;
  /** Adopted up to a step, with people who look at each. */
  const upTo = (count: number): RotationRecord => {
    let record = requestAdoption(
      aside,
      { rotationId: 'r1', origins, roots: [rootX, rootY], above: 0, by: 'ann' },
      { ...samplePolicy, verification: 'manual' },
      nowMs,
    ).record;
    for (let step = 0; step < count; step += 1) {
      record = way(record).record;
      if (step + 1 < count) record = answer(record, 'CONTINUE');
    }
    return record;
  };

  it('gives each cluster its own row back, and goes on telling it', () => {
    const back = way(answer(stepsBack(upTo(1)), 'CONTINUE')).record;
    expect(back).toMatchObject({ state: 'PREVIOUS_CA', currentRoot: a });
    expect(rowsOf(back)).toBe('A|A  8|8  8|8  9|9');
    expect(back.roots.map(({ phase }) => phase)).toEqual(['active', 'active', 'active']);
  });

  it('gives each cluster its own signer back, also when the root of the mesh signed already', () => {
    const back = stepsBack(upTo(2));
    expect(rowsOf(back)).toBe('A+8+9|A  A+8+9|8  A+8+9|8  A+8+9|9');
  });

  it('can be begun again, and a rotation to another root brings them along all the same', () => {
    const back = way(answer(stepsBack(upTo(1)), 'CONTINUE')).record;
    const again = way(adopt(back, { rotationId: 'r2' }));
    expect(again.record).toMatchObject({ state: 'FINISHED', currentRoot: a });
    const elsewhere = way(start({}, back, rootB, 'r2'));
    expect(elsewhere.rows).toEqual([
      'A|A  8|8  8|8  9|9',
      'A+8+9+B|A  A+8+9+B|8  A+8+9+B|8  A+8+9+B|9',
      'A+8+9+B|B  A+8+9+B|B  A+8+9+B|B  A+8+9+B|B',
      'B|B  B|B  B|B  B|B',
    ]);
    expect(elsewhere.record.roots.map(({ phase }) => phase)).toEqual(['retired', 'retired', 'retired', 'active']);
  });

  it('leaves a cluster out that was excluded in between, however often it is begun again', () => {
    const back = way(answer(stepsBack(upTo(1)), 'CONTINUE')).record;
    const out = exclude(back, 'x1', clusters);
    const rest = { x2: ofX, y1: ofY };
    const again = adopt(out, { rotationId: 'r2', origins: rest });
    expect([isMember(again, 'x1'), again.deviations['x1']?.kind]).toEqual([false, 'excluded']);
    expect(clusters.filter((name) => isMember(again, name))).toEqual(['m', 'x2', 'y1']);
    expect(again.rotation?.origins?.['x1']).toEqual(ofX);
  });

  it('does not go back to signers of a root that has expired', () => {
    const record = upTo(2);
    expect(() => answer(record, 'ROLLBACK', {}, rootX.notAfterMs)).toThrow(
      expect.objectContaining({ code: 'RR_ROLLBACK_IMPOSSIBLE', message: expect.stringContaining(x) }),
    );
  });

  it('holds its clusters back again when it is aborted: none is led away from its peers by itself', () => {
    const aborted = requestAbort(adopt(aside), { rotationId: 'r1', by: 'ann', why: 'wrong day' }, nowMs).record;
    expect(rowsOf(aborted)).toBe('A|A  -  -  -');
    expect(aborted.roots.find(({ fingerprint }) => fingerprint === a)?.phase).toBe('active');
    const later = { ...heard(aborted) };
    const evidence = new Map([...later.evidence].map(([name, each]) => [name, { ...each, receivedAtMs: nowMs + 1 }]));
    expect(decide(aborted, { ...later, evidence }, samplePolicy, nowMs + 1).kind).toBe('rest');
    expect(quarantineOf(aborted, 'x1', { ...later, evidence })).toMatch(/reroot mesh adopt/);
    expect(way(adopt(aborted, { rotationId: 'r2' })).record.state).toBe('FINISHED');
  });
});

describe('clusters that come and go during an adoption', () => {
  const returned = (record: RotationRecord, evidence: ClusterEvidence): Snapshot =>
    heard(record, { x1: { ...evidence, receivedAtMs: nowMs + 1 } });

  it('an excluded one is led on by its own row when it returns in time', () => {
    const added = way(requestAdoptionByHand()).record;
    const out = exclude(added, 'x1', clusters);
    const back = include(out, 'x1');
    const told = assignmentOf(out, 'x1')!;
    const decision = decide(back, returned(back, evidenceFor(told)), samplePolicy, nowMs + 1);
    expect(decision).toMatchObject({ kind: 'transition', transition: { condition: { act: { move: 'guide', row: told.row } } } });
  });

  it('one that returns under a foreign root after the adoption waits for the next one', () => {
    const out = exclude(adopt(aside), 'x1', clusters);
    const done = way(out).record;
    const forgotten = decide(done, heard(done), samplePolicy, nowMs + samplePolicy.finishedHoldMs);
    if (forgotten.kind !== 'transition') throw new Error('not forgotten');
    const back = include(forgotten.transition.record, 'x1');
    const snapshot = returned(back, evidenceOf(aside, 'x1'));
    expect(decide(back, snapshot, samplePolicy, nowMs + 1).kind).not.toBe('transition');
    expect(quarantineOf(back, 'x1', snapshot)).toMatch(/reroot mesh adopt/);
    expect(way(adopt(back, { rotationId: 'r2', origins: { x1: ofX } })).record.state).toBe('FINISHED');
  });

  it('one that is taken out of the mesh leaves its roots in the rows, and its own row to nobody', () => {
    const record = changeMembers(adopt(aside), { added: [], removed: ['y1'] }, 'less', nowMs).record;
    const again = changeMembers(record, { added: ['y1'], removed: [] }, 'more', nowMs).record;
    expect(again.rotation?.origins).toEqual({ x1: ofX, x2: ofX });
    expect(again.rotation?.alsoOld).toEqual([x, y]);
  });
});

function requestAdoptionByHand(): RotationRecord {
  const request = { rotationId: 'r1', origins, roots: [rootX, rootY], above: 0, by: 'ann' };
  return requestAdoption(aside, request, { ...samplePolicy, verification: 'manual' }, nowMs).record;
}
