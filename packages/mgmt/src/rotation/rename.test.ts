import { describe, expect, it } from 'vitest';
import { assignmentOf } from './assignment.ts';
import { excludeCluster, renameCluster } from './cluster-act.ts';
import { rootA } from './evidence-sample.ts';
import { newRecord } from './new-record.ts';
import type { RotationRecord } from './record.ts';
import { perform } from './transition.ts';

const act = { from: 'east', to: 'north', by: 'ann', why: 'it has moved' };
const rest = newRecord('demo', rootA, 0);

describe('a cluster that is renamed', () => {
  it('is told what it was told, and stays out when it was excluded', () => {
    const excluded = excludeCluster(
      rest,
      'east',
      { by: 'ann', why: 'no power', cause: 'operator', members: ['east', 'west'] },
      1,
    );
    const { record, condition } = renameCluster(excluded.record, act, 2);
    expect(record.deviations).toEqual({ north: excluded.record.deviations['east'] });
    expect(assignmentOf(record, 'north')).toEqual(assignmentOf(excluded.record, 'east'));
    expect(condition).toMatchObject({ act: { move: 'rename', cluster: 'east', to: 'north' }, atMs: 2 });
    expect(condition.message).toBe('cluster east is called north from now on, asked for by ann: it has moved');
  });

  it('keeps its place among the canaries of a rotation that is shown still, and its generation', () => {
    const rotation = { canaries: ['east', 'west'] } as unknown as RotationRecord['rotation'];
    const { record } = renameCluster({ ...rest, state: 'FINISHED', rotation, ahead: { east: 7, west: 6 } }, act, 2);
    expect(record.rotation?.canaries).toEqual(['north', 'west']);
    expect(record.ahead).toEqual({ north: 7, west: 6 });
  });

  it('changes nothing that others are told: their evidence goes on to count', () => {
    expect(renameCluster(rest, act, 2).record).toEqual(rest);
  });

  it.each(['PREVIOUS_CA', 'ADDING_NEW_ROOT', 'VERIFYING', 'VERIFIED', 'ROLLING_BACK', 'FAILED'] as const)(
    'keeps its name in %s',
    (state) => {
      expect(() => renameCluster({ ...rest, state }, act, 2)).toThrow(expect.objectContaining({ code: 'RR_CLUSTER_ROTATING' }));
    },
  );

  it('is renamed again by the journal', () => {
    const { record, condition } = renameCluster({ ...rest, ahead: { east: 3 } }, act, 2);
    expect(perform({ ...rest, ahead: { east: 3 } }, condition.act!, 2, { message: 'm' }).record).toEqual(record);
  });
});
