import type { MeshStatus } from '@reroot/shared/api';

/** A certificate as a bar. */
export interface Lifetime {
  readonly key: string;
  readonly label: string;
  /** What the label is short for. */
  readonly title: string;
  readonly detail: string;
  /** Absent where nobody says when it began. */
  readonly fromMs?: number;
  readonly untilMs: number;
  readonly urgency: 'ended' | 'soon' | 'good';
}

/** Bars on one axis. */
export interface LifetimeChart {
  readonly bars: readonly Lifetime[];
  readonly startMs: number;
  readonly endMs: number;
}

const dayMs = 86_400_000;
/** An intermediate that is not renewed by then is in somebody's way. */
const soonMs = 14 * dayMs;
const rootSoonMs = 90 * dayMs;

/** Roots, the newest first. */
export function rootLifetimes({ roots }: Pick<MeshStatus, 'roots'>, nowMs: number): LifetimeChart {
  const bars = roots.toReversed().map((root): Lifetime => {
    const untilMs = Date.parse(root.notAfter);
    return {
      key: root.fingerprint,
      label: commonNameOf(root.subject),
      title: `${root.subject} ${root.fingerprint}`,
      detail: `${root.role} · ${root.phase}`,
      fromMs: Date.parse(root.notBefore),
      untilMs,
      urgency: urgencyOf(untilMs, nowMs, rootSoonMs),
    };
  });
  return chartOf(bars, nowMs);
}

/** Intermediates of the clusters, the first to end first; those of which nothing is known are left out. */
export function intermediateLifetimes({ clusters }: Pick<MeshStatus, 'clusters'>, nowMs: number): LifetimeChart {
  const bars = clusters
    .flatMap(({ name, intermediateNotAfter }): Lifetime[] => {
      if (intermediateNotAfter === undefined) return [];
      const untilMs = Date.parse(intermediateNotAfter);
      return [{ key: name, label: name, title: name, detail: '', untilMs, urgency: urgencyOf(untilMs, nowMs, soonMs) }];
    })
    .toSorted((a, b) => a.untilMs - b.untilMs);
  return chartOf(bars, nowMs);
}

/** The part of a subject that tells roots apart; all of it where it has none. */
function commonNameOf(subject: string): string {
  return /(?:^|\n)CN=(.+)/.exec(subject)?.[1] ?? subject;
}

function urgencyOf(untilMs: number, nowMs: number, withinMs: number): Lifetime['urgency'] {
  if (untilMs <= nowMs) return 'ended';
  return untilMs - nowMs < withinMs ? 'soon' : 'good';
}

function chartOf(bars: readonly Lifetime[], nowMs: number): LifetimeChart {
  const startMs = Math.min(nowMs, ...bars.map(({ fromMs, untilMs }) => fromMs ?? Math.min(nowMs, untilMs)));
  const endMs = Math.max(nowMs + dayMs, ...bars.map(({ untilMs }) => untilMs));
  return { bars, startMs, endMs };
}

/** Where a moment lies on the axis, in [0, 1]. */
export function placeOnAxis(atMs: number, { startMs, endMs }: Pick<LifetimeChart, 'startMs' | 'endMs'>): number {
  return Math.min(1, Math.max(0, (atMs - startMs) / Math.max(1, endMs - startMs)));
}

/** Round moments for the axis: at most six, as far apart as their unit. */
export function axisTicks({ startMs, endMs }: Pick<LifetimeChart, 'startMs' | 'endMs'>): readonly number[] {
  const spanDays = (endMs - startMs) / dayMs;
  const months = [1, 2, 3, 6, 12, 24, 60, 120].find((each) => spanDays / (each * 30.4) <= 6) ?? 240;
  if (spanDays < 60) {
    const days = Math.max(1, Math.ceil(spanDays / 6));
    const first = Math.ceil(startMs / dayMs) * dayMs;
    return Array.from({ length: 7 }, (_, index) => first + index * days * dayMs).filter((at) => at <= endMs);
  }
  const start = new Date(startMs);
  const firstMonth = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth() + 1) / months) * months;
  return Array.from({ length: 8 }, (_, index) => Date.UTC(0, 0) + monthMs(firstMonth + index * months)).filter(
    (at) => at >= startMs && at <= endMs,
  );
}

/** Milliseconds from the start of 1900, which is what `Date.UTC(0)` means, to the start of a month that is counted from year 0. */
function monthMs(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12) - Date.UTC(0, 0);
}
