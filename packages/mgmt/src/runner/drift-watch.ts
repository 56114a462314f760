import type { Verdict } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import { keepAge } from '../fleet/index.ts';
import {
  type Drift,
  type DriftKind,
  type DriftMark,
  isAtRest,
  isMember,
  isSilent,
  type RotationCondition,
  type RotationRecord,
  type Snapshot,
  showsDrift,
} from '../rotation/index.ts';
import { historyKindOf } from '../store/index.ts';
import { createSetBack } from './clock-watch.ts';
import { createFindings } from './drift-findings.ts';

/** Watches what clusters hold while no rotation is under way. */
export interface DriftWatch {
  /** Notes that the evidence of a cluster is another. */
  heard(cluster: string): void;
  /**
   * Looks at the clusters that were heard since, and at all of them where the mesh has changed; gives the entry of the history for what
   * has begun or ended, undefined where nothing has.
   * @param snapshot its evidence may be the same map as before, changed where `heard` was told
   * @param verdict on the whole mesh
   * @param provenNow whether a cluster holds all that it should
   */
  look(
    record: RotationRecord,
    snapshot: Snapshot,
    verdict: Pick<Verdict, 'passed'>,
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
  /**
   * How long a drift must have been gone to count as over, so that two who take turns at writing make one drift. A cluster that was
   * silent for longer shows no end of anything.
   */
  readonly calmMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** The history is not for what comes and goes: the same drift stands there once an hour at the most. */
const againAfterMs = 3_600_000;

/** How many messages an entry of the history has; all are counted. */
const maxTold = 10;

/** How many drifts an entry of the history marks. Those beyond are in its count, in the log and in the metrics, and are not read back. */
const maxMarked = 100;

interface Watched {
  readonly drift: Drift;
  firstSeenMs: number;
  lastSeenMs: number;
  /** When it became a drift, for people; undefined while it may still be on its way. */
  begunMs: number | undefined;
  /** Whether its beginning stands in the history. */
  journalled: boolean;
}

/** @param log names the mesh already */
export function createDriftWatch({ history, graceMs, calmMs, clock, log }: DriftWatchOptions): DriftWatch {
  const watched = new Map<string, Watched>(fromHistory(history, clock.now()));
  const proven = new Set<string>([...watched.values()].map(({ drift }) => drift.cluster));
  const toldAtMs = new Map<string, number>();
  const findings = createFindings();
  const setBackBy = createSetBack(clock.now());
  /** The list of clusters whose mesh has passed as a whole. */
  let allProven: readonly string[] | undefined;

  const note = (drift: Drift, nowMs: number): void => {
    const key = keyOf(drift);
    const before = watched.get(key);
    const firstSeenMs = before?.firstSeenMs ?? nowMs;
    watched.set(key, { begunMs: undefined, journalled: false, ...before, drift, firstSeenMs, lastSeenMs: nowMs });
  };
  /** The last word of a cluster that is silent since keeps up what has begun, and lets nothing begin that would have to last. */
  const counts = (drift: Drift, { evidence }: Snapshot, nowMs: number): boolean => {
    const hasBegun = watched.get(keyOf(drift))?.begunMs !== undefined;
    return isSudden(drift.kind) || hasBegun || !isSilent(evidence.get(drift.cluster), { silentAfterMs: calmMs }, nowMs);
  };
  /** Where nothing can be seen, nothing is seen to have ended: not before the first report to a mgmt that has just started. */
  const holdUnseen = (record: RotationRecord, { clusters, evidence }: Snapshot, nowMs: number): void => {
    const gone = [...watched.values()].filter(({ begunMs, lastSeenMs }) => begunMs !== undefined && lastSeenMs !== nowMs);
    if (gone.length === 0) return;
    const members = new Set(clusters.filter((cluster) => isMember(record, cluster)));
    for (const each of gone) {
      const { cluster } = each.drift;
      const known = evidence.get(cluster);
      const isSeen = showsDrift(record, cluster, known) && !isSilent(known, { silentAfterMs: calmMs }, nowMs);
      if (members.has(cluster) && !isSeen) each.lastSeenMs = nowMs;
    }
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
  const journal = (begun: readonly Watched[], ended: readonly Watched[], nowMs: number): Journalled => {
    const fresh = begun.filter(({ drift }) => nowMs - (toldAtMs.get(keyOf(drift)) ?? Number.NEGATIVE_INFINITY) >= againAfterMs);
    for (const each of fresh) toldAtMs.set(keyOf(each.drift), nowMs);
    for (const each of fresh.slice(0, maxMarked)) each.journalled = true;
    return { begun: fresh, ended: ended.filter(({ journalled }) => journalled) };
  };
  return {
    heard: (cluster) => {
      findings.heard(cluster);
    },
    look: (record, snapshot, { passed }, provenNow) => {
      const nowMs = clock.now();
      const byMs = setBackBy(nowMs);
      if (byMs > 0) moveAll(watched, toldAtMs, { byMs, nowMs });
      // The gates of a rotation wait for the same; what is left afterwards begins anew.
      if (!isAtRest(record)) {
        watched.clear();
        return undefined;
      }
      // Whoever was proven once stays so: a mesh of thousands that passes need not be gone through with each report.
      const isNews = passed && allProven !== snapshot.clusters;
      if (isNews) allProven = snapshot.clusters;
      for (const cluster of isNews ? snapshot.clusters : findings.pending(record, snapshot)) {
        if (proven.has(cluster) || !(passed || provenNow(cluster))) continue;
        proven.add(cluster);
        findings.heard(cluster);
      }
      const wasProven = (cluster: string): boolean => record.provenAtMs !== undefined || proven.has(cluster);
      for (const drift of findings.find(record, snapshot, wasProven)) if (counts(drift, snapshot, nowMs)) note(drift, nowMs);
      holdUnseen(record, snapshot, nowMs);
      const [begun, ended] = [begin(nowMs), end(nowMs)];
      for (const { drift } of begun)
        log.warn({ drift: drift.kind, cluster: drift.cluster, message: drift.message }, 'drift has begun');
      for (const { drift } of ended)
        log.info({ drift: drift.kind, cluster: drift.cluster, message: drift.message }, 'drift is over');
      const told = journal(begun, ended, nowMs);
      return told.begun.length + told.ended.length === 0 ? undefined : conditionOf(record, told, nowMs);
    },
    open: () =>
      [...watched.values()]
        .flatMap(({ drift, begunMs }) => (begunMs === undefined ? [] : [{ ...drift, sinceMs: begunMs }]))
        .toSorted((a, b) => a.sinceMs - b.sinceMs),
  };
}

/**
 * Has all that was seen and told keep its age when the clock was set back: else nothing would begin, be over or be told again until
 * the clock has caught up. Since when a drift is there stays what the history says, unless that is still to come.
 * @param step by how many milliseconds it was set back, and what it shows now
 */
function moveAll(
  watched: ReadonlyMap<string, Watched>,
  toldAtMs: Map<string, number>,
  { byMs, nowMs }: { readonly byMs: number; readonly nowMs: number },
): void {
  const moved = keepAge(byMs, nowMs);
  for (const each of watched.values()) {
    [each.firstSeenMs, each.lastSeenMs] = [moved(each.firstSeenMs), moved(each.lastSeenMs)];
    if (each.begunMs !== undefined) each.begunMs = Math.min(each.begunMs, nowMs);
  }
  for (const [key, atMs] of toldAtMs) toldAtMs.set(key, moved(atMs));
}

/** Nothing that takes its time brings a changed Secret or a root that nobody knows. */
function isSudden(kind: DriftKind): boolean {
  return kind === 'secret' || kind === 'foreign-root';
}

function keyOf({ cluster, kind }: Pick<Drift, 'cluster' | 'kind'>): string {
  return `${cluster} ${kind}`;
}

function marksOf(watched: readonly Watched[]): DriftMark['begun'] {
  return watched.slice(0, maxMarked).map(({ drift: { cluster, kind, place } }) => ({ cluster, kind, place }));
}

/** What an entry of the history is about. */
interface Journalled {
  readonly begun: readonly Watched[];
  readonly ended: readonly Watched[];
}

/** The same record, and what was seen. */
function conditionOf(
  { state, step, rotation, generation }: RotationRecord,
  { begun, ended }: Journalled,
  atMs: number,
): RotationCondition {
  const errors = begun.slice(0, maxTold).map((each) => each.drift.message);
  const over = ended.slice(0, maxTold).map(({ drift }) => `${drift.cluster} (${drift.kind})`);
  const parts = [
    ...(begun.length === 0 ? [] : [`drift has begun: ${errors.join('; ')}${moreOf(begun.length)}`]),
    ...(ended.length === 0 ? [] : [`drift is over: ${over.join(', ')}${moreOf(ended.length)}`]),
  ];
  const about = { atMs, state, step, rotationId: rotation?.id, generation, message: parts.join('; '), act: undefined };
  return { ...about, errors, drift: { begun: marksOf(begun), ended: marksOf(ended) } };
}

function moreOf(count: number): string {
  return count > maxTold ? ` and ${count - maxTold} more` : '';
}

/**
 * A start of a rotation ends all drift before it: its gates have waited for it. Drift from before the oldest act that is kept says
 * nothing, for nobody knows which starts came after it. What is read back counts as seen now: nobody has looked since.
 */
function fromHistory(history: readonly RotationCondition[], nowMs: number): readonly (readonly [string, Watched])[] {
  const open = new Map<string, Watched>();
  const oldestAct = history.findIndex((condition) => historyKindOf(condition) === 'act');
  for (const { act, drift, atMs } of history.slice(Math.max(0, oldestAct))) {
    if (act?.move === 'start') open.clear();
    for (const each of drift?.ended ?? []) open.delete(keyOf(each));
    for (const { cluster, kind, place } of drift?.begun ?? []) {
      const known = { cluster, kind, place, count: 1, message: `${cluster}: ${kind} (${place})` };
      const begunMs = Math.min(atMs, nowMs);
      open.set(keyOf(known), { drift: known, firstSeenMs: atMs, lastSeenMs: nowMs, begunMs, journalled: true });
    }
  }
  return [...open];
}
