import type { PlannedTime } from '@reroot/shared/api';
import type { Timeline } from './timeline.ts';

/** The three ways in which a plan looks at time. */
export interface Outlook<T> {
  readonly soonest: T;
  readonly likely: T;
  readonly latest: T;
}

/** The timelines of a plan. They have the same steps and waves. */
export type Timelines = Outlook<Timeline>;

/** The same moment of the three timelines. @param because why there is no latest one, where that is so */
export function timeAt(
  { soonest, likely, latest }: Timelines,
  momentOf: (timeline: Timeline) => number | undefined,
  because: readonly string[],
): PlannedTime {
  const latestMs = momentOf(latest) ?? Number.POSITIVE_INFINITY;
  return {
    ...stamp('soonest', momentOf(soonest)),
    ...stamp('likely', momentOf(likely)),
    ...stamp('latest', latestMs),
    unbounded: Number.isFinite(latestMs) ? [] : because,
  };
}

/** RFC 3339; undefined for never. */
export function momentText(ms: number | undefined): string | undefined {
  return ms === undefined || !Number.isFinite(ms) ? undefined : new Date(ms).toISOString();
}

function stamp<K extends string>(key: K, ms: number | undefined): { readonly [key in K]?: string } {
  const text = momentText(ms);
  return (text === undefined ? {} : { [key]: text }) as { readonly [key in K]?: string };
}
