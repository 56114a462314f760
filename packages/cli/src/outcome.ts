import type { MeshStatus } from '@reroot/shared/api';

/** How a rotation ended, or that it stands still until an operator acts on its failure. */
export interface Outcome {
  readonly outcome: 'finished' | 'failed' | 'rolled-back';
  readonly message: string;
  /** What to do, where it is not what the catalogue says of a rotation that has failed. */
  readonly remedy?: string;
}

const over = 'look at `reroot history` for the reason, and start another one with `reroot rotate`';

const overAdoption = 'look at `reroot history` for the reason, and start another one with `reroot mesh adopt`';

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
      return {
        outcome: 'rolled-back',
        message: 'the rotation was rolled back; the mesh is on the root it had before',
        remedy: over,
      };
    case 'VERIFIED':
      // At PREVIOUS_CA it settles by itself.
      if (direction === 'forward' || step === 'PREVIOUS_CA') return undefined;
      return { outcome: 'rolled-back', message: `the rotation was rolled back to ${step} and waits for an operator` };
    default:
      return undefined;
  }
}

/** An adoption leads to the root that the mesh is on: that its clusters are held back again tells that it was taken back. */
function isHeldBack(clusters: MeshStatus['clusters'], { rotation }: MeshStatus): boolean {
  const adopted = Object.keys(rotation?.origins ?? {});
  return clusters.some(({ name, membership }) => adopted.includes(name) && membership === 'returning');
}

/** The rotation is closed, and perhaps another one has begun: the roots tell how it ended. */
function outcomeOfPast({ state, roots, rotation, clusters }: MeshStatus, started: MeshStatus): Outcome {
  if (isHeldBack(clusters, started)) return { outcome: 'failed', message: 'the adoption was aborted', remedy: overAdoption };
  const inForce = rotation?.oldRoot ?? roots.find(({ role }) => role === 'current')?.fingerprint;
  if (inForce !== undefined && inForce === started.rotation?.newRoot) {
    return { outcome: 'finished', message: 'the rotation has finished' };
  }
  // One that was rolled back is shown until the next one begins; only an abort leaves none.
  return state === 'NOT_ROTATING' && inForce === started.rotation?.oldRoot
    ? { outcome: 'failed', message: 'the rotation was aborted', remedy: over }
    : { outcome: 'failed', message: 'the rotation is closed, and its new root is not the current one', remedy: over };
}
