import type { Laggard, Tally } from '@reroot/shared/api';
import type { Assignment } from './assignment.ts';
import type { ClusterEvidence, Holding, NamespaceHolding, ReplicaHolding, WorkloadHolding } from './evidence.ts';
import type { RequiredEvidence } from './policy.ts';
import type { TrustRow } from './row.ts';

/** One check of one cluster's evidence: gives the laggards that keep it from passing, none when it passes. */
export interface Gate {
  /** Stable reason, the same in CLI, API, metrics, log and page. */
  readonly reason: string;
  /** What it waits for, as a part of a sentence. */
  readonly waitsFor: string;
  /** The level of evidence that it looks at; `always` whatever level the policy asks for. */
  readonly level: RequiredEvidence | 'always';
  readonly check: (evidence: ClusterEvidence, goal: Assignment) => readonly Finding[];
}

/** A laggard before its cluster and reason are put on. */
type Finding = Omit<Laggard, 'cluster' | 'reason'>;

/**
 * The gates of a row, in the order in which a cluster passes them. Each needs the ones before it: a replica can only
 * be measured against what was written, and a workload only against what the replicas hand out.
 */
export const gates: readonly Gate[] = [
  {
    reason: 'ClusterNameShared',
    waitsFor: 'one cluster alone to report under the name',
    level: 'always',
    check: nameShared,
  },
  {
    reason: 'GenerationNotApplied',
    waitsFor: 'the agent to accept the row in force',
    level: 'always',
    check: generationNotApplied,
  },
  { reason: 'NotWritten', waitsFor: 'the `cacerts` Secret to hold the row', level: 'written', check: notWritten },
  {
    reason: 'ReplicaNotLoaded',
    waitsFor: 'an istiod replica, asked at its own address, to sign with and hand out what the Secret holds',
    level: 'loaded',
    check: replicaNotLoaded,
  },
  {
    reason: 'NudgePending',
    waitsFor: 'the proxies to be made to ask for new certificates',
    level: 'loaded',
    check: nudgePending,
  },
  {
    reason: 'NamespaceNotPublished',
    waitsFor: "a namespace's `istio-ca-root-cert` to hold the roots of the row",
    level: 'published',
    check: namespaceNotPublished,
  },
  {
    reason: 'WorkloadTrustDiffers',
    waitsFor: 'workloads to trust the roots of the row, and no others',
    level: 'held',
    check: workloadTrustDiffers,
  },
  {
    reason: 'WorkloadSignedByOtherRoot',
    waitsFor: "workloads to hold a leaf of the row's signing root",
    level: 'held',
    check: workloadSignedByOtherRoot,
  },
];

const levels: readonly RequiredEvidence[] = ['written', 'loaded', 'published', 'held'];

const gatesByLevel: Readonly<Record<RequiredEvidence, readonly Gate[]>> = {
  written: gatesUpTo('written'),
  loaded: gatesUpTo('loaded'),
  published: gatesUpTo('published'),
  held: gatesUpTo('held'),
};

function gatesUpTo(required: RequiredEvidence): readonly Gate[] {
  return gates.filter(({ level }) => level === 'always' || levels.indexOf(level) <= levels.indexOf(required));
}

/** Measures one cluster's evidence against what it was told. Gives the laggards of the first gate that does not pass. */
export function measure(
  cluster: string,
  evidence: ClusterEvidence,
  goal: Assignment,
  required: RequiredEvidence,
): readonly Laggard[] {
  for (const { reason, check } of gatesByLevel[required]) {
    const findings = check(evidence, goal);
    if (findings.length > 0)
      return findings.map((finding) => ({ cluster, reason, ...finding, message: `${cluster}: ${finding.message}` }));
  }
  return [];
}

/** Counts how much of a cluster has reached a row, level by level. */
export function tallyCluster(
  row: TrustRow,
  evidence: ClusterEvidence | undefined,
): { replicas: Tally; namespaces: Tally; workloads: Tally } {
  const workloads = evidence?.workloads ?? [];
  return {
    replicas: tally(
      evidence?.replicas ?? [],
      (replica) => hasLoaded(replica, evidence?.written) && holdsRow(replica.holding, row),
    ),
    namespaces: tally(evidence?.namespaces ?? [], ({ holding }) => trustsRow(holding, row)),
    workloads: {
      reached: sum(workloads.filter(({ holding }) => holdsRow(holding, row))),
      total: sum(workloads),
    },
  };
}

function nameShared({ namesake, clusterUid }: ClusterEvidence): readonly Finding[] {
  if (namesake === undefined) return [];
  const known = clusterUid === '' ? 'another cluster' : `cluster ${clusterUid}`;
  return [{ message: `${known} and cluster ${namesake} both report under this name` }];
}

function generationNotApplied(evidence: ClusterEvidence, { generation }: Assignment): readonly Finding[] {
  if (evidence.appliedGeneration === generation) return [];
  return [
    { message: `the agent has applied generation ${evidence.appliedGeneration}, not ${generation}${problemsOf(evidence)}` },
  ];
}

function notWritten(evidence: ClusterEvidence, { row }: Assignment): readonly Finding[] {
  if (holdsRow(evidence.written, row)) return [];
  const what =
    evidence.written === undefined ? 'there is no cacerts Secret' : 'the cacerts Secret does not hold the row in force';
  return [{ message: `${what}${problemsOf(evidence)}` }];
}

function replicaNotLoaded(evidence: ClusterEvidence): readonly Finding[] {
  if (evidence.replicas.length === 0) return [{ message: `no istiod replica was found${problemsOf(evidence)}` }];
  const { written } = evidence;
  return without(evidence.replicas, (replica) => hasLoaded(replica, written)).map(({ replica, failure }) => ({
    replica,
    message:
      failure === undefined ? `${replica} has not loaded what the Secret holds` : `${replica} could not be probed: ${failure}`,
  }));
}

function nudgePending(evidence: ClusterEvidence, { row }: Assignment): readonly Finding[] {
  if (row.nudge !== 'when-loaded' || evidence.nudges > 0) return [];
  return [{ message: 'the proxies have not been nudged to ask for new certificates' }];
}

function namespaceNotPublished(evidence: ClusterEvidence, { row }: Assignment): readonly Finding[] {
  if (evidence.namespaces === undefined) return [{ message: `the namespaces could not be listed${problemsOf(evidence)}` }];
  return without(evidence.namespaces, trustsOf(row)).map(({ namespace }) => ({
    namespace,
    message: `istio-ca-root-cert of namespace ${namespace} does not hold the roots of the row`,
  }));
}

function workloadTrustDiffers(evidence: ClusterEvidence, { row }: Assignment): readonly Finding[] {
  if (evidence.workloads === undefined) return [{ message: `the workloads could not be listed${problemsOf(evidence)}` }];
  return without(evidence.workloads, trustsOf(row)).map((group) => workloadFinding(group, 'trust other roots than the row'));
}

function workloadSignedByOtherRoot({ workloads = [] }: ClusterEvidence, { row }: Assignment): readonly Finding[] {
  return without(workloads, ({ holding }) => holding.signerRoot === row.signer).map((group) =>
    workloadFinding(group, 'hold a leaf of another root'),
  );
}

function workloadFinding({ namespace, count, examples }: WorkloadHolding, what: string): Finding {
  const example = examples[0];
  const named = example === undefined ? '' : ` (${examples.slice(0, 3).join(', ')}${count > 3 ? ', …' : ''})`;
  return {
    namespace,
    ...(example === undefined ? {} : { workload: example }),
    message: `${count} workload${count === 1 ? '' : 's'} of namespace ${namespace}${named} ${what}`,
  };
}

const nothing: readonly never[] = [];

/** Those that do not pass. Nearly always all do, in thousands of places at once: then nothing is made. */
function without<T>(items: readonly T[], passes: (item: T) => boolean): readonly T[] {
  let failing: T[] | undefined;
  for (const item of items) if (!passes(item)) (failing ??= []).push(item);
  return failing ?? nothing;
}

/** Loaded is equality of exact bytes and of the signing certificate with what is written: Istio compares nothing else. */
function hasLoaded({ holding }: ReplicaHolding, written: Holding | undefined): boolean {
  return (
    holding !== undefined &&
    written !== undefined &&
    holding.bundleSha256 === written.bundleSha256 &&
    holding.signer === written.signer
  );
}

function holdsRow(holding: Holding | undefined, row: TrustRow): boolean {
  return trustsRow(holding, row) && holding?.signerRoot === row.signer;
}

/** Trusted is the set of certificates: order, repetition and text between them do not matter. */
function trustsRow(holding: Holding | undefined, { roots }: TrustRow): boolean {
  return holding !== undefined && holdsAll(roots, holding.roots) && holdsAll(holding.roots, roots);
}

/** Most places of a cluster hold the very same: what was found for the one before need not be found again. */
function trustsOf(row: TrustRow): (place: { readonly holding: Holding | undefined }) => boolean {
  let last: Holding | undefined;
  let trusted = false;
  return ({ holding }) => {
    if (holding === undefined || holding !== last) trusted = trustsRow(holding, row);
    last = holding;
    return trusted;
  };
}

/** A handful of names: looking through them is quicker than making a set of them for each of thousands of places. */
function holdsAll(names: readonly string[], wanted: readonly string[]): boolean {
  for (const name of wanted) if (!names.includes(name)) return false;
  return true;
}

function problemsOf({ problems }: ClusterEvidence): string {
  return problems.length === 0 ? '' : `; the agent says: ${problems.map(({ code, message }) => `${code} ${message}`).join('; ')}`;
}

function tally<T extends ReplicaHolding | NamespaceHolding>(items: readonly T[], reached: (item: T) => boolean): Tally {
  return { reached: items.filter(reached).length, total: items.length };
}

function sum(groups: readonly WorkloadHolding[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}
