import type { Step } from '@reroot/shared/protocol';
import { sameTrust, type TrustRow } from './row.ts';

/**
 * The next row on the way from what a cluster is proven to hold to what it shall hold. Each row of the way is
 * compatible with the one before it, whatever the two ends are: first the missing roots are added, then the signer is
 * changed, then the roots that are not wanted go.
 * @returns undefined when the cluster holds what it shall hold
 */
export function bridge(held: Pick<TrustRow, 'roots' | 'signer'>, goal: TrustRow): TrustRow | undefined {
  if (sameTrust(held, goal)) return undefined;
  const missing = goal.roots.filter((root) => !held.roots.includes(root));
  const union = [...held.roots, ...missing];
  if (missing.length > 0) {
    const arrives = held.signer === goal.signer && union.length === goal.roots.length;
    return way(union, held.signer, arrives ? goal.step : 'ADDING_NEW_ROOT', 'laggards');
  }
  if (held.signer !== goal.signer) {
    const arrives = union.length === goal.roots.length;
    return way(union, goal.signer, arrives ? goal.step : 'PROPAGATING_NEW_INTERMEDIATE', 'when-loaded');
  }
  return way(goal.roots, goal.signer, goal.step, 'when-loaded');
}

function way(roots: readonly string[], signer: string, step: Step, nudge: TrustRow['nudge']): TrustRow {
  return { step, roots, signer, nudge };
}
