import { once } from 'node:events';
import {
  applyLiveDelta,
  type LiveEvent,
  type LiveHello,
  type LiveMessage,
  livePath,
  liveProtocol,
  type MeshStatus,
} from '@reroot/shared/api';
import { waitFor } from '@reroot/shared/testing';
import { WebSocket } from 'ws';

/** What a client has come to know by a message. */
export interface Known {
  readonly at: string;
  readonly meshes: readonly MeshStatus[];
}

/** Somebody who follows the live stream and keeps what comes. */
export interface Follower {
  readonly socket: WebSocket;
  /** What was said so far. */
  readonly messages: readonly LiveMessage[];
  /** The states that it has made. */
  readonly heard: readonly Known[];
  readonly events: readonly LiveEvent[];
  /** Waits until a state is like this. */
  hear(what: string, check: (known: Known) => boolean): Promise<Known>;
  /** Waits until a message of this type has come. */
  hearType<T extends LiveMessage['type']>(type: T): Promise<Extract<LiveMessage, { type: T }>>;
  /** Where it is. */
  cursor(): string;
  /** Code and reason of the close, once it is there. */
  closed(): Promise<{ code: number; reason: string }>;
}

/** How the stream is opened. */
export interface FollowOptions {
  /** Of all meshes when it is left out. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly protocols?: string[];
  /** What is said first besides its type; `nothing`: nothing is said. */
  readonly hello?: Omit<LiveHello, 'type'> | 'nothing';
  /** State that the follower has already. */
  readonly meshes?: readonly MeshStatus[];
  /** False: pings of mgmt get no answer. */
  readonly autoPong?: boolean;
  readonly tls?: { readonly ca: string; readonly cert?: string; readonly key?: string };
}

const timeoutMs = 10_000;

/** Opens the stream. @throws when mgmt refuses it */
export async function follow(server: { readonly url: string }, options: FollowOptions = {}): Promise<Follower> {
  const { path = livePath, headers = {}, protocols = [liveProtocol], autoPong = true, hello = {}, tls = {} } = options;
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, protocols, { headers, autoPong, ...tls });
  const messages: LiveMessage[] = [];
  const heard: Known[] = [];
  const events: LiveEvent[] = [];
  let { meshes } = options;
  let end: { code: number; reason: string } | undefined;
  socket.on('message', (data) => {
    const message = JSON.parse((data as Buffer).toString()) as LiveMessage;
    messages.push(message);
    if (message.type === 'events') events.push(...message.events);
    if (message.type === 'snapshot') ({ meshes } = message);
    if (message.type === 'delta') meshes = applyLiveDelta(meshes ?? [], message);
    if (message.type !== 'snapshot' && message.type !== 'delta') return;
    if (meshes === undefined) throw new Error(`what was said does not fit: ${JSON.stringify(message)}`);
    heard.push({ at: message.at, meshes });
  });
  socket.on('close', (code, reason) => {
    end = { code, reason: reason.toString() };
  });
  await once(socket, 'open');
  if (hello !== 'nothing') socket.send(JSON.stringify({ type: 'hello', ...hello }));
  return {
    ...{ socket, messages, heard, events },
    hear: (what, check) => waitFor(() => heard.find(check), { timeoutMs, what }),
    hearType: <T extends LiveMessage['type']>(type: T) =>
      waitFor(() => messages.find((each) => each.type === type) as Extract<LiveMessage, { type: T }> | undefined, {
        timeoutMs,
        what: type,
      }),
    cursor: () => messages.at(-1)?.cursor ?? '',
    closed: () => waitFor(() => end, { timeoutMs, what: 'the close' }),
  };
}

/** The generation of the one mesh in what was said. */
export function generationOf({ meshes }: Pick<Known, 'meshes'>): number | undefined {
  return meshes[0]?.generation;
}
