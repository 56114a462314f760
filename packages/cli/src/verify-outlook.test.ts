import type { MeshStatus } from '@reroot/shared/api';
import { meshStatus, waitingVerdict } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { verifyOutlook } from './verify-outlook.ts';

const outlook = (action: 'CONTINUE' | 'ROLLBACK', changes: Partial<MeshStatus>): string => {
  const status = meshStatus(changes);
  const { step, generation } = status;
  return verifyOutlook(status, { action, step, generation, rotationId: 'r-1', by: 'ana', why: 'so' });
};
const approval: Partial<MeshStatus> = { step: 'PREVIOUS_CA', verdict: waitingVerdict('AwaitingApproval', 'an emergency') };

describe('what an answer will do', () => {
  it.each<[Partial<MeshStatus>, string]>([
    [{ step: 'ADDING_NEW_ROOT' }, 'pass: next, every cluster signs with the new root.'],
    [{ step: 'PROPAGATING_NEW_INTERMEDIATE' }, 'pass: next, the old root is taken away from every cluster.'],
    [{ step: 'DELETING_OLD_ROOT' }, 'pass: the rotation is finished then, and cannot be taken back.'],
    [{ state: 'FAILED' }, 'up again at ADDING_NEW_ROOT, which has failed.'],
    [{ direction: 'back' }, 'This accepts that rotation r-1 of mesh demo was rolled back to ADDING_NEW_ROOT.'],
    [
      { direction: 'back', state: 'VERIFIED' },
      'go forward again from ADDING_NEW_ROOT: next, every cluster signs with the new root.',
    ],
    [approval, 'This lets the emergency rotation r-1 of mesh demo begin;'],
  ])('is said of a mesh that has %j', (changes, words) => {
    expect(outlook('CONTINUE', changes)).toContain(words);
  });

  it('is said of a rollback, and of a refusal', () => {
    expect(outlook('ROLLBACK', {})).toContain('back from ADDING_NEW_ROOT, one step');
    expect(outlook('ROLLBACK', approval)).toContain('no cluster was told of it');
  });
});
