import type { Verdict } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import {
  type Drift,
  type DriftKind,
  type DriftMark,
  findDrift,
  isAtRest,
  type Policy,
  type RotationCondition,
  type RotationRecord,
  type Snapshot,
} from '../rotation/index.ts';

/** Watches what clusters hold while no rotation is under way. */
export interface DriftWatch {
  /**
   * Looks, and gives the entry of the history for what has begun or ended since; undefined where nothing has.
   * @param verdict on the whole mesh, and how far it looks: where it passes on all evidence, only what agents report can have drifted
   * @param provenNow whether a cluster holds all that it should
   */
  look(
    record: RotationRecord,
    snapshot: Snapshot,
    verdict: Pick<Verdict, 'passed'> & Pick<Policy, 'requiredEvidence'>,
    provenNow: (cluster: string) => boolean,
  ): RotationCondition | undefined;
  /** What there is now, the oldest first. */
  open(): readonly OpenDrift[];
}

/** A drift that has begun. */
export interface OpenDrift extends Drift {
  readonly sinceMs: number;
}

/** What watching works with. */
export interface DriftWatchOptions {
  /** The entries of the history that are kept, oldest first: what has begun and not ended goes on. */
  readonly history: readonly RotationCondition[];
  /** How long a replica, a namespace or a workload may differ: it takes them some time to follow a renewed intermediate. */
  readonly graceMs: number;
  /** How long a drift must have been gone to count as over, so that two who take turns at writing make one drift. */
  readonly calmMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** The history is not for what comes and goes: the same drift stands there once an hour at the most. */
const againAfterMs = 3_600_000;

/** How many messages an entry of the history has; all are counted. */
const maxTold = 10;

interface Watched {
  readonly drift: Drift;
  readonly firstSeenMs: number;
  lastSeenMs: number;
  /** When it became a drift; undefined while it may still be on its way. */
  begunMs: number | undefined;
  /** Whether its beginning stands in the history. */
  journalled: boolean;
}

/** @param log names the mesh already */
export function createDriftWatch({ history, graceMs, calmMs, clock, log }: DriftWatchOptions): DriftWatch {
  const watched = new Map<string, Watched>(fromHistory(history));
  const proven = new Set<string>([...watched.values()].map(({ drift }) => drift.cluster));
  const toldAtMs = new Map<string, number>();

  const note = (drift: Drift, nowMs: number): void => {
    const key = keyOf(drift);
    const before = watched.get(key);
    const firstSeenMs = before?.firstSeenMs ?? nowMs;
    watched.set(key, { begunMs: undefined, journalled: false, ...before, drift, firstSeenMs, lastSeenMs: nowMs });
  };
  const begin = (nowMs: number): readonly Watched[] =>
    [...watched.values()].filter((each) => {
      const due = isSudden(each.drift.kind) || nowMs - each.firstSeenMs >= graceMs;
      if (each.begunMs !== undefined || !due || each.lastSeenMs !== nowMs) return false;
      each.begunMs = each.firstSeenMs;
      return true;
    });
  const end = (nowMs: number): readonly Watched[] =>
    [...watched].flatMap(([key, each]) => {
      const gone = each.begunMs === undefined ? each.lastSeenMs !== nowMs : nowMs - each.lastSeenMs >= calmMs;
      if (!gone) return [];
      watched.delete(key);
      return each.begunMs === undefined ? [] : [each];
    });
  const journal = (begun: readonly Watched[], ended: readonly Watched[], nowMs: number): DriftMark => {
    const fresh = begun.filter(({ drift }) => nowMs - (toldAtMs.get(keyOf(drift)) ?? Number.NEGATIVE_INFINITY) >= againAfterMs);
    for (const each of fresh) {
      each.journalled = true;
      toldAtMs.set(keyOf(each.drift), nowMs);
    }
    const over = ended.filter(({ journalled }) => journalled);
    return { begun: fresh.map(({ drift }) => markOf(drift)), ended: over.map(({ drift }) => markOf(drift)) };
  };
  return {
    look: (record, snapshot, { passed, requiredEvidence }, provenNow) => {
      const nowMs = clock.now();
      // The gates of a rotation wait for the same; what is left afterwards begins anew.
      if (!isAtRest(record)) {
        watched.clear();
        return undefined;
      }
      for (const cluster of snapshot.clusters) {
        if (!proven.has(cluster) && (passed || provenNow(cluster))) proven.add(cluster);
      }
      const allHold = passed && requiredEvidence === 'held';
      const suspects = allHold ? snapshot.clusters.filter((cluster) => hasProblems(snapshot, cluster)) : snapshot.clusters;
      const wasProven = (cluster: string): boolean => record.provenAtMs !== undefined || proven.has(cluster);
      for (const drift of findDrift(record, { ...snapshot, clusters: suspects }, wasProven)) note(drift, nowMs);
      const [begun, ended] = [begin(nowMs), end(nowMs)];
      for (const { drift } of begun)
        log.warn({ drift: drift.kind, cluster: drift.cluster, message: drift.message }, 'drift has begun');
      for (const { drift } of ended)
        log.info({ drift: drift.kind, cluster: drift.cluster, message: drift.message }, 'drift is over');
      const mark = journal(begun, ended, nowMs);
      return mark.begun.length + mark.ended.length === 0 ? undefined : conditionOf(record, mark, begun, ended, nowMs);
    },
    open: () =>
      [...watched.values()]
        .flatMap(({ drift, begunMs }) => (begunMs === undefined ? [] : [{ ...drift, sinceMs: begunMs }]))
        .toSorted((a, b) => a.sinceMs - b.sinceMs),
  };
}

function hasProblems({ evidence }: Snapshot, cluster: string): boolean {
  return (evidence.get(cluster)?.problems.length ?? 0) > 0;
}

/** Nothing that takes its time brings a changed Secret or a root that nobody knows. */
function isSudden(kind: DriftKind): boolean {
  return kind === 'secret' || kind === 'foreign-root';
}

function keyOf({ cluster, kind }: Pick<Drift, 'cluster' | 'kind'>): string {
  return `${cluster} ${kind}`;
}

function markOf({ cluster, kind, place }: Drift): DriftMark['begun'][number] {
  return { cluster, kind, place };
}

/** The same record, and what was seen. */
function conditionOf(
  { state, step, rotation, generation }: RotationRecord,
  drift: DriftMark,
  begun: readonly Watched[],
  ended: readonly Watched[],
  atMs: number,
): RotationCondition {
  const errors = begun.filter(({ journalled }) => journalled).map((each) => each.drift.message);
  const parts = [
    ...(drift.begun.length === 0 ? [] : [`drift has begun: ${errors.slice(0, maxTold).join('; ')}${moreOf(errors.length)}`]),
    ...(drift.ended.length === 0 ? [] : [`drift is over: ${namesOf(ended)}`]),
  ];
  const about = { atMs, state, step, rotationId: rotation?.id, generation, message: parts.join('; '), act: undefined };
  return { ...about, errors: errors.slice(0, maxTold), drift };
}

function namesOf(ended: readonly Watched[]): string {
  const over = ended.filter(({ journalled }) => journalled);
  return (
    over
      .slice(0, maxTold)
      .map(({ drift }) => `${drift.cluster} (${drift.kind})`)
      .join(', ') + moreOf(over.length)
  );
}

function moreOf(count: number): string {
  return count > maxTold ? ` and ${count - maxTold} more` : '';
}

/** A start of a rotation ends all drift before it: its gates have waited for it. */
function fromHistory(history: readonly RotationCondition[]): readonly (readonly [string, Watched])[] {
  const open = new Map<string, Watched>();
  for (const { act, drift, atMs } of history) {
    if (act?.move === 'start') open.clear();
    for (const each of drift?.ended ?? []) open.delete(keyOf(each));
    for (const { cluster, kind, place } of drift?.begun ?? []) {
      const known = { cluster, kind, place, count: 1, message: `${cluster}: ${kind} (${place})` };
      open.set(keyOf(known), { drift: known, firstSeenMs: atMs, lastSeenMs: atMs, begunMs: atMs, journalled: true });
    }
  }
  return [...open];
}
