/**
 * A small world for the model checker: clusters of istiod replicas and one workload each, agents that follow desired
 * trust, a bus that delays and loses, and an operator who interferes. mgmt's part in it is the real `decide`.
 * Used by tests alone.
 */
import { decide, type Policy } from './decide.ts';
import type { ClusterEvidence, Holding, Snapshot } from './evidence.ts';
import { answerVerification, requestStart } from './operator.ts';
import { newRecord, type RootGeneration, type RotationRecord } from './record.ts';
import { type Row, rowOf } from './row.ts';

/** Exact bytes of a bundle stand for themselves: the roots in it and how often it was nudged. */
interface Trust {
  readonly roots: string;
  readonly signer: string;
  readonly nudges: number;
}

interface ModelCluster {
  /** The desired trust that the agent accepted last. */
  readonly accepted: { readonly generation: number; readonly row: Row };
  readonly written: Trust;
  readonly replicas: readonly Trust[];
  /** What the workload trusts and what its leaf is signed by. */
  readonly trusts: string;
  readonly leaf: string;
}

/** One state of the world. */
export interface World {
  readonly record: RotationRecord;
  /** Every desired trust ever published; a late agent may still get any of them. */
  readonly published: readonly { readonly generation: number; readonly row: Row }[];
  readonly clusters: readonly ModelCluster[];
  /** What each cluster last reported; may be long out of date. */
  readonly reports: readonly (ModelCluster | undefined)[];
}

/** What may happen next: a name for the trace, and the world after it. */
export interface Successor {
  readonly name: string;
  readonly world: World;
}

const policy: Policy = { silentAfterMs: 1, finishedHoldMs: Number.MAX_SAFE_INTEGER };
const rootA: RootGeneration = { fingerprint: 'A', notBeforeMs: 0, notAfterMs: 1_000 };
const rootB: RootGeneration = { fingerprint: 'B', notBeforeMs: 0, notAfterMs: 1_000 };

/** Bounds and faults of an exploration. */
export interface ModelOptions {
  readonly clusters: number;
  readonly replicas: number;
  readonly verification: 'none' | 'manual';
  /** The operator no longer interferes from this generation on, so that the space is finite. */
  readonly maxGeneration: number;
}

/** The world just after the rotation from A to B was started. */
export function startWorld(options: ModelOptions): World {
  const rest = newRecord('model', rootA, 0);
  const request = {
    rotationId: 'r',
    target: rootB,
    strategy: 'MULTI_ROOT',
    by: 'model',
    verification: options.verification,
  } as const;
  const { record } = requestStart(rest, request, 0);
  const old: Trust = { roots: 'A', signer: 'A', nudges: 0 };
  const cluster: ModelCluster = {
    accepted: { generation: rest.generation, row: rowOf(rest) },
    written: old,
    replicas: Array.from({ length: options.replicas }, () => old),
    trusts: 'A',
    leaf: 'A',
  };
  const clusters = Array.from({ length: options.clusters }, () => cluster);
  return { record, published: [publish(record)], clusters, reports: clusters.map(() => undefined) };
}

/** Everything that may happen next. */
export function successors(world: World, options: ModelOptions): readonly Successor[] {
  return [
    ...mgmtSteps(world),
    ...operatorSteps(world, options),
    ...world.clusters.flatMap((cluster, index) => clusterSteps(world, cluster, index)),
  ];
}

/** The pairs of workloads that cannot verify each other; none in a sound world. */
export function brokenPairs({ clusters }: World): readonly string[] {
  return clusters.flatMap((from, i) =>
    clusters.flatMap((to, j) =>
      to.trusts.includes(from.leaf) ? [] : [`${i} (leaf of ${from.leaf}) is refused by ${j} (trusts ${to.trusts})`],
    ),
  );
}

function mgmtSteps(world: World): Successor[] {
  const reported = world.reports.flatMap((report, index) =>
    report === undefined ? [] : [[`c${index}`, evidenceOf(report)] as const],
  );
  const snapshot: Snapshot = { clusters: world.clusters.map((_, index) => `c${index}`), evidence: new Map(reported) };
  const decision = decide(world.record, snapshot, policy, 0);
  return decision.kind === 'transition'
    ? [moved(world, `mgmt: ${decision.transition.condition.message}`, decision.transition.record)]
    : [];
}

function operatorSteps(world: World, { maxGeneration }: ModelOptions): Successor[] {
  if (world.record.generation >= maxGeneration) return [];
  return (['CONTINUE', 'ROLLBACK'] as const).flatMap((action) => {
    const { step, generation } = world.record;
    try {
      const answer = { rotationId: 'r', step, generation, action, by: 'model', why: 'model' };
      return [moved(world, `operator: ${action} at ${step}`, answerVerification(world.record, answer, 0).record)];
    } catch {
      return [];
    }
  });
}

function moved(world: World, name: string, record: RotationRecord): Successor {
  const changed = record.generation !== world.record.generation;
  return { name, world: { ...world, record, published: changed ? [...world.published, publish(record)] : world.published } };
}

function publish(record: RotationRecord): World['published'][number] {
  return { generation: record.generation, row: rowOf(record) };
}

function clusterSteps(world: World, cluster: ModelCluster, index: number): Successor[] {
  const put = (name: string, next: ModelCluster): Successor => ({
    name: `c${index}: ${name}`,
    world: { ...world, clusters: world.clusters.with(index, next) },
  });
  const steps = [
    ...world.published
      .filter(({ generation }) => generation > cluster.accepted.generation)
      .flatMap((accepted) => accept(cluster, accepted).map((next) => put(`accepts generation ${accepted.generation}`, next))),
    ...nudge(cluster).map((next) => put('nudges', next)),
    ...cluster.replicas.flatMap((replica, r) =>
      sameTrust(replica, cluster.written)
        ? []
        : [put(`replica ${r} loads`, { ...cluster, replicas: cluster.replicas.with(r, cluster.written) })],
    ),
    ...workloadSteps(cluster).map(({ name, next }) => put(name, next)),
  ];
  return [...steps, { name: `c${index}: reports`, world: { ...world, reports: world.reports.with(index, cluster) } }];
}

/** The agent's rule: what it writes must be compatible with what the Secret holds. */
function accept(cluster: ModelCluster, accepted: ModelCluster['accepted']): ModelCluster[] {
  const { roots, signer } = accepted.row;
  const { written } = cluster;
  if (!roots.includes(written.signer) || !written.roots.includes(signer)) return [];
  return [{ ...cluster, accepted, written: { roots: roots.toSorted().join(''), signer, nudges: 0 } }];
}

/** The agent's rule: never before every replica is proven. Only the first nudge matters to safety. */
function nudge(cluster: ModelCluster): ModelCluster[] {
  const due = cluster.accepted.row.nudge === 'when-loaded' && cluster.written.nudges === 0;
  if (!due || !cluster.replicas.every((replica) => sameTrust(replica, cluster.written))) return [];
  return [{ ...cluster, written: { ...cluster.written, nudges: 1 } }];
}

/**
 * A proxy may ask for a new certificate at any moment (pushed bytes, restart, end of its leaf), be told its roots by
 * one replica and be signed by another: more than a real one does, so what is safe here is safe there.
 */
function workloadSteps(cluster: ModelCluster): { name: string; next: ModelCluster }[] {
  return cluster.replicas.flatMap((signing, s) =>
    cluster.replicas.map((pushing, p) => ({
      name: `workload is told by replica ${p} and signed by ${s}`,
      next: { ...cluster, trusts: pushing.roots, leaf: signing.signer },
    })),
  );
}

function evidenceOf({ accepted, written, replicas, trusts, leaf }: ModelCluster): ClusterEvidence {
  return {
    receivedAtMs: 0,
    appliedTerm: 1,
    appliedGeneration: accepted.generation,
    nudges: written.nudges,
    written: holdingOf(written),
    replicas: replicas.map((trust, index) => ({ replica: `r${index}`, holding: holdingOf(trust), failure: undefined })),
    namespaces: [],
    workloads: [{ namespace: 'n', holding: holdingOf({ roots: trusts, signer: leaf, nudges: 0 }), count: 1, examples: ['w'] }],
    problems: [],
  };
}

function holdingOf(trust: Trust): Holding {
  return { bundleSha256: bytesOf(trust), roots: Array.from(trust.roots), signer: trust.signer, signerRoot: trust.signer };
}

function bytesOf({ roots, nudges }: Trust): string {
  return `${roots}#${nudges}`;
}

function sameTrust(a: Trust, b: Trust): boolean {
  return bytesOf(a) === bytesOf(b) && a.signer === b.signer;
}
