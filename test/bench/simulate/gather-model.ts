import { oftenTimes } from '@reroot/shared/transport';
import type { Timeline } from './timeline.ts';

/**
 * What comes to mgmt's connection: at once where it comes seldom, else with all that has come within some milliseconds.
 * @returns hands on what has come
 */
export function createGatherModel(timeline: Timeline, gatherMs: number): (arrived: () => void) => void {
  let lastAtMs = Number.NEGATIVE_INFINITY;
  let gathered: (() => void)[] | undefined;
  const read = (pieces: readonly (() => void)[]): void => {
    const nowMs = timeline.nowMs();
    const comesOften = nowMs - lastAtMs < oftenTimes * gatherMs;
    lastAtMs = nowMs;
    if (comesOften) {
      gathered = [];
      timeline.after(gatherMs, resume);
    }
    for (const piece of pieces) piece();
  };
  const resume = (): void => {
    const pieces = gathered ?? [];
    gathered = undefined;
    if (pieces.length > 0) read(pieces);
  };
  return (arrived) => {
    if (gathered === undefined) read([arrived]);
    else gathered.push(arrived);
  };
}
