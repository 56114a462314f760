import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentOf } from './assignment.ts';
import { excludeCluster } from './cluster-act.ts';
import { rootA, rootB, rootC, samplePolicy } from './evidence-sample.ts';
import type { NewRoot } from './new-record.ts';
import { requestAbort } from './operator.ts';
import type { RotationRecord } from './record.ts';
import { include } from './testing/deviating.ts';
import { anyEvents, anyPolicy } from './testing/random-events.ts';
import { happen, newWorld } from './testing/random-world.ts';
import { answer, goTo, holds, look, nowMs, rest, run, start, taken } from './testing/sample-run.ts';

const keep = { rootKeyRetentionMs: 50_000 };
const abortion = { rotationId: 'r1', by: 'ann', why: 'wrong day' };

/** The phases of the roots, by their first letter. */
function phases({ roots }: RotationRecord): string {
  return roots.map(({ fingerprint, phase }) => `${fingerprint.slice(0, 1).toUpperCase()} ${phase}`).join(', ');
}

/** A finished rotation from A to B with one cluster left behind on A. */
function leaveBehind(): RotationRecord {
  const act = { by: 'ann', why: 'broken', cause: 'operator', members: ['east', 'west'] } as const;
  return run(start({}, excludeCluster(rest, 'west', act, nowMs).record)).record;
}

describe('the phases of a root', () => {
  it('follow the rotation: created, active from the row on in which it signs, and retired when another has taken over', () => {
    const seen: string[] = [];
    for (let decision = look(start()); decision.kind === 'transition'; decision = look(decision.transition.record)) {
      const { record } = decision.transition;
      const text = `${record.step}: ${phases(record)}`;
      if (seen.at(-1) !== text) seen.push(text);
    }
    expect(seen).toEqual([
      'ADDING_NEW_ROOT: A active, B created',
      'PROPAGATING_NEW_INTERMEDIATE: A active, B active',
      'DELETING_OLD_ROOT: A active, B active',
      'DELETING_OLD_ROOT: A retired, B active',
    ]);
  });

  it('with strategy NONE are the same, and the target is active as soon as it signs anywhere', () => {
    const told = taken(look(start({ strategy: 'NONE' })));
    expect(phases(told)).toBe('A active, B active');
  });

  it('end with retired for the target of a rotation that was rolled back', () => {
    const back = run(answer(taken(look(start())), 'ROLLBACK')).record;
    expect([back.state, phases(back)]).toEqual(['PREVIOUS_CA', 'A active, B retired']);
  });
});

describe('the key of a retired root', () => {
  const finished = run(start()).record;

  it('is kept for as long as the policy says, in every state of the mesh, and then destroyed with an entry of the history', () => {
    expect(look(finished, { policy: { ...keep, finishedHoldMs: 1_000_000 }, atMs: nowMs + 49_999 }).kind).toBe('rest');
    const decision = look(finished, { policy: { ...keep, finishedHoldMs: 1_000_000 }, atMs: nowMs + 50_000 });
    expect(decision).toMatchObject({
      transition: {
        condition: {
          state: 'FINISHED',
          message: `the private key of root ${rootA.fingerprint} is destroyed`,
          act: { move: 'destroyKey' },
        },
        record: { state: 'FINISHED', enteredAtMs: finished.enteredAtMs },
      },
    });
    expect(phases(taken(decision))).toBe('A destroyed, B active');
    expect(run(taken(decision), { policy: keep, atMs: nowMs + 50_000 }).path).toEqual(['forget → NOT_ROTATING [B|B]']);
  });

  it('is destroyed after a rollback too, but never that of the root which the mesh is back on', () => {
    const back = run(answer(taken(look(start())), 'ROLLBACK'));
    const later = run(back.record, { policy: keep, atMs: nowMs + 1_000_000 });
    expect([later.record.state, phases(later.record)]).toEqual(['PREVIOUS_CA', 'A active, B destroyed']);
  });

  it('is kept while a rotation from or to that root is under way', () => {
    const again = start({}, finished, rootA, 'r2');
    const record = taken(look(again, { policy: { rootKeyRetentionMs: 0 } }));
    expect(record.wave.index).toBe(1);
    expect(phases(run(record, { policy: { rootKeyRetentionMs: 0, minimumOverlapMs: 1 } }).record)).toBe('B active, A retired');
  });

  it('is kept while an excluded cluster may still ask to be signed by it', () => {
    const record = leaveBehind();
    expect(assignmentOf(record, 'west')?.row.signer).toBe(rootA.fingerprint);
    const policy = { ...keep, finishedHoldMs: 10_000_000 };
    expect(look(record, { policy, atMs: nowMs + 1_000_000 }).kind).toBe('rest');
    expect(phases(taken(look({ ...record, deviations: {} }, { policy, atMs: nowMs + 1_000_000 })))).toBe('A destroyed, B active');
  });

  it('is kept while a cluster that is to come back has not shown yet by which root it is signed', () => {
    const record = include(leaveBehind(), 'west');
    const policy = { ...keep, finishedHoldMs: 10_000_000 };
    const silent = { policy, atMs: nowMs + 1_000_000, except: { west: undefined } };
    expect(look(record, silent).kind).toBe('rest');
    expect(phases(taken(look({ ...record, deviations: {} }, silent)))).toBe('A destroyed, B active');
  });

  it('that is destroyed cannot be rotated to any more', () => {
    const gone = run(finished, { policy: { rootKeyRetentionMs: 0 } }).record;
    expect(phases(gone)).toBe('A destroyed, B active');
    expect(() => start({}, gone, rootA, 'r2')).toThrow(/has no private key any more/);
  });

  it('is destroyed at no time while any cluster is told to be signed by it, whatever happens in whatever order', () => {
    let destroyed = 0;
    fc.assert(
      fc.property(anyPolicy, anyEvents, (policy, events) => {
        const world = newWorld(policy);
        for (const event of events) {
          happen(world, event, (before, { record }) => {
            const gone = record.roots.filter(({ phase }) => phase === 'destroyed').map(({ fingerprint }) => fingerprint);
            const fresh = gone.filter((root) =>
              before.roots.every(({ fingerprint, phase }) => fingerprint !== root || phase !== 'destroyed'),
            );
            destroyed += fresh.length;
            const signers = world.clusters.map((cluster) => assignmentOf(record, cluster)?.row.signer);
            for (const root of fresh) expect([record.currentRoot, ...signers]).not.toContain(root);
            for (const { fingerprint, phase } of before.roots) {
              if (phase === 'destroyed') expect(gone).toContain(fingerprint);
            }
            expect(gone).not.toContain(record.currentRoot);
          });
        }
      }),
      { numRuns: 300 },
    );
    expect(destroyed).toBeGreaterThan(20);
  });
});

describe('the key of a root that was to be rotated to', () => {
  it('is destroyed at once when the rotation is aborted, for no cluster ever heard of it', () => {
    expect(phases(requestAbort(start(), abortion, nowMs).record)).toBe('A active, B destroyed');
  });

  it('is kept after an abort when the root was in use before, for as long as that of any retired root', () => {
    const finished = leaveBehind();
    const aborted = requestAbort(start({}, finished, rootA), abortion, nowMs + 20_000).record;
    expect(phases(aborted)).toBe('B active, A retired');
    const policy = { ...keep, silentClusters: samplePolicy.silentClusters };
    expect(look({ ...aborted, deviations: {} }, { policy, atMs: nowMs + 49_999 }).kind).toBe('rest');
    expect(phases(taken(look({ ...aborted, deviations: {} }, { policy, atMs: nowMs + 50_000 })))).toBe('B active, A destroyed');
    expect(look(aborted, { policy, atMs: nowMs + 1_000_000 }).kind).toBe('rest');
  });
});

describe('the list of roots', () => {
  const root = (index: number): NewRoot => ({ ...rootC, fingerprint: String(index).padStart(64, '0') });

  it('stays short however often a mesh rotates', () => {
    let record = rest;
    const policy = { rootKeyRetentionMs: 0, finishedHoldMs: 0 };
    for (let index = 0; index < 30; index += 1) record = run(start({}, record, root(index), `r${index}`), { policy }).record;
    expect(record.state).toBe('NOT_ROTATING');
    expect(record.roots.length).toBeLessThanOrEqual(10);
    expect(record.roots.at(-1)).toMatchObject({ fingerprint: record.currentRoot, phase: 'active' });
  });

  it('stays short however often a rotation is aborted or rolled back', () => {
    let record = rest;
    for (let index = 0; index < 30; index += 1) {
      record = requestAbort(start({}, record, root(index)), abortion, nowMs).record;
      record = run(answer(taken(look(start({}, record, root(100 + index)))), 'ROLLBACK'), {
        policy: { rootKeyRetentionMs: 0 },
      }).record;
    }
    expect(record.roots.length).toBeLessThanOrEqual(12);
    expect(record.roots.map(({ fingerprint }) => fingerprint)).toContain(record.currentRoot);
  });

  it('keeps a root that an excluded cluster is still told to trust, although its key is gone', () => {
    const act = { by: 'ann', why: 'broken', cause: 'operator', members: ['east', 'west'] } as const;
    let { record } = excludeCluster(goTo('PROPAGATING_NEW_INTERMEDIATE'), 'west', act, nowMs);
    const policy = { rootKeyRetentionMs: 0, finishedHoldMs: 0 };
    record = run(record, { policy }).record;
    for (let index = 0; index < 30; index += 1) {
      record = run(start({}, record, root(index), `r${index}`), { policy }).record;
    }
    const kept = record.roots.find(({ fingerprint }) => fingerprint === rootA.fingerprint);
    expect([kept?.phase, holds(assignmentOf(record, 'west')!.row)]).toEqual(['destroyed', 'A+B|B']);
  });

  it('keeps every root that is not destroyed', () => {
    let record = rest;
    for (let index = 0; index < 30; index += 1)
      record = run(start({}, record, root(index), `r${index}`), { policy: { finishedHoldMs: 0 } }).record;
    expect(record.roots).toHaveLength(31);
    expect(record.roots.filter(({ phase }) => phase === 'retired')).toHaveLength(30);
    expect(record.roots.map(({ fingerprint }) => fingerprint)).not.toContain(rootB.fingerprint);
  });
});
