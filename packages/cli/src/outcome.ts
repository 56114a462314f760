import type { MeshStatus } from '@reroot/shared/api';

/** How a rotation ended, or that it stands still until an operator acts on its failure. */
export interface Outcome {
  readonly outcome: 'finished' | 'failed';
  readonly message: string;
}

/**
 * Tells from a mesh's present state how the rotation that was started earlier ended.
 * @returns undefined while it is under way
 */
export function outcomeOf(status: MeshStatus, started: MeshStatus): Outcome | undefined {
  const { state, step, direction, rotation, verdict } = status;
  if (rotation?.id !== started.rotation?.id) return outcomeOfPast(status, started);
  switch (state) {
    case 'FINISHED':
      return { outcome: 'finished', message: 'the rotation has finished' };
    case 'FAILED':
      return { outcome: 'failed', message: `the rotation failed at ${step}: ${verdict.message}` };
    case 'PREVIOUS_CA':
      return { outcome: 'failed', message: 'the rotation was rolled back; the mesh is on the root it had before' };
    case 'VERIFIED':
      // At PREVIOUS_CA it settles by itself.
      if (direction === 'forward' || step === 'PREVIOUS_CA') return undefined;
      return { outcome: 'failed', message: `the rotation was rolled back to ${step} and waits for an operator` };
    default:
      return undefined;
  }
}

/** The rotation is closed, and perhaps another one has begun: the roots tell how it ended. */
function outcomeOfPast({ roots, rotation }: MeshStatus, started: MeshStatus): Outcome {
  const newRoot = started.rotation?.newRoot;
  const inForce = rotation?.oldRoot ?? roots.find(({ role }) => role === 'current')?.fingerprint;
  return newRoot !== undefined && inForce === newRoot
    ? { outcome: 'finished', message: 'the rotation has finished' }
    : { outcome: 'failed', message: 'the rotation is closed, and its new root is not the current one' };
}
