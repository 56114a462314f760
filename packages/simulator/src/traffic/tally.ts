import type { TrafficFailure, TrafficReport } from '../control/controlled-fleet.ts';
import type { HandshakeResult } from './handshake.ts';

export type { TrafficReport } from '../control/controlled-fleet.ts';

/** Enough to see in which way handshakes fail. */
const keptFailures = 20;

/** One handshake that is over. */
export interface Finished {
  readonly atMs: number;
  /** `from>to`, the clusters. */
  readonly pair: string;
  /** `cluster/namespace/workload` */
  readonly client: string;
  readonly server: string;
  readonly result: HandshakeResult;
}

/** Counts handshakes. */
export interface Tally {
  /** The first call says since when it counts. */
  begin(atMs: number): void;
  add(finished: Finished): void;
  count(): TrafficReport;
}

export function createTally(): Tally {
  const byReason = new Map<string, number>();
  const byPair = new Map<string, { ok: number; failed: number; byReason: Record<string, number> }>();
  let failures: readonly TrafficFailure[] = [];
  let sinceMs: number | undefined;
  let [ok, failed] = [0, 0];
  return {
    begin: (atMs) => {
      sinceMs ??= atMs;
    },
    add: ({ atMs, pair, client, server, result }) => {
      const counts = byPair.get(pair) ?? { ok: 0, failed: 0, byReason: {} };
      byPair.set(pair, counts);
      if (result.kind === 'ok') {
        ok += 1;
        counts.ok += 1;
        return;
      }
      const { side, reason } = result;
      failed += 1;
      counts.failed += 1;
      counts.byReason[reason] = (counts.byReason[reason] ?? 0) + 1;
      byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
      failures = [...failures, { atMs, client, server, side, reason }].slice(-keptFailures);
    },
    count: () => ({
      ...{ ok, failed, failures, sinceMs },
      byReason: Object.fromEntries(byReason),
      byPair: Object.fromEntries([...byPair].map(([pair, counts]) => [pair, structuredClone(counts)])),
    }),
  };
}
