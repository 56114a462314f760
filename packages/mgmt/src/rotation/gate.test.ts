import type { Verdict } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { memberAssignmentOf } from './assignment.ts';
import type { ClusterEvidence, Holding } from './evidence.ts';
import { evidenceOf, holdingOf, rootA, rootB, samplePolicy, snapshotOf, workloadsHolding } from './evidence-sample.ts';
import { maxListedOfCluster } from './findings.ts';
import { gates } from './gate.ts';
import { judgeCluster, judgeMesh } from './judge.ts';
import type { Policy, RequiredEvidence } from './policy.ts';
import type { RotationRecord } from './record.ts';
import { isSilent } from './silence.ts';
import { look, nowMs, rest, run, start, taken } from './testing/sample-run.ts';

const policy = samplePolicy;
const restartingPolicy: Policy = { ...policy, workloadRestarts: 'when-needed' };
const adding = taken(look(start()));
const propagating = taken(look(run(start(), { policy: { minimumOverlapMs: 1 } }).record, { atMs: nowMs + 1 }));

/** The verdict on a mesh in which one of two clusters differs. */
function judge(record: RotationRecord, west: ClusterEvidence | undefined, by = policy): Verdict {
  return judgeMesh(record, snapshotOf(record, { west }), by, nowMs).verdict;
}

/** A cluster with one replica, which holds the row but for a difference. */
function holdingElse(differing: Partial<Holding>): ClusterEvidence {
  const holding = { ...holdingOf(adding), ...differing };
  return evidenceOf(adding, { replicas: [{ replica: 'istiod-0', holding, failure: undefined, multiRoot: 'on' }] });
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
    const late = { replica: 'istiod-1', holding: holdingOf(rest), failure: undefined, multiRoot: 'on' } as const;
    const evidence = evidenceOf(adding);
    const verdict = judge(adding, { ...evidence, replicas: [...evidence.replicas.slice(0, 1), late] });
    expect(verdict).toMatchObject({ reason: 'ReplicaNotLoaded', laggards: [{ cluster: 'west', replica: 'istiod-1' }] });
    expect(verdict.message).toBe('waiting: west: istiod-1 has not loaded what the Secret holds');
  });

  it('say of a replica without the flag that it refuses every change of roots', () => {
    const late = { replica: 'istiod-1', holding: holdingOf(rest), failure: undefined, multiRoot: 'off' } as const;
    expect(judge(adding, evidenceOf(adding, { replicas: [late] })).message).toBe(
      'waiting: west: istiod-1 has not loaded what the Secret holds: it runs without ISTIO_MULTIROOT_MESH=true, and so refuses every change of roots until it is restarted',
    );
    expect(judge(adding, evidenceOf(adding, { replicas: [{ ...late, multiRoot: 'unknown' }] })).message).not.toContain(
      'MULTIROOT',
    );
  });

  it('tell loaded bytes from equal roots: the same roots in other bytes are not loaded', () => {
    expect(judge(adding, holdingElse({ bundleSha256: 'other bytes' })).reason).toBe('ReplicaNotLoaded');
  });

  it('refuse a replica that signs with another intermediate of the same root', () => {
    expect(judge(adding, holdingElse({ signer: 'another intermediate' })).reason).toBe('ReplicaNotLoaded');
  });

  it('wait for a replica whose probe failed, and for a cluster without replicas', () => {
    const failed = { replica: 'istiod-0', holding: undefined, failure: 'connection refused', multiRoot: 'on' } as const;
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
    expect(verdict).toMatchObject({ reason: 'WorkloadNotProven', laggards: [{ cluster: 'west' }] });
    expect(verdict.message).toContain('RR_CLUSTER_UNREACHABLE the API server answers 503');
  });

  it('wait for workloads that trust one root too many or too few', () => {
    const wide = workloadsHolding({ ...holdingOf(rest), roots: [rootA.fingerprint, rootB.fingerprint] });
    expect(judge(rest, evidenceOf(rest, { workloads: [wide] })).reason).toBe('WorkloadTrustDiffers');
    const narrow = { ...wide, holding: { ...holdingOf(adding), roots: [rootA.fingerprint] } };
    const verdict = judge(adding, evidenceOf(adding, { workloads: [narrow] }));
    expect(verdict.laggards).toMatchObject([{ cluster: 'west', reason: 'WorkloadTrustDiffers', workload: 'web-0' }]);
  });

  it('wait for workloads whose leaf is of another root, or of none that is known', () => {
    for (const signerRoot of [rootA.fingerprint, undefined]) {
      const old = workloadsHolding({ ...holdingOf(propagating), signerRoot });
      expect(judge(propagating, evidenceOf(propagating, { workloads: [old] })).reason).toBe('WorkloadSignedByOtherRoot');
    }
  });

  it('say of workloads that no push reaches what they wait for, and what would hasten it', () => {
    const one = { count: 1, examples: ['web-2'], learns: 'renewed' } as const;
    const narrow = workloadsHolding(holdingOf(rest), one);
    const old = workloadsHolding({ ...holdingOf(propagating), signerRoot: rootA.fingerprint }, one);
    const said = '; they change only with their next certificate or a restart';
    const offer = `${said}, and workloadRestarts: RESTART_NEEDED would restart them`;
    const trusts = 'waiting: west: 1 workload of namespace default (web-2) trusts other roots than the row';
    const holds = 'waiting: west: 1 workload of namespace default (web-2) holds a leaf of another root';
    for (const [by, text] of [
      [policy, offer],
      [restartingPolicy, said],
    ] as const) {
      expect(judge(adding, evidenceOf(adding, { workloads: [narrow] }), by).message).toBe(`${trusts}${text}`);
      expect(judge(propagating, evidenceOf(propagating, { workloads: [old] }), by).message).toBe(`${holds}${text}`);
    }
  });

  it.each([
    ['not-asked', 'the agent is configured not to read their proxies'],
    ['forbidden', "the agent's role lacks pods/portforward, so it cannot read their proxies"],
    ['unreachable', 'their proxies do not answer the agent'],
    ['unsupported', 'their proxies have certificates from elsewhere than istiod, or answer with nothing that the agent can read'],
    ['unknown', 'the agent cannot read their proxies, for a reason that this version does not know'],
    [undefined, 'the agent does not say why'],
  ] as const)('do not pass workloads of which nothing is proven, whatever stands beside them: %s', (unread, why) => {
    const unproven = workloadsHolding(holdingOf(adding), { namespace: 'shop', count: 12, method: 'none', unread });
    const verdict = judge(adding, evidenceOf(adding, { workloads: [workloadsHolding(holdingOf(rest)), unproven] }));
    expect(verdict).toMatchObject({
      reason: 'WorkloadNotProven',
      laggards: [{ cluster: 'west', namespace: 'shop', workload: 'web-0' }],
      laggardCount: 1,
    });
    const way = unread === 'unsupported' ? '' : "; a restart is one, or the end of their leaf's life";
    expect(verdict.message).toBe(
      `waiting: west: 12 workloads of namespace shop (web-0, web-1, web-2, …) give no proof of what they hold: ${why}${way}`,
    );
  });

  it.each(['start-time', 'leaf-lifetime'] as const)('take what follows from %s for proof', (method) => {
    const concluded = workloadsHolding(holdingOf(adding), { method, learns: 'renewed', unread: 'forbidden' });
    expect(judge(adding, evidenceOf(adding, { workloads: [concluded] })).passed).toBe(true);
    const other = { ...concluded, holding: holdingOf(rest) };
    expect(judge(adding, evidenceOf(adding, { workloads: [other] })).reason).toBe('WorkloadTrustDiffers');
  });

  it('list the first laggards of each cluster and count them all', () => {
    const groups = Array.from({ length: 37 }, (_, index) =>
      workloadsHolding(holdingOf(rest), { namespace: `n${index}`, count: 1, examples: [] }),
    );
    const { laggards, laggardCount, message } = judge(adding, evidenceOf(adding, { workloads: groups }));
    expect([laggards.length, laggardCount]).toEqual([maxListedOfCluster, 37]);
    expect(message).toBe('waiting: west: 1 workload of namespace n0 trusts other roots than the row (and 36 more)');
  });

  it('do not mind the order of roots, nor repeated ones', () => {
    const holding = { ...holdingOf(adding), roots: [rootB.fingerprint, rootA.fingerprint, rootB.fingerprint] };
    const workloads = [workloadsHolding(holding)];
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
});

describe('the evidence that a policy requires', () => {
  const nothing: Partial<ClusterEvidence> = { written: undefined, replicas: [], namespaces: undefined, workloads: undefined };
  const order: readonly (keyof ClusterEvidence)[] = ['written', 'replicas', 'namespaces', 'workloads'];

  it.each<[RequiredEvidence, string[]]>([
    ['written', ['NotWritten', 'Passed', 'Passed', 'Passed']],
    ['loaded', ['NotWritten', 'ReplicaNotLoaded', 'Passed', 'Passed']],
    ['published', ['NotWritten', 'ReplicaNotLoaded', 'NamespaceNotPublished', 'Passed']],
    ['held', ['NotWritten', 'ReplicaNotLoaded', 'NamespaceNotPublished', 'WorkloadNotProven']],
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
      WorkloadNotProven: { workloads: undefined },
      WorkloadTrustDiffers: { workloads: [workloadsHolding(holdingOf(rest))] },
      WorkloadSignedByOtherRoot: { workloads: [workloadsHolding(holdingOf(adding))] },
    };
    for (const { reason, check } of gates) {
      expect(check(whole, goal, 'never')).toBeUndefined();
      expect(check({ ...whole, ...broken[reason] }, goal, 'never')?.list(10)).toHaveLength(1);
    }
  });
});
