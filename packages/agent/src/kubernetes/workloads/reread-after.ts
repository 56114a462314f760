import { assertNever } from '@reroot/shared/errors';
import type { UnreadReason } from '../../cluster/cluster.ts';

/** How a look into a proxy went, as far as it matters for the next. */
export type Outlook =
  /** It holds what it should. */
  | { readonly kind: 'settled' }
  /** It does not, and nothing about it has changed for so long. */
  | { readonly kind: 'lagging'; readonly forMs: number }
  | { readonly kind: 'failed'; readonly why: UnreadReason; readonly inARow: number };

/** What bounds the pace. */
export interface Pace {
  /** How old a reading may be at the most. */
  readonly rereadAfterMs: number;
  readonly maxReadsPerSecond: number;
  /** How many proxies lag now. */
  readonly lagging: number;
  /** In [0, 1). */
  readonly random: () => number;
}

const soonMs = 500;
const failedCapMs = 60_000;
/** A laggard is looked into again after this share of the time that it lags: what is seen late is late by a hundredth. */
const lagShare = 0.01;
/** Laggards together take this share of the reads that are allowed. */
const laggardsShare = 0.5;
/** A reading is renewed before it is too old, at different times for different proxies. */
const renewShare = { from: 0.5, until: 0.75 };

/** How long to wait until the next look into a proxy. */
export function rereadAfter(outlook: Outlook, { rereadAfterMs, maxReadsPerSecond, lagging, random }: Pace): number {
  const renewMs = rereadAfterMs * (renewShare.from + (renewShare.until - renewShare.from) * random());
  switch (outlook.kind) {
    case 'settled':
      return renewMs;
    case 'lagging': {
      const fairMs = (lagging * 1_000) / (maxReadsPerSecond * laggardsShare);
      return Math.min(renewMs, Math.max(soonMs, outlook.forMs * lagShare, fairMs));
    }
    case 'failed':
      return afterFailure(outlook.why, outlook.inARow, renewMs);
    default:
      return assertNever(outlook);
  }
}

function afterFailure(why: UnreadReason, inARow: number, renewMs: number): number {
  switch (why) {
    case 'unreachable':
      return Math.min(failedCapMs, soonMs * 2 ** (inARow - 1));
    case 'forbidden':
      return failedCapMs;
    case 'unsupported':
    case 'not-asked':
      return renewMs;
    default:
      return assertNever(why);
  }
}
