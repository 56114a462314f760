import { type MeshStatus, openLiveClient } from '@reroot/shared/api';
import { type Clock, systemRandom } from '@reroot/shared/clock';
import { type CommonOptions, readToken } from './connection.ts';

/** A mesh as the live stream of mgmt says it is. */
export interface LiveWatch {
  /** The mesh now; undefined while it is not known by the stream, and is to be asked for. */
  current(): MeshStatus | undefined;
  /** Resolves when something has changed, or after a while. @throws the signal's reason */
  next(waitMs: number, signal: AbortSignal): Promise<void>;
  stop(): void;
}

/** Begins to watch a mesh. */
export type OpenLiveWatch = (mesh: string, clock: Clock) => LiveWatch;

/**
 * How a mesh of the server that the options name is watched.
 * @returns undefined where the server is reached by certificates of one's own, which the WebSocket of Node cannot be given
 * @throws RR_CONFIG_UNREADABLE
 */
export async function prepareLiveWatch(options: CommonOptions): Promise<OpenLiveWatch | undefined> {
  const { server, caFile, certFile } = options;
  if (caFile !== undefined || certFile !== undefined) return undefined;
  const token = await readToken(options);
  return (mesh, clock) => watch({ server, ...(token === undefined ? {} : { token }) }, mesh, clock);
}

function watch(access: { readonly server: string; readonly token?: string }, mesh: string, clock: Clock): LiveWatch {
  let changed = new AbortController();
  let given: MeshStatus | undefined;
  const wake = (): void => {
    changed.abort();
    changed = new AbortController();
  };
  const now = (): MeshStatus | undefined =>
    client.connection().kind === 'live' ? client.state()?.meshes.find((each) => each.mesh === mesh) : undefined;
  const onState = (): void => {
    if (now() !== given) wake();
  };
  const openSocket = (url: string, protocols: string[]): WebSocket => new WebSocket(url, protocols);
  const client = openLiveClient({ ...access, mesh, clock, random: systemRandom, openSocket, onState, onConnection: wake });
  return {
    current: () => {
      given = now();
      return given;
    },
    next: async (waitMs, signal) => {
      // What has changed while the last one was shown is not waited for.
      const woken = now() === given ? changed.signal : AbortSignal.abort();
      try {
        await clock.sleep(waitMs, AbortSignal.any([signal, woken]));
      } catch (thrown) {
        signal.throwIfAborted();
        if (!woken.aborted) throw thrown;
      }
    },
    stop: () => client.stop(),
  };
}
