import type { AcceptedTrust } from '../cluster/cluster.ts';

/** What stands for "nothing was ever accepted": below every pair that mgmt sends. */
export const nothingAccepted: AcceptedTrust = { term: 0, generation: 0 };

/** Orders two pairs, the term first: negative when `a` is older than `b`, 0 when they are the same. */
export function compareAccepted(a: AcceptedTrust, b: AcceptedTrust): number {
  return a.term - b.term || a.generation - b.generation;
}
