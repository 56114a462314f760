import { once } from 'node:events';
import { type LiveMeshes, livePath, liveProtocol } from '@reroot/shared/api';
import { waitFor } from '@reroot/shared/testing';
import { WebSocket } from 'ws';

/** Somebody who follows the live stream and keeps what comes. */
export interface Follower {
  readonly socket: WebSocket;
  /** What was said so far. */
  readonly heard: readonly LiveMeshes[];
  /** Waits until something that was said is like this. */
  hear(what: string, check: (said: LiveMeshes) => boolean): Promise<LiveMeshes>;
  /** Code and reason of the close, once it is there. */
  closed(): Promise<{ code: number; reason: string }>;
}

/** How the stream is opened. */
export interface FollowOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly protocols?: string[];
  /** False: pings of mgmt get no answer. */
  readonly autoPong?: boolean;
  readonly tls?: { readonly ca: string; readonly cert?: string; readonly key?: string };
}

const timeoutMs = 10_000;

/** Opens the stream. @throws when mgmt refuses it */
export async function follow(server: { readonly url: string }, options: FollowOptions = {}): Promise<Follower> {
  const { headers = {}, protocols = [liveProtocol], autoPong = true, tls = {} } = options;
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${livePath}`, protocols, { headers, autoPong, ...tls });
  const heard: LiveMeshes[] = [];
  let end: { code: number; reason: string } | undefined;
  socket.on('message', (data) => heard.push(JSON.parse((data as Buffer).toString()) as LiveMeshes));
  socket.on('close', (code, reason) => {
    end = { code, reason: reason.toString() };
  });
  await once(socket, 'open');
  return {
    socket,
    heard,
    hear: (what, check) => waitFor(() => heard.find(check), { timeoutMs, what }),
    closed: () => waitFor(() => end, { timeoutMs, what: 'the close' }),
  };
}

/** The generation of the one mesh in what was said. */
export function generationOf({ meshes }: LiveMeshes): number | undefined {
  return meshes[0]?.generation;
}
