import { describe, expect, it } from 'vitest';
import { rootA, rootB, samplePolicy } from '../rotation/evidence-sample.ts';
import { newRecord, type RotationRecord, requestStart, type VerificationFacts } from '../rotation/index.ts';
import type { Proof } from '../store/index.ts';
import { describeProof, describeRunning, describeVerification } from './describe-proof.ts';

const named = {
  id: 'p1',
  cause: 'rotation',
  by: 'reroot',
  rotationId: 'r1',
  state: 'VERIFYING',
  step: 'ADDING_NEW_ROOT',
  generation: 2,
} as const;
const heading = { ...named, startedAtMs: 1_000 };
const check = { name: 'matrix', outcome: 'passed', message: '4 of 4', laggards: [] } as const;
const proof: Proof = {
  ...heading,
  atMs: 2_000,
  outcome: 'passed',
  message: 'm',
  checks: [{ ...check, evidence: { counts: {} } }],
};
const started = '1970-01-01T00:00:01.000Z';

describe('describing a proof', () => {
  it('says what it rests on where that is given', () => {
    const times = { startedAt: started, finishedAt: '1970-01-01T00:00:02.000Z' };
    expect(describeProof(proof)).toEqual({ ...named, ...times, outcome: 'passed', message: 'm', checks: proof.checks });
    expect(describeProof({ ...proof, checks: [check] }).checks).toEqual([check]);
  });

  it('leaves out what there is not: a rotation, and an end of what is being made', () => {
    const running = { heading: { ...heading, rotationId: undefined }, message: 'matrix: it begins', checks: [] };
    const described = describeRunning(running);
    expect(described).toMatchObject({ outcome: 'running', message: 'matrix: it begins', startedAt: started });
    expect(Object.keys(described)).not.toContain('finishedAt');
    expect(Object.keys(described)).not.toContain('rotationId');
  });
});

describe('describing how far a verification is', () => {
  const request = { rotationId: 'r1', target: rootB, by: 'ann' };
  const policy = { ...samplePolicy, verification: 'automatic' } as const;
  const rotating = requestStart(newRecord('demo', rootA, 0), request, policy, 500).record;
  const record: RotationRecord = { ...rotating, state: 'VERIFYING', enteredAtMs: 1_000 };
  const facts: VerificationFacts = {
    ...{ rotationId: 'r1', step: record.step, generation: record.generation, startedAtMs: 1_000 },
    finding: { kind: 'running', message: 'handshakes: 1 of 2', laggards: [] },
  };

  it('names the proof once there is one', () => {
    expect(describeVerification(record, facts)).toEqual({
      finding: 'running',
      message: 'handshakes: 1 of 2',
      startedAt: started,
    });
    const passed = { kind: 'passed', message: 'm', proof: 'p1', sinceMs: 1_000, atMs: 2_000 } as const;
    expect(describeVerification(record, { ...facts, finding: passed })).toMatchObject({ finding: 'passed', proof: 'p1' });
  });

  it('says nothing of another moment', () => {
    expect(describeVerification(record, undefined)).toBeUndefined();
    expect(describeVerification(rotating, facts)).toBeUndefined();
    expect(describeVerification(record, { ...facts, generation: 99 })).toBeUndefined();
  });
});
