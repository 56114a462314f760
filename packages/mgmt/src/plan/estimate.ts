import type { Step } from '@reroot/shared/protocol';
import type { RequiredEvidence, RotationPolicy } from '../rotation/index.ts';
import type { ClusterFacts, FactsOf } from './cluster-facts.ts';
import type { Measured } from './measured-durations.ts';

/** How long something takes, in milliseconds; `latestMs` is `Infinity` where nothing bounds it, and `because` says why. */
export interface Estimate {
  readonly soonestMs: number;
  readonly likelyMs: number;
  readonly latestMs: number;
  readonly because: readonly string[];
}

type Range = readonly [soonestMs: number, likelyMs: number, latestMs: number];

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Istio's defaults: a leaf lives for SECRET_TTL, and is renewed when half of that is over, with a jitter of a hundredth. */
export const leafLifetimeMs = 24 * hour;
const renewalMs = leafLifetimeMs * 0.5;
const latestRenewalMs = leafLifetimeMs * 0.51;

/**
 * What each level of evidence adds where nothing was measured. A kubelet brings a changed Secret to its volumes within 90 s, and
 * at once when the agent asks it to; the rest are passes of the agent and pushes of istiod.
 */
const levels: readonly { readonly level: RequiredEvidence; readonly range: Range }[] = [
  { level: 'written', range: [0.2 * second, 2 * second, 15 * second] },
  { level: 'loaded', range: [0.2 * second, 5 * second, 90 * second] },
  { level: 'published', range: [0, 1 * second, 10 * second] },
  { level: 'held', range: [0.2 * second, 5 * second, 40 * second] },
];

/** A replica, or an owner of workloads, from its restart until it is ready. */
const rolloutRange: Range = [5 * second, 30 * second, 5 * minute];
/** How many owners are restarted at once, and how long a replica may take before it counts as refusing: the agent's defaults. */
const rolloutsTogether = 5;
const refusedAfterMs = 2 * minute;

/** An answer is proven once every agent has applied its generation: one message, one look at everything, one report. */
export const answerRange: Range = [0.1 * second, 3 * second, 15 * second];

/** What an estimate rests on besides the cluster. */
export interface EstimateFacts {
  readonly policy: Pick<RotationPolicy, 'requiredEvidence' | 'restarts' | 'workloadRestarts' | 'strategy'>;
  readonly clusters: FactsOf;
  readonly measured: ReadonlyMap<Step, Measured>;
  /** How long the proxies of a cluster that ask at once keep its istiods busy. */
  readonly burstMs: (facts: ClusterFacts, step: Step) => number;
  /** What was worked out of a cluster already: the same clusters are asked about for each way of looking at time. */
  readonly known: Map<Step, Map<string, ClusterEstimate>>;
}

/** From the release of a wave until all of its clusters are proven. They do not wait for each other: the slowest counts. */
export function estimateProof(step: Step, clusters: readonly string[], facts: EstimateFacts): Estimate {
  if (clusters.length === 0) return { soonestMs: 0, likelyMs: 0, latestMs: 0, because: [] };
  let [soonestMs, likelyMs, latestMs, slowMs] = [0, 0, 0, 0];
  let because: readonly string[] = [];
  const ofStep = knownOf(step, facts);
  for (const cluster of clusters) {
    const each = knownEstimate(step, cluster, ofStep, facts);
    soonestMs = Math.max(soonestMs, each.quick[0]);
    likelyMs = Math.max(likelyMs, each.quick[1]);
    latestMs = Math.max(latestMs, each.quick[2] + each.slow[2]);
    slowMs = Math.max(slowMs, each.slow[1]);
    // Nearly all have none: there may be thousands of waves, each of thousands of clusters.
    if (each.because.length > 0) because = [...new Set([...because, ...each.because])];
  }
  const known = facts.measured.get(step);
  const [shortest, middle, longest] = known === undefined ? [] : spreadOf(known.wavesMs);
  return {
    soonestMs: Math.min(soonestMs, shortest ?? soonestMs),
    likelyMs: Math.max(middle ?? likelyMs, slowMs),
    latestMs: because.length > 0 ? Number.POSITIVE_INFINITY : Math.max(latestMs, longest ?? 0),
    because,
  };
}

function spreadOf(wavesMs: readonly number[]): Range {
  const middle = wavesMs[Math.floor(wavesMs.length / 2)] ?? 0;
  return [wavesMs[0] ?? 0, middle, wavesMs.at(-1) ?? 0];
}

/** What one cluster takes to be proven. */
export interface ClusterEstimate {
  /** What every cluster goes through. */
  readonly quick: Range;
  /** What only restarts and renewals bring about; at the soonest it is nothing. */
  readonly slow: Range;
  readonly because: readonly string[];
}

function knownOf(step: Step, { known }: EstimateFacts): Map<string, ClusterEstimate> {
  const before = known.get(step);
  if (before !== undefined) return before;
  const ofStep = new Map<string, ClusterEstimate>();
  known.set(step, ofStep);
  return ofStep;
}

function knownEstimate(step: Step, cluster: string, ofStep: Map<string, ClusterEstimate>, facts: EstimateFacts): ClusterEstimate {
  const before = ofStep.get(cluster);
  if (before !== undefined) return before;
  const known = estimateCluster(step, facts.clusters.get(cluster), facts);
  ofStep.set(cluster, known);
  return known;
}

function estimateCluster(step: Step, cluster: ClusterFacts | undefined, facts: EstimateFacts): ClusterEstimate {
  const { policy, burstMs } = facts;
  const asked = levels.findIndex(({ level }) => level === policy.requiredEvidence);
  const burst = cluster === undefined ? 0 : burstMs(cluster, step);
  const ranges = levels.slice(0, asked + 1).map(({ range }) => range);
  const slow = [
    replicaRestarts(cluster, policy),
    ...(policy.requiredEvidence === 'held' ? [slowWorkloads(cluster, policy)] : []),
  ];
  return { quick: sum([...ranges, [burst, burst, burst]]), slow: sum(slow), because: [...unboundedBy(cluster, policy)] };
}

function sum(ranges: readonly Range[]): Range {
  return ranges.reduce<Range>(([a, b, c], [x, y, z]) => [a + x, b + y, c + z], [0, 0, 0]);
}

function replicaRestarts(cluster: ClusterFacts | undefined, { restarts, strategy }: EstimateFacts['policy']): Range {
  if (cluster === undefined) return [0, 0, 0];
  const { replicas, refusing } = cluster;
  if (restarts === 'always') return times(rolloutRange, replicas);
  // No running istiod loads a root that is not related to the one it has.
  const refused = strategy === 'NONE' ? replicas : restarts === 'never' ? 0 : refusing;
  return refused === 0 ? [0, 0, 0] : sum([[refusedAfterMs, refusedAfterMs, refusedAfterMs], times(rolloutRange, refused)]);
}

/** Workloads that are not pushed to: either their owners are rolled, or their leaves come to their end. */
function slowWorkloads(cluster: ClusterFacts | undefined, { workloadRestarts }: EstimateFacts['policy']): Range {
  const { renewed = 0, unread = 0, slowestNamespace = 0 } = cluster ?? {};
  if (renewed + unread === 0) return [0, 0, 0];
  if (workloadRestarts === 'when-needed') {
    // How many owners they have is not reported: as many as workloads at the most, taken to be half of that.
    const rollouts = Math.max(Math.ceil((renewed + unread) / rolloutsTogether), slowestNamespace);
    return [rolloutRange[0], rolloutRange[1] * Math.ceil(rollouts / 2), rolloutRange[2] * rollouts];
  }
  if (unread > 0) return [0, leafLifetimeMs, leafLifetimeMs];
  // The renewals of n workloads are spread over half of a leaf's life; the last of them comes at n/(n+1) of it.
  return [0, (renewalMs * renewed) / (renewed + 1), latestRenewalMs];
}

function times([soonest, likely, latest]: Range, count: number): Range {
  return [soonest * count, likely * count, latest * count];
}

/** Why a cluster may never be proven, as the ends of a sentence. */
function* unboundedBy(cluster: ClusterFacts | undefined, policy: EstimateFacts['policy']): Generator<string> {
  if (cluster === undefined || cluster.presence !== 'reporting') yield unboundedReasons.silent;
  if (cluster === undefined) return;
  const { refusing, unprovable, budgets } = cluster;
  if (refusing > 0 && policy.restarts === 'never' && policy.strategy !== 'NONE') yield unboundedReasons.refusing;
  if (unprovable > 0 && policy.requiredEvidence === 'held') yield unboundedReasons.unprovable;
  if (budgets === 'blocked') yield unboundedReasons.blocked;
}

/** Why something may last without end. */
export const unboundedReasons = {
  silent: 'a cluster that does not report is waited for',
  refusing: 'an istiod without ISTIO_MULTIROOT_MESH refuses every change of roots, and the policy restarts none',
  unprovable: 'workloads hold certificates that cannot be read, and nothing proves them',
  blocked: 'a PodDisruptionBudget bears no disruption of what has to be restarted',
  answer: 'a person has to answer',
  nobody: 'no cluster of the mesh takes part',
  window: 'no maintenance window is to come',
} as const;
