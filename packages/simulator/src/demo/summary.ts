import type { ClusterStatus, Condition, MeshStatus, RotationStatus, State, Strategy } from '@reroot/shared/api';
import type { TrafficCount } from '../control/controlled-fleet.ts';

/** What the demo proved, as `--json` prints it. */
export interface Summary {
  readonly state: State;
  /** The states that the rotation went through, and how long each lasted. */
  readonly steps: readonly { readonly state: State; readonly durationMs: number }[];
  readonly clusters: readonly ClusterSummary[];
  /** New handshakes from the start of the rotation until some time after its end. */
  readonly handshakes: TrafficCount;
  /** From the start of the rotation to its end. */
  readonly durationMs: number;
  /** Why handshakes failed, where the strategy allows it. */
  readonly explanation?: string;
}

/** What one cluster holds in the end. */
export type ClusterSummary = Pick<
  ClusterStatus,
  'name' | 'roots' | 'signerRoot' | 'replicas' | 'namespaces' | 'workloads' | 'nudges'
>;

/** What a summary is made of. */
export interface Observations {
  readonly status: MeshStatus;
  readonly rotation: RotationStatus;
  readonly history: readonly Condition[];
  readonly handshakes: TrafficCount;
}

/** Puts together what was seen. */
export function summarise({ status, rotation, history, handshakes }: Observations): Summary {
  const entries = history.filter(({ rotationId }) => rotationId === rotation.id);
  // Waves, and what happens to single clusters, have entries of their own within a state.
  const passed = entries.filter(({ state, step }, index) => {
    const before = entries[index - 1];
    return state !== before?.state || step !== before.step;
  });
  const explanation = explain(rotation.strategy, handshakes);
  return {
    state: status.state,
    steps: passed
      .slice(0, -1)
      .map(({ state, timestamp }, index) => ({ state, durationMs: span(timestamp, passed[index + 1]?.timestamp) })),
    clusters: status.clusters.map(summariseCluster),
    handshakes,
    durationMs: span(passed[0]?.timestamp, passed.at(-1)?.timestamp),
    ...(explanation === undefined ? {} : { explanation }),
  };
}

/**
 * What keeps a demo from being a success.
 * @returns undefined when nothing does
 */
export function shortcomingOf(summary: Summary, { strategy, newRoot }: RotationStatus): string | undefined {
  const { state, clusters, handshakes } = summary;
  if (state !== 'FINISHED') return `the rotation ended in ${state}`;
  const other = clusters.find(({ roots, signerRoot }) => roots.length !== 1 || roots[0] !== newRoot || signerRoot !== newRoot);
  if (other !== undefined) return `${other.name} does not hold the new root alone`;
  if (strategy === 'MULTI_ROOT' && handshakes.failed > 0)
    return `${handshakes.failed} handshakes failed: ${reasonsText(handshakes)}`;
  return undefined;
}

/** New handshakes between two moments. */
export function trafficBetween(before: TrafficCount, after: TrafficCount): TrafficCount {
  const byReason = Object.entries(after.byReason).map(([reason, count]): [string, number] => [
    reason,
    count - (before.byReason[reason] ?? 0),
  ]);
  return {
    ok: after.ok - before.ok,
    failed: after.failed - before.failed,
    byReason: Object.fromEntries(byReason.filter(([, count]) => count > 0)),
  };
}

/** `3 UNKNOWN_CA, 1 TIMEOUT`, the most frequent first. */
export function reasonsText({ byReason }: TrafficCount): string {
  const entries = Object.entries(byReason).toSorted(([, a], [, b]) => b - a);
  return entries.map(([reason, count]) => `${count} ${reason}`).join(', ');
}

function explain(strategy: Strategy, handshakes: TrafficCount): string | undefined {
  if (strategy === 'MULTI_ROOT') return undefined;
  return (
    'strategy NONE replaces the root at once: from the first cluster that trusts the new root alone until the last one does, ' +
    'workloads of the old and of the new root refuse each other; ' +
    (handshakes.failed === 0
      ? 'this time no handshake fell into that gap'
      : `${handshakes.failed} of ${handshakes.ok + handshakes.failed} handshakes failed meanwhile (${reasonsText(handshakes)})`)
  );
}

function summariseCluster({ name, roots, signerRoot, replicas, namespaces, workloads, nudges }: ClusterStatus): ClusterSummary {
  return { name, roots, ...(signerRoot === undefined ? {} : { signerRoot }), replicas, namespaces, workloads, nudges };
}

function span(from: string | undefined, to: string | undefined): number {
  return from === undefined || to === undefined ? 0 : Date.parse(to) - Date.parse(from);
}
