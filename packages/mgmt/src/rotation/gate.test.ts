import type { Verdict } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { memberAssignmentOf } from './assignment.ts';
import type { ClusterEvidence } from './evidence.ts';
import { evidenceOf, holdingOf, rootA, rootB, samplePolicy, snapshotOf } from './evidence-sample.ts';
import { gates, tallyCluster } from './gate.ts';
import { isSilent, judgeCluster, judgeMesh } from './judge.ts';
import type { RequiredEvidence } from './policy.ts';
import type { RotationRecord } from './record.ts';
import { rowOf } from './row.ts';
import { look, nowMs, rest, run, start, taken } from './testing/sample-run.ts';

const policy = samplePolicy;
const adding = taken(look(start()));
const propagating = taken(look(run(start(), { policy: { minimumOverlapMs: 1 } }).record, { atMs: nowMs + 1 }));

/** The verdict on a mesh in which one of two clusters differs. */
function judge(record: RotationRecord, west: ClusterEvidence | undefined): Verdict {
  return judgeMesh(record, snapshotOf(record, { west }), policy, nowMs).verdict;
}

describe('the gates', () => {
  it('pass when every cluster holds the row at every level', () => {
    expect(judge(adding, evidenceOf(adding))).toEqual({
      passed: true,
      reason: 'Passed',
      message: 'every cluster holds ADDING_NEW_ROOT',
      laggards: [],
      laggardCount: 0,
    });
  });

  it('wait for a cluster that has never reported', () => {
    expect(judge(adding, undefined)).toMatchObject({
      passed: false,
      reason: 'ClusterNeverReported',
      laggards: [{ cluster: 'west' }],
    });
  });

  it('do not count a report that is older than the silence allowed', () => {
    const { verdict } = judgeMesh(adding, snapshotOf(adding), policy, 2_000 + policy.silentAfterMs + 1);
    expect(verdict.reason).toBe('ClusterSilent');
    expect(verdict.laggards).toHaveLength(2);
    expect(judgeMesh(adding, snapshotOf(adding), policy, 2_000 + policy.silentAfterMs).verdict.passed).toBe(true);
    expect(isSilent(evidenceOf(adding), policy, 2_000 + policy.silentAfterMs)).toBe(false);
  });

  it.each([adding.generation - 1, adding.generation + 1])('do not count a report of generation %i', (appliedGeneration) => {
    expect(judge(adding, evidenceOf(adding, { appliedGeneration })).reason).toBe('GenerationNotApplied');
  });

  it('do not count the reports of two clusters that take turns under one name', () => {
    const verdict = judge(adding, evidenceOf(adding, { namesake: 'another uid' }));
    expect(verdict.message).toContain('another uid');
    expect(verdict.reason).toBe('ClusterNameShared');
  });

  it('pass on what the agent says is wrong', () => {
    const problems = [{ code: 'RR_SECRET_NOT_OURS', message: 'cacerts was written by somebody else', remedy: '' }];
    const verdict = judge(adding, evidenceOf(adding, { written: undefined, problems }));
    expect(verdict.reason).toBe('NotWritten');
    expect(verdict.message).toContain('RR_SECRET_NOT_OURS cacerts was written by somebody else');
  });

  it('name the one replica that has not loaded what is written', () => {
    const late = { replica: 'istiod-1', holding: holdingOf(rest), failure: undefined };
    const evidence = evidenceOf(adding);
    const verdict = judge(adding, { ...evidence, replicas: [...evidence.replicas.slice(0, 1), late] });
    expect(verdict).toMatchObject({ reason: 'ReplicaNotLoaded', laggards: [{ cluster: 'west', replica: 'istiod-1' }] });
    expect(verdict.message).toBe('waiting: west: istiod-1 has not loaded what the Secret holds');
  });

  it('tell loaded bytes from equal roots: the same roots in other bytes are not loaded', () => {
    const other = { replica: 'istiod-0', holding: { ...holdingOf(adding), bundleSha256: 'other bytes' }, failure: undefined };
    expect(judge(adding, evidenceOf(adding, { replicas: [other] })).reason).toBe('ReplicaNotLoaded');
  });

  it('refuse a replica that signs with another intermediate of the same root', () => {
    const other = { replica: 'istiod-0', holding: { ...holdingOf(adding), signer: 'another intermediate' }, failure: undefined };
    expect(judge(adding, evidenceOf(adding, { replicas: [other] })).reason).toBe('ReplicaNotLoaded');
  });

  it('wait for a replica whose probe failed, and for a cluster without replicas', () => {
    const failed = { replica: 'istiod-0', holding: undefined, failure: 'connection refused' };
    expect(judge(adding, evidenceOf(adding, { replicas: [failed] })).message).toContain(
      'could not be probed: connection refused',
    );
    expect(judge(adding, evidenceOf(adding, { replicas: [] })).reason).toBe('ReplicaNotLoaded');
  });

  it('wait for the nudge only in rows that need one', () => {
    expect(judge(adding, evidenceOf(adding, { nudges: 0 })).passed).toBe(true);
    expect(judge(propagating, evidenceOf(propagating, { nudges: 0 })).reason).toBe('NudgePending');
  });

  it('wait for a namespace whose ConfigMap is missing or holds other roots', () => {
    const trust = holdingOf(rest);
    for (const holding of [undefined, trust]) {
      const verdict = judge(adding, evidenceOf(adding, { namespaces: [{ namespace: 'payments', holding }] }));
      expect(verdict).toMatchObject({ reason: 'NamespaceNotPublished', laggards: [{ namespace: 'payments' }] });
    }
  });

  it('count nothing learnt as nothing proven', () => {
    expect(judge(adding, evidenceOf(adding, { namespaces: undefined })).reason).toBe('NamespaceNotPublished');
    const problems = [{ code: 'RR_CLUSTER_UNREACHABLE', message: 'the API server answers 503', remedy: '' }];
    const verdict = judge(adding, evidenceOf(adding, { workloads: undefined, problems }));
    expect(verdict).toMatchObject({ reason: 'WorkloadTrustDiffers', laggards: [{ cluster: 'west' }] });
    expect(verdict.message).toContain('RR_CLUSTER_UNREACHABLE the API server answers 503');
  });

  it('wait for workloads that trust one root too many or too few', () => {
    const wide = {
      namespace: 'default',
      holding: { ...holdingOf(rest), roots: [rootA.fingerprint, rootB.fingerprint] },
      count: 2,
      examples: ['web-0'],
    };
    expect(judge(rest, evidenceOf(rest, { workloads: [wide] })).reason).toBe('WorkloadTrustDiffers');
    const narrow = { ...wide, holding: { ...holdingOf(adding), roots: [rootA.fingerprint] } };
    const verdict = judge(adding, evidenceOf(adding, { workloads: [narrow] }));
    expect(verdict.laggards).toMatchObject([{ cluster: 'west', reason: 'WorkloadTrustDiffers', workload: 'web-0' }]);
  });

  it('wait for workloads whose leaf is of another root, or of none that is known', () => {
    for (const signerRoot of [rootA.fingerprint, undefined]) {
      const old = { namespace: 'default', holding: { ...holdingOf(propagating), signerRoot }, count: 1, examples: ['web-2'] };
      expect(judge(propagating, evidenceOf(propagating, { workloads: [old] })).reason).toBe('WorkloadSignedByOtherRoot');
    }
  });

  it('do not mind the order of roots, nor repeated ones', () => {
    const holding = { ...holdingOf(adding), roots: [rootB.fingerprint, rootA.fingerprint, rootB.fingerprint] };
    const workloads = [{ namespace: 'default', holding, count: 1, examples: ['web-0'] }];
    expect(judge(adding, evidenceOf(adding, { workloads })).passed).toBe(true);
  });

  it('give the earliest failing gate as the reason and every cluster its own laggards', () => {
    const snapshot = snapshotOf(adding, {
      east: evidenceOf(adding, { namespaces: [{ namespace: 'n', holding: undefined }] }),
      west: undefined,
    });
    const { verdict } = judgeMesh(adding, snapshot, policy, nowMs);
    expect(verdict.reason).toBe('ClusterNeverReported');
    expect(verdict.laggards.map(({ cluster, reason }) => `${cluster} ${reason}`)).toEqual([
      'west ClusterNeverReported',
      'east NamespaceNotPublished',
    ]);
    expect(verdict.message).toBe('waiting: west has never reported (and 1 more)');
  });

  it('judge one cluster by itself', () => {
    const snapshot = snapshotOf(adding, { west: undefined });
    expect(judgeCluster(adding, 'west', snapshot, policy, nowMs).reason).toBe('ClusterNeverReported');
    expect(judgeCluster(adding, 'east', snapshot, policy, nowMs)).toMatchObject({
      passed: true,
      message: 'the cluster holds ADDING_NEW_ROOT',
    });
  });

  it('count what has reached the row', () => {
    const late = { replica: 'istiod-1', holding: holdingOf(rest), failure: undefined };
    const old = { namespace: 'payments', holding: holdingOf(rest), count: 4, examples: [] };
    const evidence = evidenceOf(adding);
    const tallies = tallyCluster(rowOf(adding), {
      ...evidence,
      replicas: [...evidence.replicas.slice(0, 1), late],
      workloads: [...(evidence.workloads ?? []), old],
    });
    expect(tallies).toEqual({
      replicas: { reached: 1, total: 2 },
      namespaces: { reached: 2, total: 2 },
      workloads: { reached: 3, total: 7 },
    });
    expect(tallyCluster(rowOf(adding), undefined).replicas).toEqual({ reached: 0, total: 0 });
  });
});

describe('the evidence that a policy requires', () => {
  const nothing: Partial<ClusterEvidence> = { written: undefined, replicas: [], namespaces: undefined, workloads: undefined };
  const order: readonly (keyof ClusterEvidence)[] = ['written', 'replicas', 'namespaces', 'workloads'];

  it.each<[RequiredEvidence, string[]]>([
    ['written', ['NotWritten', 'Passed', 'Passed', 'Passed']],
    ['loaded', ['NotWritten', 'ReplicaNotLoaded', 'Passed', 'Passed']],
    ['published', ['NotWritten', 'ReplicaNotLoaded', 'NamespaceNotPublished', 'Passed']],
    ['held', ['NotWritten', 'ReplicaNotLoaded', 'NamespaceNotPublished', 'WorkloadTrustDiffers']],
  ])('%s is that level and those before it', (requiredEvidence, reasons) => {
    const seen = order.map((_, index) => {
      const missing = Object.fromEntries(order.slice(index).map((level) => [level, nothing[level]]));
      const snapshot = snapshotOf(adding, { west: evidenceOf(adding, missing) });
      return judgeMesh(adding, snapshot, { ...policy, requiredEvidence }, nowMs).verdict.reason;
    });
    expect(seen).toEqual(reasons);
  });

  it('is never less than that the agent, alone under its name, has accepted the row in force', () => {
    for (const [change, reason] of [
      [{ appliedGeneration: 1 }, 'GenerationNotApplied'],
      [{ namesake: 'another uid' }, 'ClusterNameShared'],
    ] as const) {
      const snapshot = snapshotOf(adding, { west: evidenceOf(adding, change) });
      expect(judgeMesh(adding, snapshot, { ...policy, requiredEvidence: 'written' }, nowMs).verdict.reason).toBe(reason);
    }
  });
});

describe('the list of gates', () => {
  it('has each reason once, with what it waits for', () => {
    const reasons = gates.map(({ reason }) => reason);
    expect(new Set(reasons).size).toBe(reasons.length);
    for (const { waitsFor } of gates) expect(waitsFor).toMatch(/^[a-z`].*[^.]$/);
  });

  it('is passed by a cluster that holds what it was told, and by nothing less', () => {
    const goal = memberAssignmentOf(propagating, 'east');
    const whole = evidenceOf(propagating);
    const broken: Record<string, Partial<ClusterEvidence>> = {
      ClusterNameShared: { namesake: 'another uid' },
      GenerationNotApplied: { appliedGeneration: goal.generation - 1 },
      NotWritten: { written: undefined },
      ReplicaNotLoaded: { replicas: [] },
      NudgePending: { nudges: 0 },
      NamespaceNotPublished: { namespaces: undefined },
      WorkloadTrustDiffers: { workloads: undefined },
      WorkloadSignedByOtherRoot: {
        workloads: [{ namespace: 'n', holding: holdingOf(adding), count: 1, examples: [] }],
      },
    };
    for (const { reason, check } of gates) {
      expect(check(whole, goal)).toEqual([]);
      expect(check({ ...whole, ...broken[reason] }, goal)).not.toEqual([]);
    }
  });
});
