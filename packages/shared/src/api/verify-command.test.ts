import { describe, expect, it } from 'vitest';
import { meshStatus, waitingVerdict, withoutRotation } from '../testing/mesh-status.ts';
import type { MeshStatus } from './mesh-status.ts';
import { awaitsDecision, awaitsVerification, verifyAdvice, verifyCommand } from './verify-command.ts';

const proven = waitingVerdict('AwaitingVerification', 'verify ADDING_NEW_ROOT and answer');
const verifying = { state: 'VERIFYING', verdict: proven } as const;
const turned = { state: 'VERIFIED', direction: 'back' } as const;

describe('a mesh that waits for a person', () => {
  it.each([
    ['a proven step', verifying, 'verification'],
    ['a step whose evidence has gone again', { state: 'VERIFYING' }, 'nobody'],
    ['an accepted step', { state: 'VERIFIED' }, 'nobody'],
    ['an accepted step that was rolled back to', turned, 'decision'],
    ['an accepted first row, which settles by itself', { ...turned, step: 'PREVIOUS_CA' }, 'nobody'],
    ['a failure', { state: 'FAILED' }, 'decision'],
  ] as [string, Partial<MeshStatus>, string][])('with %s waits for: %s', (_, differing, whom) => {
    const status = meshStatus(differing);
    const waitsFor = [awaitsVerification(status) && 'verification', awaitsDecision(status) && 'decision'].filter(Boolean);
    expect(waitsFor).toEqual(whom === 'nobody' ? [] : [whom]);
  });

  it.each([
    ['ADDING_NEW_ROOT is proven and waits for you', 'to go on', 'take it back', verifying],
    [
      'ADDING_NEW_ROOT is proven and waits for you',
      'to accept the rollback',
      'take it back',
      { ...verifying, direction: 'back' },
    ],
    ['ADDING_NEW_ROOT was rolled back to, is accepted, and waits for you', 'to go forward again', 'go further back', turned],
    ['ADDING_NEW_ROOT has failed and waits for you', 'to try it again', 'take it back', { state: 'FAILED' }],
  ] as [string, string, string, Partial<MeshStatus>][])('is told: %s; %s, or %s', (situation, purpose, end, differing) => {
    const otherwise = `or the same with --rollback in the place of --continue to ${end}`;
    expect(verifyAdvice(meshStatus(differing))).toEqual({ situation, purpose, otherwise });
  });

  it('is told nothing of a way back from the first row', () => {
    expect(verifyAdvice(meshStatus({ ...verifying, step: 'PREVIOUS_CA' })).otherwise).toBeUndefined();
  });

  it('names who may not answer where the policy asks for another person', () => {
    const rotation = { ...meshStatus().rotation!, approvals: 'another-person' as const };
    expect(verifyAdvice(meshStatus({ ...verifying, rotation })).situation).toBe(
      'ADDING_NEW_ROOT is proven and waits for another person than ana',
    );
  });
});

describe('the command to copy', () => {
  const named = 'verify --continue --mesh demo --rotation r-1 --step ADDING_NEW_ROOT --generation 2';

  it('names the moment that it is for', () => {
    expect(verifyCommand(meshStatus(verifying), './dev reroot')).toBe(`./dev reroot ${named} --why 'traffic looks right'`);
  });

  it('gives no untrue reason after a failure', () => {
    expect(verifyCommand(meshStatus({ state: 'FAILED' }), 'reroot')).toBe(`reroot ${named} --why 'the cause is mended'`);
  });

  it('does not exist outside of a rotation', () => {
    expect(verifyCommand(withoutRotation(), 'reroot')).toBeUndefined();
  });
});
