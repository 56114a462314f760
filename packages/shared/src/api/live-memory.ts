import { applyLiveDelta } from './apply-live-delta.ts';
import type { LiveEvent, LiveGap, LiveHello, LiveMessage } from './live-messages.ts';
import type { MeshStatus } from './mesh-status.ts';

/** What mgmt has said of all meshes that are followed. Never changed: each change makes another one. */
export interface LiveState {
  /** By mgmt's clock, RFC 3339. */
  readonly at: string;
  /** Sorted by name. A mesh, and a cluster in it, that has not changed is the same object as before. */
  readonly meshes: readonly MeshStatus[];
}

/** Who is told what comes. */
export interface LiveListeners {
  /** With each message; `meshes` is the same as before where nothing but the time has changed. */
  readonly onState?: (state: LiveState) => void;
  /** Each event once, in order. */
  readonly onEvents?: (events: readonly LiveEvent[]) => void;
  /** Events were lost. Those that are still to be had follow. */
  readonly onGap?: (gap: LiveGap) => void;
}

/** What a client knows, whatever becomes of its connection. */
export interface LiveMemory {
  state(): LiveState | undefined;
  cursor(): string | undefined;
  /** What a new connection begins with. */
  opening(): LiveHello;
  /** @returns `misfit` when it is nothing that mgmt can have meant for this client, which then begins anew with a snapshot */
  take(data: unknown): 'taken' | 'misfit';
}

/** Knows nothing but, perhaps, a cursor. */
export function createLiveMemory(options: LiveListeners & Pick<LiveHello, 'resume' | 'mesh' | 'events'>): LiveMemory {
  const { mesh, events, onState, onEvents, onGap } = options;
  let cursor = options.resume;
  let state: LiveState | undefined;
  const misfit = (): 'misfit' => {
    state = undefined;
    return 'misfit';
  };
  return {
    state: () => state,
    cursor: () => cursor,
    opening: () => ({
      type: 'hello',
      ...(cursor === undefined ? {} : { resume: cursor, holds: state === undefined ? 'nothing' : 'state' }),
      ...(mesh === undefined ? {} : { mesh }),
      ...(events === undefined ? {} : { events }),
    }),
    take: (data) => {
      const message = parseMessage(data);
      if (message === undefined) return misfit();
      const meshes = meshesAfter(message, state?.meshes);
      if (meshes === 'misfit') return misfit();
      cursor = message.cursor;
      if (meshes !== undefined) state = { at: message.at, meshes };
      if (message.type === 'events') onEvents?.(message.events);
      if (message.type === 'gap') onGap?.(message);
      if (state !== undefined) onState?.(state);
      return 'taken';
    },
  };
}

function meshesAfter(
  message: LiveMessage,
  before: readonly MeshStatus[] | undefined,
): readonly MeshStatus[] | undefined | 'misfit' {
  switch (message.type) {
    case 'snapshot':
      return message.meshes;
    case 'delta':
      return before === undefined ? 'misfit' : (applyLiveDelta(before, message) ?? 'misfit');
    default:
      return before;
  }
}

/** Looks at the frame of it alone: mgmt's words are taken as everywhere in the API. */
function parseMessage(data: unknown): LiveMessage | undefined {
  try {
    const message: unknown = JSON.parse(String(data));
    const isMessage = typeof message === 'object' && message !== null && 'type' in message && 'cursor' in message;
    return isMessage && typeof message.cursor === 'string' ? (message as LiveMessage) : undefined;
  } catch {
    return undefined;
  }
}
