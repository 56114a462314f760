import type { Certificate } from '../pki/index.ts';

/** Share of the lifetime that is left when an intermediate is renewed, where mgmt names none. */
export const defaultGraceRatio = 0.2;

/** An intermediate must serve for a part of its life, or a new one would be due at once. */
const maxGraceRatio = 0.8;

/** By how much of the grace period a renewal comes early at the most. */
const maxJitterShare = 0.1;

/** What the moment of a renewal depends on. */
export type Renewable = Pick<Certificate, 'fingerprint' | 'notBeforeMs' | 'notAfterMs'>;

/**
 * The moment from which an intermediate is renewed under the same root. Agents of a fleet whose intermediates were
 * issued together must not all come back together, so each moment is moved earlier, by what the fingerprint says: the
 * same certificate always gives the same moment.
 * @param graceRatio share of the lifetime that is left then, below 1; 0 for a fifth. More than 0.8 counts as 0.8
 */
export function renewalDueAtMs({ fingerprint, notBeforeMs, notAfterMs }: Renewable, graceRatio: number): number {
  const ratio = graceRatio > 0 ? Math.min(graceRatio, maxGraceRatio) : defaultGraceRatio;
  const jitter = maxJitterShare * (Number.parseInt(fingerprint.slice(0, 8), 16) / 2 ** 32);
  return Math.floor(notAfterMs - (notAfterMs - notBeforeMs) * ratio * (1 + jitter));
}

/** Whether an intermediate must be renewed; `renewalDueAtMs` has the rule. */
export function isRenewalDue(certificate: Renewable, graceRatio: number, nowMs: number): boolean {
  return nowMs > renewalDueAtMs(certificate, graceRatio);
}
