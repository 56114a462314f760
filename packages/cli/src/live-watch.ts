import { type LiveClientOptions, type MeshStatus, openLiveClient } from '@reroot/shared/api';
import { type Clock, systemRandom } from '@reroot/shared/clock';
import { type CommonOptions, readTlsIdentity, readToken } from './connection.ts';

/** A mesh as the live stream of mgmt says it is. */
export interface LiveWatch {
  /** The mesh now; undefined while it is not known by the stream, and is to be asked for. */
  current(): MeshStatus | undefined;
  /** Why there is no stream, where there was none yet and the last attempt has failed. */
  refusal(): string | undefined;
  /** Resolves when something has changed, or after a while. @throws the signal's reason */
  next(waitMs: number, signal: AbortSignal): Promise<void>;
  stop(): void;
}

/** Begins to watch a mesh. */
export type OpenLiveWatch = (mesh: string, clock: Clock) => LiveWatch;

/**
 * How a mesh of the server that the options name is watched.
 * @throws RR_OPTION_INVALID, RR_CONFIG_UNREADABLE
 */
export async function prepareLiveWatch(options: CommonOptions): Promise<OpenLiveWatch> {
  const { server } = options;
  const token = await readToken(options);
  const openSocket = await chooseSocket(options);
  return (mesh, clock) => watch({ server, openSocket, ...(token === undefined ? {} : { token }) }, mesh, clock);
}

async function chooseSocket(options: CommonOptions): Promise<Access['openSocket']> {
  const identity = await readTlsIdentity(options);
  if (identity === undefined) return (url, protocols) => new WebSocket(url, protocols);
  const { createSocketOpener } = await import('./ws-socket.ts');
  return createSocketOpener(identity);
}

type Access = Pick<LiveClientOptions, 'server' | 'token' | 'openSocket'>;

function watch(access: Access, mesh: string, clock: Clock): LiveWatch {
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
  const client = openLiveClient({ ...access, mesh, clock, random: systemRandom, onState, onConnection: wake });
  return {
    current: () => {
      given = now();
      return given;
    },
    refusal: () => {
      const connection = client.connection();
      return connection.kind === 'connecting' ? connection.why : undefined;
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
