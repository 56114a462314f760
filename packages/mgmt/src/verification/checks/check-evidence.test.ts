import { createFakeClock } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import type { RotationRecord } from '../../rotation/index.ts';
import type { CheckResult } from '../check.ts';
import type { Subject } from '../subject.ts';
import { attempt } from '../testing/attempt.ts';
import { sampleSubject, startedAtMs } from '../testing/sample-subject.ts';
import { checkEvidence } from './check-evidence.ts';

const clock = createFakeClock(startedAtMs);
const subject = sampleSubject();

function check(changes: Partial<Subject>): Promise<CheckResult> {
  return attempt(checkEvidence(), { ...subject, ...changes }, clock);
}

/** One cluster has not written what it was told. */
function lagging(): Subject['snapshot'] {
  const { snapshot } = subject;
  return {
    ...snapshot,
    evidence: new Map([...snapshot.evidence, ['west', { ...snapshot.evidence.get('west')!, written: undefined }]]),
  };
}

const failed: RotationRecord = { ...subject.record, state: 'FAILED' };
const person = { ...subject.verdict, reason: 'AwaitingOperator' };

describe('the evidence', () => {
  it('is complete where every cluster is proven to hold what it was told, whatever the mesh waits for', async () => {
    expect(await check({})).toMatchObject({ outcome: 'passed', evidence: { clusters: 2, step: 'ADDING_NEW_ROOT' } });
    expect(await check({ record: failed, verdict: person })).toMatchObject({ outcome: 'passed' });
  });

  it('is not where a cluster lags behind, although the mesh says no more than that it waits for a person', async () => {
    const found = await check({ record: failed, verdict: person, snapshot: lagging() });
    expect(found).toMatchObject({ outcome: 'unavailable', evidence: { reason: 'NotWritten' }, laggards: [{ cluster: 'west' }] });
  });
});
