import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMember } from './assignment.ts';
import { excludeCluster } from './cluster-act.ts';
import type { ClusterEvidence, Snapshot } from './evidence.ts';
import { evidenceOf, holdingOf, rootA, rootB, samplePolicy, workloadsHolding } from './evidence-sample.ts';
import { judgeMesh } from './judge.ts';
import { createJudgeIndex, type JudgeIndex } from './judge-index.ts';
import { type LinkFacts, noLinks } from './link.ts';
import { lookAt } from './matrix/look-at.ts';
import { type CellCounts, classify } from './matrix/trust-classes.ts';
import { newRecord } from './new-record.ts';
import { requestStart } from './operator.ts';
import type { Policy } from './policy.ts';
import type { RotationRecord } from './record.ts';
import { answeredAt } from './testing/sample-link.ts';
import { holding } from './testing/sample-trust.ts';
import { perform } from './transition.ts';
import { waveAfter } from './wave.ts';

const clusters = ['c1', 'c2', 'c3', 'c4', 'c5'];
const rest = newRecord('demo', rootA, 0);
const started = requestStart(rest, { rotationId: 'r', target: rootB, by: 'ann' }, samplePolicy, 1).record;

/** Records that a mesh can be in: at rest, with nobody told, with some told, with one cluster excluded. */
const records: readonly RotationRecord[] = [
  rest,
  started,
  release(started),
  release(release(started)),
  excludeCluster(release(started), 'c3', { by: 'ann', why: 'w', cause: 'operator', members: clusters }, 2).record,
];

const policies: readonly Policy[] = [
  samplePolicy,
  { ...samplePolicy, requiredEvidence: 'written' },
  { ...samplePolicy, workloadRestarts: 'when-needed' },
  { ...samplePolicy, silentClusters: { kind: 'exclude', afterMs: 8_000 } },
];

function release(record: RotationRecord): RotationRecord {
  const wave = waveAfter(record, clusters, { kind: 'count', clusters: 2 }, 1);
  return perform(record, { move: 'release', wave }, 1, { message: 'm' }).record;
}

/** More than a cluster lists; what would hasten them depends on the policy. */
const manyLagging = Array.from({ length: 30 }, () => workloadsHolding({ ...holdingOf(rest), roots: [] }, { learns: 'renewed' }));

/** What a report may say: everything, or something that one of the gates finds. */
const flaws: readonly Partial<ClusterEvidence>[] = [
  {},
  { appliedGeneration: 0 },
  { written: undefined },
  { replicas: [] },
  { namespaces: undefined },
  { workloads: undefined },
  { workloads: manyLagging },
  { namesake: 'other' },
  // What the matrix finds where the policy asks for no more than the Secret.
  { replicas: holding('C|C').replicas },
  { workloads: holding('A|A', 'ABC|B', 'A|').workloads },
  { workloads: holding('A|A', 'AB|B', 'ABC|A', 'A|?').workloads },
];

/** Those that no gate of a single cluster finds where the Secret alone is asked for. */
const matrixFlaws = [8, 9, 10];

type Step =
  | { readonly kind: 'report'; readonly cluster: string; readonly flaw: number }
  | { readonly kind: 'all report'; readonly flaws: readonly number[] }
  | { readonly kind: 'again' | 'answer' | 'revoke'; readonly cluster: string }
  | { readonly kind: 'time' | 'set back'; readonly ms: number }
  | { readonly kind: 'record'; readonly index: number }
  | { readonly kind: 'policy'; readonly index: number }
  | { readonly kind: 'clusters'; readonly count: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      cluster: fc.constantFrom(...clusters),
      flaw: fc.nat(flaws.length - 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('all report' as const),
      flaws: fc.array(fc.constantFrom(0, ...matrixFlaws), { minLength: clusters.length, maxLength: clusters.length }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), cluster: fc.constantFrom(...clusters) }) },
  fc.record({ kind: fc.constantFrom('answer' as const, 'revoke' as const), cluster: fc.constantFrom(...clusters) }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.integer({ min: -3_000, max: 6_000 }) }) },
  fc.record({ kind: fc.constant('set back' as const), ms: fc.integer({ min: 0, max: 30_000 }) }),
  fc.record({ kind: fc.constant('record' as const), index: fc.nat(records.length - 1) }),
  fc.record({ kind: fc.constant('policy' as const), index: fc.nat(policies.length - 1) }),
  fc.record({ kind: fc.constant('clusters' as const), count: fc.integer({ min: 0, max: clusters.length }) }),
);

/** A mesh as its loop sees it, with an index beside it that is told of each report. */
function createScene(index: JudgeIndex) {
  const evidence = new Map<string, ClusterEvidence>();
  let record = rest;
  let policy = samplePolicy;
  const links = new Map<string, LinkFacts>();
  let snapshot: Snapshot = { clusters, evidence, knownRoots: new Set(), heardSinceMs: 0, links };
  let nowMs = 10_000;
  const report = (cluster: string, flaw: number): void => {
    evidence.set(cluster, evidenceOf(record, { receivedAtMs: nowMs, ...flaws[flaw] }, cluster));
    index.heard(cluster);
  };
  /** The last report once more, which is not read anew. */
  const again = (cluster: string): void => {
    const last = evidence.get(cluster);
    if (last !== undefined) evidence.set(cluster, { ...last, receivedAtMs: nowMs });
    index.heard(cluster);
  };
  /** As the fleet view has it: what was heard keeps its age. */
  const moveBack = (byMs: number): void => {
    for (const [cluster, known] of evidence) {
      evidence.set(cluster, { ...known, receivedAtMs: known.receivedAtMs - byMs });
      index.heard(cluster);
    }
  };
  return {
    take: (taken: Step): void => {
      switch (taken.kind) {
        case 'report':
          report(taken.cluster, taken.flaw);
          return;
        case 'all report':
          for (const [place, cluster] of clusters.entries()) report(cluster, taken.flaws[place] ?? 0);
          return;
        case 'again':
          again(taken.cluster);
          return;
        case 'answer':
          links.set(taken.cluster, answeredAt(nowMs));
          return;
        case 'revoke':
          links.set(taken.cluster, { access: { kind: 'revoked', by: 'ann', why: 'w' }, answer: undefined });
          return;
        case 'time':
          nowMs += taken.ms;
          return;
        case 'set back':
          nowMs -= taken.ms;
          // Somebody may look before it is noticed.
          index.judge(record, snapshot, policy, nowMs);
          moveBack(taken.ms);
          return;
        case 'record':
          record = records[taken.index] ?? rest;
          return;
        case 'policy':
          policy = policies[taken.index] ?? samplePolicy;
          return;
        case 'clusters':
          snapshot = { ...snapshot, clusters: clusters.slice(0, taken.count) };
      }
    },
    judged: () => ({
      fromTheIndex: index.judge(record, snapshot, policy, nowMs),
      fromEverything: judgeMesh(record, snapshot, policy, nowMs),
      cellsOfTheIndex: index.countCells(record, snapshot, policy, nowMs),
      cellsOfEverything: countCells(record, snapshot, policy, nowMs),
    }),
  };
}

function countCells(record: RotationRecord, snapshot: Snapshot, policy: Policy, nowMs: number): CellCounts {
  const members = snapshot.clusters.filter((cluster) => isMember(record, cluster));
  return classify(members, (cluster) => lookAt(cluster, snapshot, policy, nowMs)).counts();
}

describe('the index of judgements', () => {
  it('says at every moment what judging everything says', () => {
    const reasons = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const scene = createScene(createJudgeIndex());
        for (const taken of steps) {
          scene.take(taken);
          const { fromTheIndex, fromEverything, cellsOfTheIndex, cellsOfEverything } = scene.judged();
          expect(fromTheIndex).toEqual(fromEverything);
          expect(cellsOfTheIndex).toEqual(cellsOfEverything);
          reasons.add(fromTheIndex.verdict.reason);
        }
      }),
      { numRuns: 800 },
    );
    expect([...reasons]).toEqual(expect.arrayContaining(['Passed', 'TrustMatrixRed']));
  });

  it('does not measure anew what came again, but hears it', () => {
    const index = createJudgeIndex();
    const evidence = new Map(clusters.map((cluster) => [cluster, evidenceOf(rest, { written: undefined }, cluster)]));
    const snapshot: Snapshot = { clusters, evidence, knownRoots: new Set(), heardSinceMs: 0, links: noLinks };
    const policy = { ...samplePolicy, silentAfterMs: 1_000 };
    const before = index.judge(rest, snapshot, policy, 2_000);
    for (const cluster of clusters) {
      evidence.set(cluster, { ...evidence.get(cluster)!, receivedAtMs: 3_500 });
      index.heard(cluster);
    }
    const after = index.judge(rest, snapshot, policy, 4_000);
    expect(after.verdict).toMatchObject({ reason: 'NotWritten' });
    expect(after.verdict.laggards[0]).toBe(before.verdict.laggards[0]);
  });

  it('measures only what it was told of: a report that nobody mentions changes nothing', () => {
    const index = createJudgeIndex();
    const evidence = new Map(clusters.map((cluster) => [cluster, evidenceOf(rest, {}, cluster)]));
    const snapshot: Snapshot = { clusters, evidence, knownRoots: new Set(), heardSinceMs: 0, links: noLinks };
    expect(index.judge(rest, snapshot, samplePolicy, 2_000).verdict.passed).toBe(true);
    evidence.set('c2', evidenceOf(rest, { written: undefined }, 'c2'));
    expect(index.judge(rest, snapshot, samplePolicy, 2_000).verdict.passed).toBe(true);
    index.heard('c2');
    expect(index.judge(rest, snapshot, samplePolicy, 2_000).verdict).toMatchObject({ reason: 'NotWritten', laggardCount: 1 });
  });
});
