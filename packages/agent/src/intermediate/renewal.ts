import type { Certificate } from '@reroot/shared/pki';

/** Share of the lifetime that is left when an intermediate is renewed. */
const renewAtShare = 0.2;

/** Whether less than a fifth of the certificate's lifetime is left. */
export function isRenewalDue(
  { notBeforeMs, notAfterMs }: Pick<Certificate, 'notBeforeMs' | 'notAfterMs'>,
  nowMs: number,
): boolean {
  return notAfterMs - nowMs < (notAfterMs - notBeforeMs) * renewAtShare;
}
