import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import type { Certificate } from '@reroot/shared/pki';

const dayMs = 86_400_000;

/** Whoever renews by hand has a month; of what lives for less than three, a third: by then programs have renewed it. */
const longestNoticeMs = 30 * dayMs;
const shareOfLife = 1 / 3;

/** Says in the log that a certificate ends soon, or has ended: at once, and then once a day. */
export interface ExpiryNotice {
  /** Looks at the chain that is shown now. */
  look(chain: readonly Certificate[]): void;
}

/** Has said nothing yet. */
export function createExpiryNotice({ clock, log }: { readonly clock: Clock; readonly log: Log }): ExpiryNotice {
  let saidAtMs = Number.NEGATIVE_INFINITY;
  let saidOf = '';
  return {
    look: (chain) => {
      const [first] = chain.toSorted((a, b) => a.notAfterMs - b.notAfterMs);
      if (first === undefined) return;
      const nowMs = clock.now();
      const { fingerprint, notAfterMs, notBeforeMs } = first;
      const leftMs = notAfterMs - nowMs;
      if (leftMs > Math.min(longestNoticeMs, (notAfterMs - notBeforeMs) * shareOfLife)) return;
      const state = `${fingerprint} ${leftMs < 0 ? 'over' : 'soon'}`;
      if (state === saidOf && nowMs - saidAtMs < dayMs) return;
      saidOf = state;
      saidAtMs = nowMs;
      const notAfter = new Date(notAfterMs).toISOString();
      if (leftMs >= 0) log.warn({ notAfter, daysLeft: Math.floor(leftMs / dayMs) }, 'the certificate of the API expires soon');
      else log.error({ code: 'RR_API_TLS_EXPIRED', notAfter }, 'the certificate of the API has expired');
    },
  };
}
