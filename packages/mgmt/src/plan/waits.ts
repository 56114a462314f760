import type { Step } from '@reroot/shared/protocol';
import { isReleased } from '../rotation/index.ts';
import type { Absence } from './absence.ts';
import type { Stop, TimelineFacts, WaveTimes } from './timeline.ts';

/** What a rotation waits for; each gives the moment from which it holds nothing up any more. */
export interface Waits {
  readonly absent: ReadonlySet<string>;
  /** Whether the absent are taken out of the gates. */
  isGone(atMs: number): boolean;
  countAbsent(members: readonly string[]): number;
  /** Nobody who counts is silent. */
  heard(step: Step, wave: number, fromMs: number): number;
  /** A window is open, and nobody is silent. */
  opened(step: Step, wave: number, fromMs: number): number;
  /** Everybody holds the row before, which strategy NONE does not ask for. */
  begun(step: Step, fromMs: number): number;
  /** All of these, told at a moment, are proven, and nobody is silent. */
  proven(step: Step, wave: number, releasedMs: number, told: readonly string[]): number;
  /** The soak is over, which begins anew when somebody who was told falls silent. */
  soaked(step: Step, wave: WaveTimes): number;
  /** Somebody has answered, and everybody has shown the row once more. */
  answered(step: Step, wave: number, fromMs: number): number;
  /** A span has passed since a proof; it counts anew when the proof is lost. */
  rested(
    step: Step,
    wave: number,
    proof: { readonly provenMs: number; readonly spanMs: number; readonly atLeastMs: number },
  ): number;
}

/** @param stops is told of each moment at which the silence of the absent holds the rotation up */
export function createWaits({ record, policy, pace, opensAtMs, upToDate, absence }: TimelineFacts, stops: Stop[]): Waits {
  const abrupt = record.rotation?.strategy === 'NONE';
  const never = Number.POSITIVE_INFINITY;
  const {
    clusters: absent,
    fromMs: awayFromMs,
    untilMs,
    excludedAtMs,
  } = absence === undefined || absence.clusters.size === 0 ? nobody : absence;
  const tellsAbsent = [...absent].some((cluster) => upToDate.has(cluster) && isReleased(record, cluster));
  const silentFromMs = awayFromMs + policy.silentAfterMs;
  const backMs = Math.min(untilMs, excludedAtMs);

  const stop = (step: Step, wave: number, atMs: number, untilMs: number): number => {
    if (untilMs > atMs && atMs < never) stops.push({ step, wave, atMs, untilMs });
    return Math.max(atMs, untilMs);
  };
  const heard: Waits['heard'] = (step, wave, fromMs) =>
    fromMs > silentFromMs && fromMs < backMs ? stop(step, wave, fromMs, backMs) : fromMs;
  const opened: Waits['opened'] = (step, wave, fromMs) => {
    const openMs = opensAtMs(heard(step, wave, fromMs));
    // Somebody may have fallen silent while the window was waited for.
    const heardMs = heard(step, wave, openMs);
    return heardMs === openMs ? openMs : opensAtMs(heardMs);
  };
  // What never comes to pass takes nobody out.
  const isGone = (atMs: number): boolean => excludedAtMs < never && atMs >= excludedAtMs;
  /** Whether somebody falls silent between two moments. */
  const isLost = (fromMs: number, toMs: number): boolean => silentFromMs < toMs && backMs > fromMs && backMs > silentFromMs;
  return {
    absent,
    isGone,
    countAbsent: (members) => members.filter((cluster) => absent.has(cluster)).length,
    heard,
    opened,
    begun: (step, fromMs) => (abrupt ? opensAtMs(fromMs) : opened(step, 0, fromMs)),
    proven: (step, wave, releasedMs, told) => {
      const provenMs = releasedMs + pace.proofMs(step, told);
      if (releasedMs >= backMs) return provenMs;
      const missing = told.filter((cluster) => absent.has(cluster));
      if (missing.length === 0) return heard(step, wave, provenMs);
      return stop(step, wave, provenMs, Math.min(untilMs + pace.proofMs(step, missing), excludedAtMs));
    },
    soaked: (step, { index, progress, provenMs, soakMs }) => {
      const soakedMs = provenMs + soakMs;
      const loses = progress === 'told' && tellsAbsent && isLost(provenMs, soakedMs);
      if (!loses) return opened(step, index, soakedMs);
      return opened(step, index, stop(step, index, soakedMs, backMs + soakMs));
    },
    answered: (step, wave, fromMs) => {
      const answeredMs = fromMs + pace.answerMs;
      if (fromMs >= backMs || absent.size === 0) return answeredMs;
      return stop(step, wave, answeredMs, Math.min(untilMs + pace.answerMs, excludedAtMs));
    },
    rested: (step, wave, { provenMs, spanMs, atLeastMs }) => {
      const restedMs = Math.max(atLeastMs, provenMs + spanMs);
      return spanMs > 0 && isLost(provenMs, restedMs) ? stop(step, wave, restedMs, backMs + spanMs) : restedMs;
    },
  };
}

const nobody: Absence = {
  clusters: new Set(),
  fromMs: Number.POSITIVE_INFINITY,
  untilMs: 0,
  excludedAtMs: Number.POSITIVE_INFINITY,
};
