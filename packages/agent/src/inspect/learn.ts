import type { Clock } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import { withDeadline } from '@reroot/shared/lifecycle';
import { type Fact, known, unknown } from '@reroot/shared/protocol';

/** How long one fact may take. mgmt waits for all of them. */
export const factTimeoutMs = 4_000;

/** What learning works with. */
export interface LearnOptions {
  readonly clock: Clock;
  /** Aborts all of it. */
  readonly signal: AbortSignal;
}

/**
 * Reads one fact, with a deadline of its own, so that one that hangs hides none of the others.
 * @throws the signal's reason alone
 */
export async function learn<T>({ clock, signal }: LearnOptions, read: (signal: AbortSignal) => Promise<T>): Promise<Fact<T>> {
  const deadline = { ms: factTimeoutMs, clock, signal, code: 'RR_CLUSTER_UNREACHABLE', who: 'the cluster' } as const;
  try {
    return known(await withDeadline(deadline, read));
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = toRerootError(error);
    return unknown(`${code}: ${message}`);
  }
}
