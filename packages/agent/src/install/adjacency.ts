import { containsAll } from '../trust/signer-root.ts';
import type { TrustRow } from '../trust/trust-row.ts';

/**
 * Whether workloads of both rows verify each other in both directions: each row trusts the signer of the other. Only
 * then may a cluster go from one to the other, for during the change it holds both.
 */
export function areAdjacent(a: TrustRow, b: TrustRow): boolean {
  return containsAll(b.roots, [a.signerRoot]) && containsAll(a.roots, [b.signerRoot]);
}
