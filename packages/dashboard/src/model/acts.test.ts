import type { AccessStatus } from '@reroot/shared/api';
import { clusterStatus, meshStatus, passedVerdict, waitingVerdict } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { actsOfCluster, actsOfMesh, commandOf, mayAct, othersText } from './acts.ts';

const kindsOf = (part: Parameters<typeof meshStatus>[0]): string[] => actsOfMesh(meshStatus(part)).map(({ kind }) => kind);
const asked = { state: 'VERIFYING', verdict: waitingVerdict('AwaitingVerification', 'for it') } as const;

describe('what can be done to a mesh', () => {
  it('is to start where it rests', () => {
    for (const state of ['NOT_ROTATING', 'PREVIOUS_CA', 'FINISHED'] as const) expect(kindsOf({ state })).toEqual(['start']);
  });

  it('is to go back while a step rolls out, and to answer once a person is asked', () => {
    expect(kindsOf({})).toEqual(['rollback']);
    expect(kindsOf(asked)).toEqual(['continue', 'rollback']);
    expect(kindsOf({ state: 'VERIFYING', verdict: waitingVerdict('VerificationRunning', 'for it') })).toEqual(['rollback']);
  });

  it('is to abort only while no cluster was told', () => {
    const wave = { index: 0, released: { reached: 0, total: 3 }, releasedAt: '' };
    expect(kindsOf({ wave })).toEqual(['rollback', 'abort']);
  });

  it('is to decide after a failure, and on a row that was rolled back to', () => {
    expect(kindsOf({ state: 'FAILED' })).toEqual(['continue', 'rollback']);
    expect(kindsOf({ state: 'VERIFIED', direction: 'back', verdict: passedVerdict('passed') })).toEqual(['continue', 'rollback']);
    expect(kindsOf({ state: 'VERIFIED', direction: 'back', step: 'PREVIOUS_CA' })).toEqual([]);
  });

  it('is called by what follows from it', () => {
    const labelOf = (part: Parameters<typeof meshStatus>[0]) => actsOfMesh(meshStatus(part))[0]?.label;
    expect(labelOf(asked)).toBe('Approve');
    expect(labelOf({ state: 'FAILED' })).toBe('Retry');
    expect(labelOf({ state: 'VERIFIED', direction: 'back' })).toBe('Go forward');
    expect(labelOf({ ...asked, direction: 'back' })).toBe('Accept');
  });

  it('names rotation, step and generation on the command line', () => {
    expect(commandOf('rollback', meshStatus(asked))).toBe(
      "reroot verify --rollback --mesh demo --rotation r-1 --step ADDING_NEW_ROOT --generation 2 --why '…'",
    );
    expect(commandOf('continue', meshStatus({ state: 'FAILED' }))).toBe("reroot retry --mesh demo --rotation r-1 --why '…'");
  });
});

describe('what can be done to a cluster', () => {
  it('is to exclude a member, and to include one that is excluded', () => {
    expect(actsOfCluster(clusterStatus({ name: 'a' }))[0]?.kind).toBe('exclude');
    expect(actsOfCluster(clusterStatus({ name: 'a', membership: 'excluded' }))[0]?.kind).toBe('include');
    expect(actsOfCluster(clusterStatus({ name: 'a', membership: 'returning' }))).toEqual([]);
  });
});

describe('whether the reader may', () => {
  it('is what mgmt says, and nothing before that', () => {
    const access: AccessStatus = { name: 'ann', via: 'token', actor: 'known', permissions: ['read', 'approve'] };
    expect(mayAct({ permission: 'approve' }, access)).toBe(true);
    expect(mayAct({ permission: 'operate' }, access)).toBe(false);
    expect(mayAct({ permission: 'approve' }, undefined)).toBe(false);
  });

  it('is said of whom it is for', () => {
    expect(othersText(actsOfMesh(meshStatus(asked)))).toBe('Approve, Roll back: for the role approver');
    expect(othersText(actsOfMesh(meshStatus({ state: 'FINISHED' })))).toBe('Start a rotation: for the role operator');
  });
});
