import { RerootError } from '@reroot/shared/errors';

/** Whether a copy of a collection is as the collection is now. */
export interface Currency {
  /** It has been listed, or an event has come: it is right at this moment. */
  confirm(): void;
  /** A watch has been opened: while it stands, the copy is right. */
  open(): void;
  /** The watch is over. `silent`: nobody knows since when it brought nothing more. */
  close(how: 'ended' | 'silent'): void;
  /** Something failed. What the cluster forbids is a problem at once, and until a watch is open. */
  fail(error: RerootError): void;
  /** @returns what is wrong while the copy may be old; undefined while it is current */
  problem(): RerootError | undefined;
}

/** A watch that stands for less than this is none: it may not have brought what happened before it began. */
const settleMs = 1_000;

/** Of a copy that has not been made yet. */
export function createCurrency(now: () => number, staleAfterMs: number, what: string): Currency {
  let confirmedAtMs: number | undefined;
  let openSinceMs: number | undefined;
  let forbidden: RerootError | undefined;
  let lastError = new RerootError('RR_CLUSTER_UNREACHABLE', `${what} has not been listed yet`);
  const stands = (): boolean => openSinceMs !== undefined && now() - openSinceMs >= settleMs;
  return {
    confirm: () => {
      confirmedAtMs = now();
    },
    open: () => {
      openSinceMs = now();
      forbidden = undefined;
    },
    close: (how) => {
      if (how === 'silent') lastError = new RerootError('RR_CLUSTER_UNREACHABLE', `the watch of ${what} went silent`);
      else if (stands()) confirmedAtMs = now();
      else lastError = new RerootError('RR_CLUSTER_UNREACHABLE', `the watch of ${what} ends as soon as it begins`);
      openSinceMs = undefined;
    },
    fail: (error) => {
      lastError = error;
      if (error.code === 'RR_CLUSTER_FORBIDDEN') forbidden = error;
    },
    problem: () => {
      if (confirmedAtMs === undefined) return lastError;
      const current = stands() || now() - confirmedAtMs <= staleAfterMs;
      return forbidden ?? (current ? undefined : lastError);
    },
  };
}
