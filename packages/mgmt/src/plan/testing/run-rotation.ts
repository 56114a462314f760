/** Runs a rotation with the real decisions, from event to event, in a fleet that follows what it is told after a known time. */
import type { Step } from '@reroot/shared/protocol';
import { windowAt } from '../../mesh/index.ts';
import type { MaintenanceWindow } from '../../mesh/maintenance-window.ts';
import { evidenceFor } from '../../rotation/evidence-sample.ts';
import {
  type Assignment,
  answerVerification,
  assignmentOf,
  type ClusterEvidence,
  decide,
  entryOf,
  isReleased,
  memberAssignmentOf,
  noLinks,
  type Policy,
  type RotationRecord,
  sameTrust,
} from '../../rotation/index.ts';

export interface Run {
  readonly record: RotationRecord;
  readonly clusters: readonly string[];
  readonly policy: Omit<Policy, 'window'>;
  readonly windows: readonly MaintenanceWindow[];
  readonly startMs: number;
  /** From when a cluster is told a row until all of it is proven. */
  readonly proofMs: (step: Step, cluster: string) => number;
  /** From an answer until every agent has shown the row under its generation. */
  readonly answerMs: number;
  readonly absent: ReadonlySet<string>;
  readonly untilMs: number;
  /** It is given up then. */
  readonly endMs: number;
  /** Looks at the fleet whenever something has happened. */
  readonly onTick?: (nowMs: number, record: RotationRecord, holding: ReadonlySet<string>) => void;
}

/** A wave that was told. */
export interface Released {
  readonly step: Step;
  readonly index: number;
  readonly through: string;
  readonly clusters: readonly string[];
  readonly atMs: number;
}

export interface RanRotation {
  readonly waves: readonly Released[];
  /** Undefined when it had not ended when it was given up. */
  readonly endsMs: number | undefined;
  readonly record: RotationRecord;
}

/** What a cluster was told last, and what it shows until that is done. */
interface Follower {
  readonly told: Assignment;
  readonly doneMs: number;
  readonly shows: Assignment;
}

export function runRotation(run: Run): RanRotation {
  const { clusters, policy, windows, startMs, endMs } = run;
  let { record } = run;
  const followers = new Map<string, Follower>();
  const evidence = new Map<string, ClusterEvidence>();
  const waves: Released[] = [];
  const knownRoots = new Set(record.roots.map(({ fingerprint }) => fingerprint));
  for (let nowMs = startMs; nowMs <= endMs; nowMs = nextEvent(run, record, followers, nowMs)) {
    for (const cluster of clusters) {
      const away = run.absent.has(cluster) && nowMs > startMs && nowMs < run.untilMs;
      if (!away) evidence.set(cluster, { ...evidenceFor(follow(run, record, cluster, followers, nowMs)), receivedAtMs: nowMs });
    }
    for (;;) {
      const snapshot = { clusters, evidence: new Map(evidence), knownRoots, heardSinceMs: 0, links: noLinks };
      const decision = decide(record, snapshot, { ...policy, window: windowAt(windows, nowMs) }, nowMs);
      if (decision.kind === 'transition') {
        const before = record;
        record = decision.transition.record;
        const { act } = decision.transition.condition;
        if (act?.move === 'release' || act?.move === 'advance') waves.push(releasedOf(before, record, clusters, nowMs));
        // What is told just now is done only later.
        for (const cluster of clusters) {
          const away = run.absent.has(cluster) && nowMs >= startMs && nowMs < run.untilMs;
          if (!away) follow(run, record, cluster, followers, nowMs);
        }
        continue;
      }
      if (decision.verdict.reason !== 'AwaitingVerification' || record.rotation === undefined) break;
      const { rotation, step, generation } = record;
      const answer = { rotationId: rotation.id, step, generation, action: 'CONTINUE', by: 'bob', why: 'so' } as const;
      record = answerVerification(record, answer, nowMs).record;
      for (const cluster of clusters) {
        const away = run.absent.has(cluster) && nowMs < run.untilMs;
        if (!away) follow(run, record, cluster, followers, nowMs);
      }
    }
    const holding = clusters.filter((cluster) => nowMs >= (followers.get(cluster)?.doneMs ?? nowMs));
    run.onTick?.(nowMs, record, new Set(holding));
    if (record.state === 'FINISHED') return { waves, endsMs: nowMs, record };
  }
  return { waves, endsMs: undefined, record };
}

/** When something can happen next. */
function nextEvent(
  { policy, windows, startMs, untilMs, endMs }: Run,
  { wave }: RotationRecord,
  followers: ReadonlyMap<string, Follower>,
  nowMs: number,
): number {
  const window = windowAt(windows, nowMs);
  const provenMs = wave.provenAtMs ?? nowMs;
  const silent = policy.silentClusters.kind === 'exclude' ? policy.silentClusters.afterMs : 0;
  const moments = [
    ...[...followers.values()].map(({ doneMs }) => doneMs),
    ...[provenMs + policy.waves.soakMs, provenMs + policy.minimumOverlapMs],
    ...[startMs + policy.silentAfterMs, startMs + policy.silentAfterMs + 1, startMs + silent, untilMs],
    ...(window.kind === 'closed' && window.opensAtMs !== undefined ? [window.opensAtMs] : []),
  ];
  return Math.min(endMs + 1, ...moments.filter((moment) => moment > nowMs));
}

function follow(
  { proofMs, answerMs, startMs }: Run,
  record: RotationRecord,
  cluster: string,
  followers: Map<string, Follower>,
  nowMs: number,
): Assignment {
  const told = assignmentOf(record, cluster) ?? memberAssignmentOf(record, cluster);
  const before = followers.get(cluster);
  if (before?.told.generation === told.generation && before.told.row.step === told.row.step) {
    return nowMs >= before.doneMs ? told : before.shows;
  }
  // Whoever is there from the start holds what it was told before.
  const shows = before === undefined ? told : nowMs >= before.doneMs ? before.told : before.shows;
  const takesMs = before === undefined ? 0 : sameTrust(shows.row, told.row) ? answerMs : proofMs(told.row.step, cluster);
  followers.set(cluster, { told, doneMs: before === undefined ? startMs : nowMs + takesMs, shows });
  return takesMs === 0 ? told : shows;
}

function releasedOf(
  before: RotationRecord,
  { step, wave, ...after }: RotationRecord,
  clusters: readonly string[],
  atMs: number,
): Released {
  const told = clusters.filter((cluster) => {
    if (entryOf(after.deviations, cluster) !== undefined) return false;
    return isReleased({ ...after, wave }, cluster) && (before.step !== step || !isReleased(before, cluster));
  });
  return { step, index: wave.index, through: wave.through, clusters: told.toSorted(), atMs };
}
