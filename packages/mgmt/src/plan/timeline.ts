import { assertNever } from '@reroot/shared/errors';
import type { Step } from '@reroot/shared/protocol';
import {
  clusterAt,
  countInWave,
  everyCluster,
  isCanary,
  isMember,
  isOverlap,
  type Place,
  type Policy,
  placesOf,
  type RotationRecord,
  rowAfter,
} from '../rotation/index.ts';
import type { Absence } from './absence.ts';
import { createWaits, type Waits } from './waits.ts';

/** How long what a rotation waits for takes, in one way of looking at it. All in milliseconds; `Infinity` for without end. */
export interface Pace {
  /** From the release of a wave until all of it is proven. */
  readonly proofMs: (step: Step, clusters: readonly string[]) => number;
  /** From the proof of a step until the answer to it has been proven by every agent. Asked where people verify alone. */
  readonly answerMs: number;
  /** From the proof of a step until mgmt has verified it by itself, with the soak. Asked where verification is automatic alone. */
  readonly verifyMs: number;
}

/** What the times of a rotation depend on. */
export interface TimelineFacts {
  readonly record: RotationRecord;
  readonly policy: Pick<Policy, 'waves' | 'minimumOverlapMs' | 'silentAfterMs'>;
  readonly clusters: readonly string[];
  /** When the plan begins: now, or later. */
  readonly startMs: number;
  /** When the first step may begin, where that is not the start of the plan. */
  readonly beginsMs?: number;
  /** The first moment from one on at which a wave may begin; `Infinity` when none comes. */
  readonly opensAtMs: (fromMs: number) => number;
  readonly pace: Pace;
  /** Clusters that are proven to hold what they were told when the plan begins. */
  readonly upToDate: ReadonlySet<string>;
  /** Clusters that are not heard meanwhile. */
  readonly absence?: Absence | undefined;
}

/** When everything happens, in milliseconds since the Unix epoch; `Infinity` for never. */
export interface Timeline {
  readonly steps: readonly StepTimes[];
  readonly endsMs: number;
  /** Where the silence of the absent holds it up, first to last. */
  readonly stops: readonly Stop[];
}

/** One step. */
export interface StepTimes {
  readonly step: Step;
  readonly beginsMs: number;
  readonly waves: readonly WaveTimes[];
  readonly provenMs: number;
  /** When the next step begins, or the rotation is over. */
  readonly endsMs: number;
}

/** One wave. */
export interface WaveTimes {
  readonly index: number;
  /** Up to where in the order of clusters the step has been given with it. */
  readonly through: Place;
  /** The clusters that it tells; of the wave under way all that were told so far. */
  readonly clusters: readonly string[];
  readonly kind: 'canaries' | 'others';
  readonly progress: 'told' | 'to-come';
  readonly releasedMs: number;
  readonly provenMs: number;
  readonly soakMs: number;
}

/** Where a rotation stands still. */
export interface Stop {
  readonly step: Step;
  /** The wave that is not proven, or after which the next does not come; 0 before the first. */
  readonly wave: number;
  readonly atMs: number;
  readonly untilMs: number;
}

/**
 * When each wave of a rotation under way is told and proven, by the rules of `decide`: a wave comes when the one before is
 * proven and has soaked, the next step when the one before is verified and its overlap is over, both in an open window alone.
 * A property holds the two together. Deciding thousands of waves one by one, for thousands of clusters, would keep mgmt from
 * its work: this takes no longer than sorting the clusters.
 */
export function planTimeline(facts: TimelineFacts): Timeline {
  const stops: Stop[] = [];
  const walk = createWalk(facts, stops);
  const steps: StepTimes[] = [];
  const { record, startMs } = facts;
  let { beginsMs = startMs } = facts;
  for (let step: Step | undefined = record.step; step !== undefined; ) {
    const first = steps.length === 0;
    const times = walk(step, beginsMs, first);
    steps.push(times);
    beginsMs = times.endsMs;
    step = nextStep(record, step);
  }
  return { steps, endsMs: beginsMs, stops };
}

/** The step after this one on the way that the rotation goes; a rollback goes one row at a time. */
function nextStep({ rotation, direction }: RotationRecord, step: Step): Step | undefined {
  return rotation === undefined || direction === 'back' ? undefined : rowAfter(rotation.strategy, step);
}

type Walk = (step: Step, beginsMs: number, first: boolean) => StepTimes;

function createWalk(facts: TimelineFacts, stops: Stop[]): Walk {
  const { record, policy, pace, startMs } = facts;
  const { rotation, direction, wave } = record;
  const waits = createWaits(facts, stops);
  const members = facts.clusters.filter((cluster) => isMember(record, cluster));
  // Every step tells them in the same order.
  const order = placesOf(members, rotation?.canaries ?? []);

  return (step, beginsMs, first) => {
    const atStart = first ? stateOf(record) : 'next';
    const waves =
      atStart === 'proven'
        ? [wavePast(facts, members)]
        : walkWaves({ facts, waits, members, order, step, beginsMs, underWay: atStart === 'told' ? wave.through : undefined });
    const last = waves.at(-1);
    const provenMs = last?.provenMs ?? beginsMs;
    const index = last?.index ?? 0;
    const accepted = acceptanceOf(first, step, index, provenMs);
    const acceptedMs = waits.heard(step, index, Math.max(accepted.atMs, startMs));
    const next = nextStep(record, step);
    const proof = { provenMs: accepted.overlapFromMs ?? acceptedMs, spanMs: policy.minimumOverlapMs, atLeastMs: acceptedMs };
    const leftMs = isOverlap(step) && next !== undefined ? waits.rested(step, index, proof) : acceptedMs;
    const endsMs = next === undefined || direction === 'back' ? leftMs : waits.opened(step, index, leftMs);
    return { step, beginsMs: waves[0]?.releasedMs ?? beginsMs, waves, provenMs, endsMs };
  };

  /** When a step is accepted, and since when its overlap counts; after an answer, from its proof under the new generation. */
  function acceptanceOf(
    first: boolean,
    step: Step,
    index: number,
    provenMs: number,
  ): { readonly atMs: number; readonly overlapFromMs: number | undefined } {
    const { state, answer } = record;
    const verified = first && state === 'VERIFIED';
    const fromMs = Math.max(provenMs, startMs);
    const verification = rotation?.verification ?? 'none';
    switch (verification) {
      case 'none':
        return { atMs: provenMs, overlapFromMs: provenMs };
      case 'automatic':
        return { atMs: verified ? startMs : fromMs + pace.verifyMs, overlapFromMs: provenMs };
      case 'manual':
        if (verified && answer !== undefined) return { atMs: answer.atMs + pace.answerMs, overlapFromMs: wave.provenAtMs };
        return { atMs: waits.answered(step, index, fromMs), overlapFromMs: undefined };
      default:
        return assertNever(verification);
    }
  }

  /** Where the first step of the plan stands. */
  function stateOf({ state, rotation, wave }: RotationRecord): 'next' | 'told' | 'proven' {
    const present = state === 'FAILED' ? (rotation?.failedIn ?? state) : state;
    if (present === 'VERIFYING' || present === 'VERIFIED') return 'proven';
    return wave.index === 0 ? 'next' : 'told';
  }
}

/** The waves of a step that is proven: all in one. */
function wavePast({ record: { wave, provenAtMs, enteredAtMs } }: TimelineFacts, members: readonly string[]): WaveTimes {
  const provenMs = wave.provenAtMs ?? provenAtMs ?? enteredAtMs;
  const told = { index: wave.index, through: everyCluster, clusters: members } as const;
  return { ...told, kind: 'others', progress: 'told', releasedMs: wave.releasedAtMs, provenMs, soakMs: 0 };
}

interface Waves {
  readonly facts: TimelineFacts;
  readonly waits: Waits;
  readonly members: readonly string[];
  /** Their places. */
  readonly order: readonly Place[];
  readonly step: Step;
  readonly beginsMs: number;
  /** How far the step has been given already; undefined for not at all. */
  readonly underWay: Place | undefined;
}

function walkWaves({ facts, waits, members, order, step, beginsMs, underWay }: Waves): readonly WaveTimes[] {
  const { record, policy, startMs } = facts;
  const whole = record.rotation?.strategy === 'NONE' || record.direction === 'back';
  const told = underWay === undefined ? [] : order.filter((place) => place <= underWay);
  const waves = underWay === undefined ? [] : [waveUnderWay(facts, waits, step, told)];
  let left = createQueue(order.slice(told.length));
  for (let before = waves[0]; before?.through !== everyCluster; ) {
    const releasedMs = before === undefined ? waits.begun(step, beginsMs) : Math.max(startMs, waits.soaked(step, before));
    left = waits.isGone(releasedMs) ? left.without(waits.absent) : left;
    const membersNow = waits.isGone(releasedMs) ? members.length - waits.countAbsent(members) : members.length;
    const count = whole ? left.size() : countInWave(left.canaries(), membersNow, policy.waves.size);
    const kind = left.canaries() > 0 && !whole ? 'canaries' : 'others';
    const places = left.take(count);
    const through = left.size() === 0 ? everyCluster : (places.at(-1) ?? everyCluster);
    const clusters = places.map(clusterAt);
    const index: number = (before?.index ?? 0) + 1;
    const provenMs = waits.proven(step, index, releasedMs, clusters);
    const soakMs = through === everyCluster ? 0 : policy.waves.soakMs;
    before = { index, through, clusters, kind, progress: 'to-come', releasedMs, provenMs, soakMs };
    waves.push(before);
  }
  return waves;
}

function waveUnderWay(
  { record, policy, startMs, upToDate }: TimelineFacts,
  waits: Waits,
  step: Step,
  places: readonly Place[],
): WaveTimes {
  const { index, through, releasedAtMs, provenAtMs } = record.wave;
  const clusters = places.map(clusterAt);
  const pending = clusters.filter((cluster) => !upToDate.has(cluster));
  const provenMs = provenAtMs ?? Math.max(startMs, waits.proven(step, index, releasedAtMs, pending));
  const soakMs = through === everyCluster ? 0 : policy.waves.soakMs;
  const kind = places.length > 0 && places.every(isCanary) ? 'canaries' : 'others';
  return { index, through, clusters, kind, progress: 'told', releasedMs: releasedAtMs, provenMs, soakMs };
}

/** Places that are still to be told, taken from the front without copying the rest: there may be thousands of waves. */
interface Queue {
  size(): number;
  /** How many canaries are at the front. */
  canaries(): number;
  take(count: number): readonly Place[];
  without(clusters: ReadonlySet<string>): Queue;
}

function createQueue(places: readonly Place[]): Queue {
  const canaries = places.filter(isCanary).length;
  let from = 0;
  return {
    size: () => places.length - from,
    canaries: () => Math.max(0, canaries - from),
    take: (count) => {
      const taken = places.slice(from, from + count);
      from += taken.length;
      return taken;
    },
    without: (clusters) => createQueue(places.slice(from).filter((place) => !clusters.has(clusterAt(place)))),
  };
}
