import { meshStatus } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { type Machine, machineOf, machineText } from './machine.ts';
import { layOutMachine } from './machine-layout.ts';

const progressOf = ({ nodes }: Machine): string[] => nodes.map(({ progress }) => progress);
const usesOf = ({ edges }: Machine, kind: 'forward' | 'back'): string[] =>
  edges.filter((edge) => edge.kind === kind).map(({ from, to, use }) => `${from}>${to} ${use}`);

describe('the machine', () => {
  it('shows what is done, where the rotation is, what follows and the way back', () => {
    const machine = machineOf(meshStatus({ state: 'VERIFYING', step: 'PROPAGATING_NEW_INTERMEDIATE' }));
    expect(progressOf(machine)).toEqual(['done', 'done', 'now', 'ahead', 'ahead']);
    expect(usesOf(machine, 'forward')).toEqual(['0>1 taken', '1>2 taken', '2>3 open', '3>4 ahead']);
    expect(usesOf(machine, 'back')).toEqual(['1>0 ahead', '2>1 open', '3>2 ahead']);
    expect(machine.nodes[2]?.phases.map(({ progress }) => progress)).toEqual(['done', 'now', 'ahead']);
  });

  it('is on its way back while it rolls back', () => {
    const machine = machineOf(meshStatus({ state: 'ROLLING_BACK', step: 'ADDING_NEW_ROOT', direction: 'back' }));
    expect(progressOf(machine)).toEqual(['done', 'now', 'ahead', 'ahead', 'ahead']);
    expect(usesOf(machine, 'back')).toContain('2>1 taking');
    expect(usesOf(machine, 'forward')).toContain('1>2 ahead');
  });

  it('is at rest at its beginning, and finished at its end', () => {
    expect(progressOf(machineOf(meshStatus({ state: 'NOT_ROTATING', step: 'PREVIOUS_CA' })))[0]).toBe('now');
    const finished = machineOf(meshStatus({ state: 'FINISHED', step: 'DELETING_OLD_ROOT' }));
    expect(progressOf(finished)).toEqual(['done', 'done', 'done', 'done', 'now']);
    expect(usesOf(finished, 'back').filter((use) => use.endsWith('open'))).toEqual([]);
  });

  it('says where it failed', () => {
    expect(progressOf(machineOf(meshStatus({ state: 'FAILED' })))[1]).toBe('failed');
  });

  it('leaves out the rows that strategy NONE leaps over', () => {
    const mesh = meshStatus({ state: 'DELETING_OLD_ROOT', step: 'DELETING_OLD_ROOT' });
    const rotation = mesh.rotation === undefined ? {} : { rotation: { ...mesh.rotation, strategy: 'NONE' as const } };
    const machine = machineOf({ ...mesh, ...rotation });
    expect(progressOf(machine)).toEqual(['done', 'unused', 'unused', 'now', 'ahead']);
    expect(usesOf(machine, 'forward')).toEqual(['0>3 taken', '3>4 open']);
  });

  it('is told in sentences', () => {
    expect(machineText(machineOf(meshStatus()))).toContain('Adding the new root [A+B | A]: now');
  });
});

describe('the root before a rotation', () => {
  it('is the current one until another one is', () => {
    const titleOf = (differing: Parameters<typeof meshStatus>[0]) => machineOf(meshStatus(differing)).nodes[0]?.title;
    expect(titleOf({ state: 'NOT_ROTATING', step: 'PREVIOUS_CA' })).toBe('The current root');
    expect(titleOf({ state: 'FINISHED', step: 'DELETING_OLD_ROOT' })).toBe('The old root');
  });
});

describe('its layout', () => {
  it.each(['across', 'down'] as const)('has a box for each node that overlaps no other, %s', (direction) => {
    const machine = machineOf(meshStatus());
    const { boxes, paths, width, height } = layOutMachine(machine, direction);
    expect(boxes).toHaveLength(machine.nodes.length);
    expect(paths).toHaveLength(machine.edges.length);
    for (const [index, a] of boxes.entries()) {
      expect(a.x + a.width).toBeLessThanOrEqual(width);
      expect(a.y + a.height).toBeLessThanOrEqual(height);
      const later = boxes.slice(index + 1);
      expect(later.every((b) => b.x >= a.x + a.width || b.y >= a.y + a.height)).toBe(true);
    }
  });
});
