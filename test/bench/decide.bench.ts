import {
  assignmentOf,
  type ClusterEvidence,
  createJudgeIndex,
  decide,
  decideOn,
  defaultRotationPolicy,
  newRecord,
  noLinks,
  type Policy,
  perform,
  type RotationRecord,
  requestStart,
  type Snapshot,
} from '@reroot/mgmt/rotation';
import { atMost, defineBench, measured } from './frame/bench.ts';
import { compare, type Repeats, scaled } from './frame/sample.ts';

const [decideLimitMs, reportLimitUs] = [20, 50];

const policy: Policy = {
  ...defaultRotationPolicy,
  verification: 'none',
  silentAfterMs: 60_000,
  finishedHoldMs: 60_000,
  window: { kind: 'open' },
};
const root = (letter: string) => ({ fingerprint: letter.repeat(64), notBeforeMs: 0, notAfterMs: 1e15 });

/** A step that every cluster was told. */
function makeRecord(): RotationRecord {
  const rest = newRecord('bench', root('a'), 0);
  const { record } = requestStart(rest, { rotationId: 'r', target: root('b'), by: 'bench' }, policy, 1);
  const wave = { index: 1, through: '2', releasedAtMs: 1, provenAtMs: undefined };
  return perform(record, { move: 'release', wave }, 1, { message: 'all' }).record;
}

/** How the agent knows of the workloads. */
const known = { method: 'proxy-config', learns: 'pushed', unread: undefined } as const;

/** A cluster of three replicas, twenty namespaces and a group of workloads in each, all of which hold what was told. */
function makeEvidence(record: RotationRecord, cluster: string, receivedAtMs: number): ClusterEvidence {
  const assignment = assignmentOf(record, cluster);
  if (assignment === undefined) throw new Error('the cluster is told nothing');
  const { roots, signer } = assignment.row;
  const holding = { bundleSha256: 'b', roots: [...roots], signer: 'i', signerRoot: signer, signerNotAfterMs: 1e15 };
  const namespaces = Array.from({ length: 20 }, (_, index) => `namespace-${index}`);
  return {
    receivedAtMs,
    clusterUid: cluster,
    namesake: undefined,
    appliedTerm: 1,
    appliedGeneration: assignment.generation,
    nudges: 1,
    written: holding,
    replicas: ['r0', 'r1', 'r2'].map((replica) => ({ replica, holding, failure: undefined, multiRoot: 'on' })),
    namespaces: namespaces.map((namespace) => ({ namespace, holding })),
    workloads: namespaces.map((namespace) => ({ namespace, holding, count: 10, examples: [], ...known })),
    problems: [],
  };
}

/** All but one cluster have reached the step, so that every decision is to wait for it. */
function makeFleet(
  record: RotationRecord,
  names: readonly string[],
): { snapshot: Snapshot; evidence: Map<string, ClusterEvidence> } {
  const evidence = new Map(names.map((name) => [name, makeEvidence(record, name, 1)]));
  const [late = ''] = names;
  const held = evidence.get(late);
  if (held !== undefined) evidence.set(late, { ...held, appliedGeneration: 1 });
  return { evidence, snapshot: { clusters: names, evidence, knownRoots: new Set(), heardSinceMs: 0, links: noLinks } };
}

function requireWaiting({ kind, verdict }: ReturnType<typeof decide>): void {
  if (kind !== 'wait' || verdict.laggardCount !== 1) throw new Error(`the decision is ${kind}: ${verdict.message}`);
}

/** One cluster is behind. Compares so many decisions, one after each report. */
async function measureAllButOne(record: RotationRecord, names: readonly string[], reports: number, ask: Repeats) {
  const { snapshot, evidence } = makeFleet(record, names);
  const index = createJudgeIndex();
  const again = (): void => {
    requireWaiting(decideOn(index.judge(record, snapshot, policy, 2), record, snapshot, policy, 2));
  };
  again();
  const fresh = names.slice(1, reports + 1).map((name) => [name, makeEvidence(record, name, 2)] as const);
  const contest = {
    peer: () => {
      for (let n = 0; n < reports; n += 1) requireWaiting(decide(record, snapshot, policy, 2));
    },
    ours: () => {
      for (const [name, report] of fresh) {
        evidence.set(name, report);
        index.heard(name);
        again();
      }
    },
  };
  return compare(contest, ask);
}

/** The step has just begun: no workload of any cluster has reached it, and one agent has not even accepted it. */
async function measureLagging(record: RotationRecord, names: readonly string[], reports: number, ask: Repeats) {
  const { snapshot, evidence } = makeFleet(record, names);
  for (const [name, report] of evidence) {
    const [first] = report.workloads ?? [];
    // What is the same is one object, as a report is read.
    const holding = first === undefined ? undefined : { ...first.holding, roots: ['other'] };
    const workloads = report.workloads?.map((group) => ({ ...group, holding: holding ?? group.holding }));
    evidence.set(name, { ...report, workloads });
  }
  const index = createJudgeIndex();
  const judge = (): number =>
    decideOn(index.judge(record, snapshot, policy, 2), record, snapshot, policy, 2).verdict.laggardCount;
  judge();
  const contest = {
    peer: () => decide(record, snapshot, policy, 2),
    ours: () => {
      for (const name of names.slice(1, reports + 1)) {
        index.heard(name);
        judge();
      }
    },
  };
  return compare(contest, ask);
}

export default defineBench({
  about: 'decides for a mesh from all of its evidence, and again after each single report',
  params: { clusters: 5_000, reports: 10, repeats: 15 },
  measure: async ({ clusters, reports, repeats }, { signal }) => {
    const record = makeRecord();
    const names = Array.from({ length: clusters }, (_, index) => `cluster-${index}`);
    const oneBehind = await measureAllButOne(record, names, reports, { repeats, signal });
    const lagging = await measureLagging(record, names, reports, { repeats, signal });
    const [whole, after] = [scaled(oneBehind.peer, 1 / reports), scaled(oneBehind.ours, 1 / reports)];
    const behind = 'while all clusters lag behind';
    return [
      { metric: 'a decision from all of the evidence', unit: 'ms', value: whole, limit: atMost(decideLimitMs) },
      { metric: 'a decision after a report', unit: 'µs', value: scaled(after, 1_000), limit: atMost(reportLimitUs) },
      { metric: 'the same beside one from all of the evidence', unit: 'ms', value: after, limit: measured('from all', whole) },
      { metric: `the first ${behind}`, unit: 'ms', value: lagging.peer, limit: atMost(decideLimitMs) },
      {
        metric: `the second ${behind}`,
        unit: 'µs',
        value: scaled(lagging.ours, 1_000 / reports),
        limit: atMost(reportLimitUs),
      },
    ];
  },
});
