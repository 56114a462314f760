import type { JoinFile } from '@reroot/shared/join-file';
import type { LinkRecord } from './link-record.ts';

/** How an agent comes to its link: by what it holds, or by enrolling with the join file. */
export type Way =
  | { readonly kind: 'held'; readonly joinFile: 'none' | 'used' | 'expired' }
  | { readonly kind: 'enrol'; readonly joinFile: JoinFile };

/**
 * A join file that the agent has not come by was given to it to be used: after a revocation, or for another mesh. One that
 * has expired is of no use, and takes nothing away.
 * @param joinFile undefined only when something is held
 */
export function chooseWay({ held }: LinkRecord, joinFile: JoinFile | undefined, nowMs: number): Way {
  if (joinFile === undefined) return { kind: 'held', joinFile: 'none' };
  if (held === undefined) return { kind: 'enrol', joinFile };
  if (joinFile.enrolment.tokenId === held.tokenId) return { kind: 'held', joinFile: 'used' };
  return isExpired(joinFile, nowMs) ? { kind: 'held', joinFile: 'expired' } : { kind: 'enrol', joinFile };
}

/** Whether its time is up, by the agent's clock. */
export function isExpired({ enrolment }: JoinFile, nowMs: number): boolean {
  return nowMs >= Date.parse(enrolment.expiresAt);
}
