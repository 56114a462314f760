import { describe, expect, it } from 'vitest';
import { evidenceOf, samplePolicy, snapshotOf } from './evidence-sample.ts';
import { judgeCluster, judgeMesh } from './judge.ts';
import type { LinkFacts } from './link.ts';
import { answeredAt, answerOf } from './testing/sample-link.ts';
import { rest } from './testing/sample-run.ts';

/** `samplePolicy` bears five seconds of silence. */
const nowMs = 60_000;
const granted = { kind: 'granted' } as const;

/** What is said of a cluster whose link stands so, and whose last report came at `reportedAtMs`. */
function sentence(facts: LinkFacts | undefined, reportedAtMs?: number): string {
  const evidence = reportedAtMs === undefined ? undefined : evidenceOf(rest, { receivedAtMs: reportedAtMs });
  const links = new Map(facts === undefined ? [] : [['east', facts]]);
  const snapshot = { ...snapshotOf(rest, { east: evidence }, ['east']), heardSinceMs: 1_000, links };
  const verdict = judgeCluster(rest, 'east', snapshot, samplePolicy, nowMs);
  expect(judgeMesh(rest, snapshot, samplePolicy, nowMs).verdict.message).toBe(verdict.message);
  expect(verdict.reason).toBe(evidence === undefined ? 'ClusterNeverReported' : 'ClusterSilent');
  return verdict.message.replace('waiting: ', '');
}

describe('the sentence about a silent cluster', () => {
  it('tells an agent that answers from one that is gone', () => {
    expect(sentence(answeredAt(nowMs - 5_000), 2_000)).toBe(
      'east has been silent since 1970-01-01T00:00:02.000Z: its agent answers (version 0.1.0), but sends no report',
    );
    expect(sentence(answeredAt(nowMs - 5_001), 2_000)).toBe(
      'east has been silent since 1970-01-01T00:00:02.000Z: its agent answered last at 1970-01-01T00:00:54.999Z',
    );
  });

  it('says of one that never reported whether its agent answers, was never heard, or has not even enrolled', () => {
    expect(sentence({ access: granted, answer: answerOf(nowMs) })).toBe(
      'east has never reported: its agent answers (version 0.1.0), but sends no report',
    );
    expect(sentence({ access: granted, answer: undefined })).toBe(
      'east has never reported: its agent has answered nothing since mgmt began to listen at 1970-01-01T00:00:01.000Z',
    );
    expect(sentence({ access: { kind: 'awaited' }, answer: undefined })).toBe(
      'east has never reported: no agent has enrolled for it',
    );
  });

  it('says who revoked it and why, whatever was heard before', () => {
    const access = { kind: 'revoked', by: 'ann', why: 'its keys were stolen' } as const;
    expect(sentence({ access, answer: answerOf(nowMs) }, 2_000)).toBe(
      'east has been silent since 1970-01-01T00:00:02.000Z: it was revoked by ann: its keys were stolen',
    );
  });

  it('says no more than the silence where nothing is known of links', () => {
    expect(sentence(undefined)).toBe('east has never reported');
    expect(sentence(undefined, 2_000)).toBe('east has been silent since 1970-01-01T00:00:02.000Z');
  });
});
