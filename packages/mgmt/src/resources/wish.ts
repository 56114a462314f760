import type { Condition } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { isResting } from './project-mesh.ts';

/** What a stored wish is for: it was written for one moment of one rotation, by somebody, for a reason. */
export interface Wish {
  readonly rotation: string;
  readonly step: string;
  readonly generation: number;
  readonly requestedBy: string;
  readonly why: string;
}

/** How a rotation stands now. */
export interface WishMoment {
  readonly rotation: string | undefined;
  readonly step: string;
  readonly generation: number;
}

/**
 * Refuses a wish for another moment: it may have lain there while the mesh went on.
 * @throws RR_APPROVAL_STALE
 */
export function requireMoment(wish: Wish, now: WishMoment): void {
  if (wish.rotation === now.rotation && wish.step === now.step && wish.generation === now.generation) return;
  const [meant, is] = [wish, now].map(
    ({ rotation = 'none', step, generation }) => `rotation ${rotation}, ${step}, generation ${generation}`,
  );
  throw new RerootError('RR_APPROVAL_STALE', `it is for ${meant}; now is ${is}`);
}

/**
 * Whether the history has the very act: then it was carried out, and what was said of it was lost. Each answer raises the generation
 * by one, and a rotation that is aborted ends.
 * @param entries those of the rotation
 */
export function wasCarriedOut({ generation, requestedBy, why }: Wish, entries: readonly Condition[]): boolean {
  return entries.some(
    (entry) => entry.message.includes(`by ${requestedBy}: ${why}`) && (entry.generation === generation + 1 || isResting(entry)),
  );
}

/**
 * Whether what was refused stays refused: it was asked for in a way, or in a state, that waiting does not change.
 * Where something could not be reached, it is tried again.
 */
export function isFinal({ code, entry }: RerootError): boolean {
  if (
    code === 'RR_API_PRECONDITION' ||
    code === 'RR_STORE_CONFLICT' ||
    code === 'RR_STORE_DEPOSED' ||
    code === 'RR_API_NOT_READY'
  )
    return false;
  return entry.exit === 2 || entry.exit === 4;
}
