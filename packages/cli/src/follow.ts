import type { ApiClient, MeshStatus } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { OpenLiveWatch } from './live-watch.ts';

/** What is followed, and how closely. */
export interface FollowOptions {
  readonly client: ApiClient;
  readonly mesh: string;
  readonly clock: Clock;
  readonly intervalMs: number;
  /** How the live stream is followed; left out where it cannot be. */
  readonly openLive?: OpenLiveWatch | undefined;
  readonly signal: AbortSignal;
  /** Told each time that mgmt does not answer. */
  readonly onLost: (error: RerootError) => void;
}

/** mgmt is not there or not ready, or others who go by the same name ask it much. */
const notNow: readonly number[] = [429, 503];

/**
 * Gives a mesh as it changes, and again and again for whoever shows how old things are: by the live stream while that stands, and
 * else by asking. mgmt may be restarted meanwhile: what says "not now" is tried again for as long as the
 * signal allows.
 * @throws the signal's reason when it aborts; any other error of mgmt
 */
export async function* followMesh(options: FollowOptions): AsyncGenerator<MeshStatus, never> {
  const { client, mesh, clock, intervalMs, signal, openLive } = options;
  const live = openLive?.(mesh, clock);
  try {
    for (;;) {
      const status = live?.current() ?? (await readOrLose(client, mesh, options));
      if (status !== undefined) yield status;
      await (live === undefined ? clock.sleep(intervalMs, signal) : live.next(intervalMs, signal));
    }
  } finally {
    live?.stop();
  }
}

async function readOrLose(client: ApiClient, mesh: string, { signal, onLost }: FollowOptions): Promise<MeshStatus | undefined> {
  try {
    return await client.readMesh(mesh, signal);
  } catch (thrown) {
    if (!(thrown instanceof RerootError) || !notNow.includes(thrown.entry.status)) throw thrown;
    onLost(thrown);
    return undefined;
  }
}
