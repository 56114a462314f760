import { describe, expect, it } from 'vitest';
import { rootB, samplePolicy } from '../rotation/evidence-sample.ts';
import { type RotationCondition, requestStart, type StartPolicy } from '../rotation/index.ts';
import { rest, run, nowMs as sampleMs } from '../rotation/testing/sample-run.ts';
import { measureDurations } from './measured-durations.ts';

/** The history of a rotation each of whose entries comes a second after the one before. */
function history(policy: Partial<StartPolicy> = {}): readonly RotationCondition[] {
  const started = requestStart(rest, { rotationId: 'r1', target: rootB, by: 'ann' }, { ...samplePolicy, ...policy }, sampleMs);
  const conditions = [started.condition, ...run(started.record, { policy }).conditions];
  return conditions.map((condition, index) => ({ ...condition, atMs: sampleMs + (index - 1) * 1_000 }));
}

/** The same as the history of another rotation. */
function asAnother(history: readonly RotationCondition[], rotationId: string): readonly RotationCondition[] {
  return history.map((each) => {
    const { act } = each;
    return { ...each, rotationId, act: act?.move === 'start' ? { ...act, rotation: { ...act.rotation, id: rotationId } } : act };
  });
}

const usual = { strategy: 'MULTI_ROOT' } as const;

const waves = { ...samplePolicy.waves, size: { kind: 'count', clusters: 1 } as const };

describe('measured durations', () => {
  it('are of each wave of each step, from its release to its proof', () => {
    const measured = measureDurations(history({ waves }), usual);
    expect([...measured].map(([step, { wavesMs }]) => [step, wavesMs])).toEqual([
      ['ADDING_NEW_ROOT', [1_000, 1_000]],
      ['PROPAGATING_NEW_INTERMEDIATE', [1_000, 1_000]],
      ['DELETING_OLD_ROOT', [1_000, 1_000]],
    ]);
  });

  it('are those of the newest rotation that went through the step', () => {
    const first = history();
    const second = asAnother(first.slice(0, 4), 'r2').map((each) => ({ ...each, atMs: each.atMs * 2 }));
    const measured = measureDurations([...first, ...second], usual);
    expect(measured.get('ADDING_NEW_ROOT')).toEqual({ rotationId: 'r2', wavesMs: [2_000] });
    expect(measured.get('DELETING_OLD_ROOT')).toEqual({ rotationId: 'r1', wavesMs: [1_000] });
  });

  it('do not count what was taken back, in doubt or never proven', () => {
    const told = history().slice(0, 2);
    const after = (move: 'stepBack' | 'doubt'): readonly RotationCondition[] => [
      ...told,
      { ...told[1]!, act: { move }, atMs: sampleMs + 500 },
      { ...told[1]!, act: { move: 'verify' }, atMs: sampleMs + 9_000 },
    ];
    expect([
      measureDurations(told, usual).size,
      measureDurations(after('stepBack'), usual).size,
      measureDurations(after('doubt'), usual).size,
    ]).toEqual([0, 0, 0]);
  });

  it('are those of a rotation of the same strategy and pace, and of no other', () => {
    const abrupt = asAnother(history({ strategy: 'NONE' }), 'r2');
    const all = [...history(), ...abrupt];
    expect(measureDurations(all, usual).get('DELETING_OLD_ROOT')?.rotationId).toBe('r1');
    expect(measureDurations(all, { strategy: 'NONE' }).get('DELETING_OLD_ROOT')?.rotationId).toBe('r2');
    const emergency = { reason: 'the key is out', excludeSilent: [], losses: [] };
    expect(measureDurations(all, { ...usual, emergency }).size).toBe(0);
    expect(measureDurations(history().slice(1), usual).size).toBe(0);
  });
});
