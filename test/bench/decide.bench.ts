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
import { type Bench, compare } from './bench.ts';

const clusterCount = 5_000;
const reports = 1_000;
const laggingReports = 10;
const [decideLimitMs, reportLimitUs] = [20, 50];

const policy: Policy = {
  ...defaultRotationPolicy,
  verification: 'none',
  silentAfterMs: 60_000,
  finishedHoldMs: 60_000,
  window: { kind: 'open' },
};
const root = (letter: string) => ({ fingerprint: letter.repeat(64), notBeforeMs: 0, notAfterMs: 1e15 });
const names = Array.from({ length: clusterCount }, (_, index) => `cluster-${index}`);

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
function makeFleet(record: RotationRecord): { snapshot: Snapshot; evidence: Map<string, ClusterEvidence> } {
  const evidence = new Map(names.map((name) => [name, makeEvidence(record, name, 1)]));
  const [late = ''] = names;
  const held = evidence.get(late);
  if (held !== undefined) evidence.set(late, { ...held, appliedGeneration: 1 });
  return { evidence, snapshot: { clusters: names, evidence, knownRoots: new Set(), heardSinceMs: 0, links: noLinks } };
}

function requireWaiting({ kind, verdict }: ReturnType<typeof decide>): void {
  if (kind !== 'wait' || verdict.laggardCount !== 1) throw new Error(`the decision is ${kind}: ${verdict.message}`);
}

const bench: Bench = {
  about: `decides for ${clusterCount} clusters from all of their evidence, and again after each single report`,
  measure: async () => {
    const record = makeRecord();
    const { snapshot, evidence } = makeFleet(record);
    const index = createJudgeIndex();
    const again = (): void => {
      requireWaiting(decideOn(index.judge(record, snapshot, policy, 2), record, snapshot, policy, 2));
    };
    again();
    const fresh = names.slice(1, reports + 1).map((name) => [name, makeEvidence(record, name, 2)] as const);
    const whole = await compare({
      what: `${reports / 100} decisions after a report: from all of the evidence / from the report alone`,
      plain: () => {
        for (let n = 0; n < reports / 100; n += 1) requireWaiting(decide(record, snapshot, policy, 2));
      },
      ours: () => {
        for (const [name, report] of fresh.slice(0, reports / 100)) {
          evidence.set(name, report);
          index.heard(name);
          again();
        }
      },
    });
    const perDecisionMs = whole.plainMs / (reports / 100);
    const perReportUs = (whole.oursMs / (reports / 100)) * 1_000;
    const lagging = await measureLagging(record);
    return [
      whole,
      { what: 'a decision from all of the evidence', value: perDecisionMs, unit: 'ms', limit: decideLimitMs },
      { what: 'a decision after a report', value: perReportUs, unit: 'µs', limit: reportLimitUs },
      { what: 'the first while all clusters lag behind', value: lagging.decisionMs, unit: 'ms', limit: decideLimitMs },
      { what: 'the second while all clusters lag behind', value: lagging.reportMs * 1_000, unit: 'µs', limit: reportLimitUs },
    ];
  },
};

/** The step has just begun: no workload of any cluster has reached it, and one agent has not even accepted it. */
async function measureLagging(record: RotationRecord): Promise<{ decisionMs: number; reportMs: number }> {
  const { snapshot, evidence } = makeFleet(record);
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
  const { plainMs, oursMs } = await compare({
    what: 'lagging',
    plain: () => decide(record, snapshot, policy, 2),
    ours: () => {
      for (const name of names.slice(1, laggingReports + 1)) {
        index.heard(name);
        judge();
      }
    },
  });
  return { decisionMs: plainMs, reportMs: oursMs / laggingReports };
}

export default bench;
