import { describe, expect, it } from 'vitest';
import { samplePolicy } from '../rotation/evidence-sample.ts';
import type { RotationCondition } from '../rotation/index.ts';
import { run, nowMs as sampleMs, start } from '../rotation/testing/sample-run.ts';
import { measureDurations } from './measured-durations.ts';

/** The history of a rotation each of whose entries comes a second after the one before. */
function history(policy: Parameters<typeof start>[0] = {}): readonly RotationCondition[] {
  return run(start(policy), { policy }).conditions.map((condition, index) => ({ ...condition, atMs: sampleMs + index * 1_000 }));
}

const waves = { ...samplePolicy.waves, size: { kind: 'count', clusters: 1 } as const };

describe('measured durations', () => {
  it('are of each wave of each step, from its release to its proof', () => {
    const measured = measureDurations(history({ waves }));
    expect([...measured].map(([step, { wavesMs }]) => [step, wavesMs])).toEqual([
      ['ADDING_NEW_ROOT', [1_000, 1_000]],
      ['PROPAGATING_NEW_INTERMEDIATE', [1_000, 1_000]],
      ['DELETING_OLD_ROOT', [1_000, 1_000]],
    ]);
  });

  it('are those of the newest rotation that went through the step', () => {
    const first = history();
    const second = first.slice(0, 3).map((each) => ({ ...each, rotationId: 'r2', atMs: each.atMs * 2 }));
    const measured = measureDurations([...first, ...second]);
    expect(measured.get('ADDING_NEW_ROOT')).toEqual({ rotationId: 'r2', wavesMs: [2_000] });
    expect(measured.get('DELETING_OLD_ROOT')).toEqual({ rotationId: 'r1', wavesMs: [1_000] });
  });

  it('do not count what was taken back, in doubt or never proven', () => {
    const told = history().slice(0, 1);
    const after = (move: 'stepBack' | 'doubt'): readonly RotationCondition[] => [
      ...told,
      { ...told[0]!, act: { move }, atMs: sampleMs + 500 },
      { ...told[0]!, act: { move: 'verify' }, atMs: sampleMs + 9_000 },
    ];
    expect([
      measureDurations(told).size,
      measureDurations(after('stepBack')).size,
      measureDurations(after('doubt')).size,
    ]).toEqual([0, 0, 0]);
  });
});
