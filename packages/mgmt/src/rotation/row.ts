import type { Strategy } from '@reroot/shared/api';
import { assertNever } from '@reroot/shared/errors';
import type { Nudge, Step } from '@reroot/shared/protocol';
import { entryOf } from './entry-of.ts';
import type { Origin, Rotation, RotationRecord } from './record.ts';

/** What a cluster shall hold. */
export interface TrustRow {
  readonly step: Step;
  /** Fingerprints, oldest first. */
  readonly roots: readonly string[];
  /** Fingerprint of the one of `roots` that signs. */
  readonly signer: string;
  readonly nudge: Nudge;
}

/**
 * The rows that a strategy passes through, in order. Two neighbours of MULTI_ROOT are compatible: whoever holds one
 * verifies, and is verified by, whoever holds the other. Rows two apart are not, and neither are the two of NONE.
 */
export const paths = {
  MULTI_ROOT: ['PREVIOUS_CA', 'ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'],
  NONE: ['PREVIOUS_CA', 'DELETING_OLD_ROOT'],
} as const satisfies Record<Strategy, readonly Step[]>;

/** The row after `step` on the strategy's path; undefined after the last. */
export function rowAfter(strategy: Strategy, step: Step): Step | undefined {
  const path: readonly Step[] = paths[strategy];
  return path[path.indexOf(step) + 1];
}

/** The row before `step` on the strategy's path; undefined before the first. */
export function rowBefore(strategy: Strategy, step: Step): Step | undefined {
  const path: readonly Step[] = paths[strategy];
  return path[path.indexOf(step) - 1];
}

/** Whether a row asks for trust in more than one root. */
export function isOverlap(step: Step): boolean {
  return step === 'ADDING_NEW_ROOT' || step === 'PROPAGATING_NEW_INTERMEDIATE';
}

/** Whether the new root signs at a step. */
export function isSignedByTarget(step: Step): boolean {
  return step === 'PROPAGATING_NEW_INTERMEDIATE' || step === 'DELETING_OLD_ROOT';
}

/**
 * The row that the record puts in force.
 * @param cluster one that comes from elsewhere has a signer of its own; without it, the row of all others
 */
export function rowOf(record: RotationRecord, cluster?: string): TrustRow {
  const { rotation, step, currentRoot, provenAtMs } = record;
  if (rotation === undefined) return restingRow(step, currentRoot);
  // A row that was proven before, nudge included, needs no other: it would make every proxy ask again for nothing.
  const nudge = provenAtMs === undefined ? nudgeOf(step, record.enteredFrom, rotation) : 'laggards';
  return { step, ...trustOf(rotation, step, cluster), nudge };
}

/** The row that clusters hold which no wave of the step has reached yet. They were proven to hold it. */
export function baseRowOf({ rotation, base, currentRoot }: RotationRecord, cluster?: string): TrustRow {
  if (rotation === undefined) return restingRow(base.step, currentRoot);
  return { step: base.step, ...trustOf(rotation, base.step, cluster), nudge: 'laggards' };
}

/** Whether two rows ask for the same trust and the same signer. */
export function sameTrust(a: Pick<TrustRow, 'roots' | 'signer'>, b: Pick<TrustRow, 'roots' | 'signer'>): boolean {
  return a.signer === b.signer && a.roots.length === b.roots.length && a.roots.every((root) => b.roots.includes(root));
}

/** Whether workloads of both rows verify each other: each trusts the signer of the other. */
export function areAdjacent(a: Pick<TrustRow, 'roots' | 'signer'>, b: Pick<TrustRow, 'roots' | 'signer'>): boolean {
  return a.roots.includes(b.signer) && b.roots.includes(a.signer);
}

function restingRow(step: Step, root: string): TrustRow {
  return { step, roots: [root], signer: root, nudge: 'laggards' };
}

/**
 * What a cluster trusts, and who signs in it, at a step. While old roots are trusted beside the new one, all of them are, in every
 * cluster: that is what lets each of them go on with its own signer until the new root signs.
 */
export function trustOf(rotation: Rotation, step: Step, cluster?: string): Origin {
  const origin = originOf(rotation, cluster);
  switch (step) {
    case 'PREVIOUS_CA':
      return origin;
    case 'ADDING_NEW_ROOT':
      return { roots: overlapOf(rotation), signer: origin.signer };
    case 'PROPAGATING_NEW_INTERMEDIATE':
      return { roots: overlapOf(rotation), signer: rotation.target };
    case 'DELETING_OLD_ROOT':
      return { roots: [rotation.target], signer: rotation.target };
    default:
      return assertNever(step);
  }
}

/** What a cluster held before the rotation. */
export function originOf({ origins, old }: Pick<Rotation, 'origins' | 'old'>, cluster: string | undefined): Origin {
  return (cluster === undefined ? undefined : entryOf(origins, cluster)) ?? { roots: [old], signer: old };
}

/** Each root once: the mesh may be on the root already that the others come to. */
function overlapOf({ old, alsoOld = [], target }: Rotation): readonly string[] {
  return [...new Set([old, ...alsoOld, target])];
}

/**
 * A bundle that only grows changes its bytes, and that already makes every proxy ask; whoever then missed it is a
 * laggard. A changed signer moves no bytes at all, and after a shrunk bundle a proxy told by a fresh replica may have
 * asked a late one: both need the nudge once every replica is proven, and never before, or it is lost.
 */
function nudgeOf(step: Step, enteredFrom: RotationRecord['enteredFrom'], { emergency }: Rotation): Nudge {
  // In an emergency nothing is left to chance: every row makes every proxy ask at once.
  if (emergency?.approval !== undefined) return 'when-loaded';
  const grows = enteredFrom === 'below' ? step === 'ADDING_NEW_ROOT' : step === 'PROPAGATING_NEW_INTERMEDIATE';
  return grows ? 'laggards' : 'when-loaded';
}
