import type { ApiClient, MeshStatus } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';

/** What is followed, and how closely. */
export interface FollowOptions {
  readonly client: ApiClient;
  readonly mesh: string;
  readonly clock: Clock;
  readonly intervalMs: number;
  readonly signal: AbortSignal;
  /** Told each time that mgmt does not answer. */
  readonly onLost: (error: RerootError) => void;
}

/** mgmt is not there or not ready, or others who go by the same name ask it much. */
const notNow: readonly number[] = [429, 503];

/**
 * Reads a mesh again and again. mgmt may be restarted meanwhile: what says "not now" is tried again for as long as the
 * signal allows.
 * @throws the signal's reason when it aborts; any other error of mgmt
 */
export async function* followMesh(options: FollowOptions): AsyncGenerator<MeshStatus, never> {
  const { client, mesh, clock, intervalMs, signal } = options;
  for (;;) {
    const status = await readOrLose(client, mesh, options);
    if (status !== undefined) yield status;
    await clock.sleep(intervalMs, signal);
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
