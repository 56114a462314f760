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
  readonly openLive: OpenLiveWatch;
  readonly signal: AbortSignal;
  /** Told each time that mgmt does not answer. */
  readonly onLost: (error: RerootError) => void;
  /** Told once where mgmt answers, and its live stream is not to be had. */
  readonly onNoStream: (why: string) => void;
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
  const { client, mesh, clock, intervalMs, signal, openLive, onNoStream } = options;
  const live = openLive(mesh, clock);
  let told = false;
  try {
    for (;;) {
      const streamed = live.current();
      const status = streamed ?? (await readOrLose(client, mesh, options));
      const refusal: string | undefined = streamed === undefined && status !== undefined && !told ? live.refusal() : undefined;
      if (refusal !== undefined) onNoStream(refusal);
      told ||= refusal !== undefined;
      if (status !== undefined) yield status;
      await live.next(intervalMs, signal);
    }
  } finally {
    live.stop();
  }
}

/** For whoever follows: a change is seen a little later. */
export function noStreamText(why: string): string {
  return `there is no live stream (${why}): mgmt is asked again and again instead`;
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
