import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { KubeApi, WatchEvent } from './kube-api.ts';

/** One watch. */
export interface Following {
  readonly api: Pick<KubeApi, 'watch'>;
  /** With its query. */
  readonly path: string;
  readonly clock: Clock;
  /** A watch that brings nothing for this long, no bookmark either, is taken to be dead. */
  readonly idleMs: number;
  /** When the server should have ended it; shortly after that it is ended from here. */
  readonly endsAtMs: number;
  readonly onOpen: () => void;
  readonly onEvent: (event: WatchEvent) => void;
}

/** What a server that does end its watches may be late by. */
const graceMs = 15_000;

/**
 * Follows one watch until the server ends it, `ended`, or it has gone silent.
 * @throws what the watch, or `onEvent`, throws; the signal's reason
 */
export async function followWatch(following: Following, signal: AbortSignal): Promise<'ended' | 'silent'> {
  const { api, path, clock, onOpen, onEvent } = following;
  const stop = new AbortController();
  const inner = AbortSignal.any([signal, stop.signal]);
  const guard = { lastAtMs: clock.now() };
  const guarding = guardWatch(following, guard, stop, inner);
  try {
    for await (const event of api.watch(path, inner, onOpen)) {
      guard.lastAtMs = clock.now();
      onEvent(event);
    }
    return 'ended';
  } catch (error) {
    if (error === overdue) return 'ended';
    if (error === silent) return 'silent';
    throw error;
  } finally {
    stop.abort(overdue);
    await guarding;
  }
}

/** Reasons of watches that are ended from here. */
const overdue = new RerootError('RR_INTERNAL', 'the watch has lasted long enough');
const silent = new RerootError('RR_INTERNAL', 'the watch has gone silent');

/** Aborts `stop` when the watch is silent for too long or lasts too long. Never rejects. */
async function guardWatch(
  { clock, idleMs, endsAtMs }: Following,
  guard: { readonly lastAtMs: number },
  stop: AbortController,
  signal: AbortSignal,
): Promise<void> {
  const latestMs = endsAtMs + graceMs;
  while (!signal.aborted) {
    const nowMs = clock.now();
    const silentAtMs = guard.lastAtMs + idleMs;
    if (nowMs >= latestMs) stop.abort(overdue);
    else if (nowMs >= silentAtMs) stop.abort(silent);
    else await clock.sleep(Math.min(latestMs, silentAtMs) - nowMs, signal).catch(() => undefined);
  }
}
