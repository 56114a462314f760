import { RerootError } from '@reroot/shared/errors';
import { sha256Hex } from '@reroot/shared/pki';
import type { AcceptedRow, AcceptedTrust } from '../cluster/cluster.ts';
import type { TrustRow } from './trust-row.ts';

/** What stands for "nothing was ever accepted": below every pair that mgmt sends. */
export const nothingAccepted: AcceptedTrust = { term: 0, generation: 0 };

/** Orders two pairs, the term first: negative when `a` is older than `b`, 0 when they are the same. */
export function compareAccepted(a: AcceptedTrust, b: AcceptedTrust): number {
  return a.term - b.term || a.generation - b.generation;
}

/** Names a row, `[roots | signer]`; the order of the roots plays no part, for trust is a set. */
export function digestRow({ roots, signerRoot }: TrustRow): string {
  const trusted = [...new Set(roots.map(({ fingerprint }) => fingerprint))].toSorted();
  return sha256Hex([...trusted, signerRoot.fingerprint].join(' ')).slice(0, 32);
}

/** What is remembered of desired trust once it was accepted. */
export function acceptedOf(desired: AcceptedTrust & TrustRow): AcceptedRow {
  return { term: desired.term, generation: desired.generation, rowDigest: digestRow(desired) };
}

/**
 * Refuses what a deposed or broken mgmt could offer after something else was accepted. The same pair with the same row
 * is what every resync offers.
 * @param accepted undefined while nothing was
 * @throws RR_TRUST_STALE when the offer is older; RR_TRUST_CONTRADICTORY when it is as old and another row
 */
export function requireNewerOrSame(offered: AcceptedTrust & TrustRow, accepted: AcceptedRow | undefined): void {
  if (accepted === undefined) return;
  const order = compareAccepted(offered, accepted);
  if (order < 0) {
    throw new RerootError('RR_TRUST_STALE', `desired trust of ${describe(offered)} after ${describe(accepted)} was refused`);
  }
  if (order === 0 && digestRow(offered) !== accepted.rowDigest) {
    const row = describeRow(offered);
    throw new RerootError('RR_TRUST_CONTRADICTORY', `${row} was refused: ${describe(offered)} was accepted with another row`);
  }
}

/**
 * Refuses an answer of an mgmt that is not in force any more: it could sign under a root of yesterday.
 * @throws RR_ISSUE_STALE
 */
export function requireTermInForce(term: number, accepted: AcceptedTrust): void {
  if (term >= accepted.term) return;
  throw new RerootError('RR_ISSUE_STALE', `an intermediate of term ${term} was refused: term ${accepted.term} is in force`);
}

function describe({ term, generation }: AcceptedTrust): string {
  return `term ${term} generation ${generation}`;
}

/** `[roots | signer]`, fingerprints cut to what a person compares. */
export function describeRow({ roots, signerRoot }: TrustRow): string {
  const short = ({ fingerprint }: { fingerprint: string }) => fingerprint.slice(0, 8);
  return `[${roots.map(short).join('+')} | ${short(signerRoot)}]`;
}
