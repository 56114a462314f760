import { describe, expect, it } from 'vitest';
import { findAlarms } from './alarm.ts';
import { assignmentOf } from './assignment.ts';
import type { ClusterEvidence } from './evidence.ts';
import { evidenceOf } from './evidence-sample.ts';
import { answerVerification, requestAbort, requestRetry, requireStartable } from './operator.ts';
import type { RotationRecord } from './record.ts';
import { holdRestored } from './restored.ts';
import { clusters, exclude, include, wayOf } from './testing/deviating.ts';
import { goTo, heard, look, nowMs, rest, run, start, taken } from './testing/sample-run.ts';

const restored = (record: RotationRecord): RotationRecord => holdRestored(record, 'the store was restored', nowMs).record;

/** What clusters report to an mgmt of a later term that hold what a record has told them. */
function reportsOf(held: RotationRecord, names = clusters): Record<string, ClusterEvidence> {
  return Object.fromEntries(
    names.map((name) => {
      const evidence = evidenceOf(held, { receivedAtMs: nowMs }, name);
      return [name, { ...evidence, appliedGeneration: 0, reportedGeneration: evidence.appliedGeneration }];
    }),
  );
}

/** The alarms of a mesh whose clusters report so. */
function alarmsOf(record: RotationRecord, except: Record<string, ClusterEvidence>) {
  const policy = { rootGraceRatio: 0, intermediateTtlMs: 1e9, intermediateGraceRatio: 0, backdateMs: 0 };
  return findAlarms(record, heard(record, { clusters, except }), policy, nowMs).filter(
    ({ reason }) => reason === 'StoreOutdated',
  );
}

describe('a record that was restored', () => {
  const way = wayOf(start());

  it('tells nobody anything before every cluster has reported', () => {
    for (const record of [rest, ...way]) {
      const held = restored(record);
      expect(clusters.map((name) => assignmentOf(held, name))).toEqual([undefined, undefined, undefined]);
      const decision = look(held, { clusters, except: { ...reportsOf(record), b: undefined } });
      expect(decision).toMatchObject({ kind: 'wait', verdict: { passed: false, reason: 'StoreRestored' } });
      expect(decision.verdict.message).toContain('cluster b');
    }
  });

  it('goes on as if nothing had been once they hold what it says, wherever the rotation was', () => {
    for (const record of way) {
      const resumed = taken(look(restored(record), { clusters, except: reportsOf(record) }));
      expect(resumed).toEqual(record);
      expect(run(resumed, { clusters }).record.state).toBe('FINISHED');
    }
  });

  it('goes on, too, where a cluster has not yet taken the last row that it was told', () => {
    const record = goTo('PROPAGATING_NEW_INTERMEDIATE');
    const before = way.findLast(({ step }) => step === 'ADDING_NEW_ROOT')!;
    const except = { ...reportsOf(record), ...reportsOf(before, ['c']) };
    expect(taken(look(restored(record), { clusters, except }))).toEqual(record);
  });

  it('leads nobody, and says so, when a cluster was told a generation that it does not know', () => {
    let older = 0;
    for (const [index, record] of way.entries()) {
      for (const later of way.slice(index + 1).filter(({ lastGeneration }) => lastGeneration > record.lastGeneration)) {
        // One that has gone on is enough.
        const except = { ...reportsOf(record), ...reportsOf(later, ['b']) };
        if (evidenceOf(later, {}, 'b').appliedGeneration <= record.lastGeneration) continue;
        older += 1;
        const held = restored(record);
        expect(look(held, { clusters, except })).toMatchObject({ kind: 'wait', verdict: { reason: 'StoreOutdated' } });
        expect(alarmsOf(held, except)).toMatchObject([{ severity: 'critical', cluster: 'b' }]);
      }
    }
    expect(older).toBeGreaterThan(3);
  });

  it('leads nobody when a cluster holds what is more than a row away, whatever generation it names', () => {
    const finished = run(start(), { clusters }).record;
    const [first] = Object.values(reportsOf(finished, ['b']));
    const except = { ...reportsOf(rest), b: { ...first!, reportedGeneration: 1 } };
    const held = restored(rest);
    expect(look(held, { clusters, except })).toMatchObject({ kind: 'wait', verdict: { reason: 'StoreOutdated' } });
    expect(alarmsOf(held, except)[0]?.message).toContain('more than one row away');
    expect(alarmsOf(rest, except)).toEqual([]);
  });

  it('waits for a cluster whose Secret could not be read', () => {
    const [read] = Object.values(reportsOf(rest, ['a']));
    const except = { ...reportsOf(rest), a: { ...read!, written: undefined, secret: 'unknown' as const } };
    expect(look(restored(rest), { clusters, except })).toMatchObject({ kind: 'wait', verdict: { reason: 'StoreRestored' } });
  });

  it('waits neither for an excluded cluster, which is told nothing more, nor for one that was told nothing', () => {
    const excluded = restored(exclude(rest));
    const resumed = taken(look(excluded, { clusters, except: { ...reportsOf(rest), c: undefined } }));
    expect(resumed.deviations['c']).toMatchObject({ kind: 'excluded', told: undefined });
    const returning = restored(include(exclude(rest)));
    expect(taken(look(returning, { clusters, except: { ...reportsOf(rest), c: undefined } })).restored).toBeUndefined();
    const reporting = taken(look(excluded, { clusters, except: reportsOf(rest) }));
    expect(reporting).toEqual(exclude(rest));
  });

  it('lets an operator exclude a cluster that is gone, and do nothing that leads others', () => {
    const held = restored(start());
    expect(taken(look(exclude(held), { clusters, except: { ...reportsOf(start()), c: undefined } })).restored).toBeUndefined();
    const reason = { rotationId: 'r1', by: 'ann', why: 'now' };
    const verifying = run(start({ verification: 'manual' }), { clusters }).record;
    const answer = { ...reason, step: verifying.step, generation: verifying.generation, action: 'CONTINUE' } as const;
    expect(answerVerification(verifying, answer, nowMs).record.state).toBe('VERIFIED');
    for (const act of [
      () => requireStartable(restored(rest)),
      () => requestAbort(held, reason, nowMs),
      () => answerVerification(restored(verifying), answer, nowMs),
      () => requestRetry({ ...restored(start()), state: 'FAILED' }, reason, nowMs),
    ]) {
      expect(act).toThrow(expect.objectContaining({ code: 'RR_MESH_RESTORED' }));
    }
  });

  it('makes no decision by time alone: no key is destroyed, no rotation begun, nobody excluded', () => {
    const finished = run(start(), { clusters }).record;
    const lateMs = nowMs + 50_000_000;
    for (const record of [rest, finished, ...way]) {
      const policy = {
        silentClusters: { kind: 'exclude', afterMs: 1 } as const,
        stepTimeout: { afterMs: 1, then: 'rollback' as const },
      };
      const decision = look(restored(record), { clusters, atMs: lateMs, policy, except: { a: undefined } });
      expect(decision).toMatchObject({ kind: 'wait', verdict: { reason: 'StoreRestored' } });
    }
  });
});
