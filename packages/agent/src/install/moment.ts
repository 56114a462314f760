import type { CaSecret, Workload } from '../cluster/cluster.ts';

/**
 * The proof is dated by the clock of the agent, the start of a workload by that of its node. Clocks that are kept by NTP are
 * much nearer to each other; what starts in between counts as started before.
 */
export const clockMarginMs = 2_000;

/** Kubernetes cuts the start of a container to whole seconds: one that starts later may seem to have started before. */
const wholeSecondMs = 1_000;

/**
 * Since when every replica has been proven to hold the files of a Secret; undefined while that is not known. What was
 * noted before somebody else changed the files, or before a clock was put back, says nothing about these files.
 */
export function momentOfProof({ annotations, editedBy }: Pick<CaSecret, 'annotations' | 'editedBy'>): number | undefined {
  if (annotations?.provenAtMs === undefined || editedBy.length > 0) return undefined;
  return annotations.provenAtMs >= annotations.filesWrittenAtMs ? annotations.provenAtMs : undefined;
}

/** Whether a workload has certainly been started after that moment, so that whoever signed for it held the files. */
export function isStartedAfter({ startedAtMs }: Pick<Workload, 'startedAtMs'>, provenAtMs: number): boolean {
  return startedAtMs >= provenAtMs + clockMarginMs;
}

/** From when on a start will certainly be seen as one after that moment. */
export function startsCountFromMs(provenAtMs: number): number {
  return provenAtMs + clockMarginMs + wholeSecondMs;
}
