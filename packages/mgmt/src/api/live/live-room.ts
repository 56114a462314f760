import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { liveProtocol } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { type ErrorCode, RerootError, toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { WebSocketServer } from 'ws';
import type { Gatekeeper } from '../access/gatekeeper.ts';
import type { Principal } from '../access/principal.ts';
import { createRateLimit } from '../access/rate-limit.ts';
import { createAdmission } from './admission.ts';
import { closeCodes } from './close-code.ts';
import { createHeldBytes } from './held-bytes.ts';
import { serveClient } from './live-client.ts';
import { createLiveClients } from './live-clients.ts';
import { createLiveFeed } from './live-feed.ts';
import { type LiveLimits, maxHeardBytes } from './live-limits.ts';
import { createLiveLog } from './live-log.ts';
import type { LiveSource } from './live-source.ts';
import { type Handshake, readHandshake } from './read-handshake.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

/** What the live stream works with. */
export interface LiveRoomOptions {
  readonly gatekeeper: Pick<Gatekeeper, 'admit'>;
  readonly source: LiveSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: LiveLimits;
  /** Told with what a handshake was refused; nobody is when it is left out. */
  readonly onRefused?: (code: ErrorCode) => void;
}

/** Where all clients of the live stream are. */
export interface LiveRoom {
  /** Takes in whoever asks for an upgrade, or answers why not. Never rejects. */
  open(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** How many follow. */
  count(): number;
  /** Sends everybody away, and waits until they have gone. */
  close(): Promise<void>;
}

/** Empty at first. */
export function createLiveRoom({ gatekeeper, source, clock, log, limits, onRefused }: LiveRoomOptions): LiveRoom {
  const refuse = (socket: Duplex, error: RerootError): void => {
    onRefused?.(error.code);
    refuseUpgrade(socket, error);
  };
  const server = createServer(limits, refuse);
  const clients = createLiveClients(limits);
  const admission = createAdmission({ gatekeeper, clock, withinMs: limits.admitWithinMs });
  const heard = createRateLimit({ ...limits.heard, maxKeys: limits.maxClients, clock });
  const said = createLiveLog(clock, log);
  const feed = createLiveFeed({
    source,
    clock,
    limits,
    onFailure: (thrown) => {
      said.noState(thrown);
      const error = new RerootError('RR_LIVE_STATE_UNAVAILABLE', 'the state cannot be read', { cause: thrown });
      // What they hold may be wrong by now, and nobody could see it.
      for (const client of clients.all()) client.quit(closeCodes.internalError, error);
    },
  });
  const held = createHeldBytes(limits.maxHeldBytes);
  const stopping = new AbortController();
  let pending = 0;
  let opened = 0;

  const admit = async (handshake: Handshake, socket: Duplex): Promise<Principal> => {
    if (pending >= limits.maxPending) throw new RerootError('RR_LIVE_FULL', `${pending} others wait to be let in`);
    const gone = new AbortController();
    const onClose = (): void => gone.abort(new Error('the client has gone'));
    socket.once('close', onClose);
    pending += 1;
    try {
      return await admission.admit(handshake, AbortSignal.any([stopping.signal, gone.signal]));
    } finally {
      pending -= 1;
      socket.off('close', onClose);
    }
  };

  const serve = (request: IncomingMessage, socket: Duplex, head: Buffer, handshake: Handshake, principal: Principal): void => {
    const { remoteAddress } = handshake.presented;
    clients.requireRoom(principal, remoteAddress);
    server.handleUpgrade(request, socket, head, (webSocket) => {
      opened += 1;
      const key = String(opened);
      const client = serveClient(webSocket, {
        ...{ handshake, principal, feed, held, admission, clock, limits },
        takeOne: () => heard.take(key) === 0,
        bytesHeard: () => request.socket.bytesRead,
        onQuit: (code, error) => said.sentAway(error, code, principal, remoteAddress),
      });
      webSocket.once('close', clients.add(principal, remoteAddress, client));
      if (clients.all().length === limits.maxClients) said.full(limits.maxClients);
    });
  };

  return {
    open: async (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      try {
        stopping.signal.throwIfAborted();
        const handshake = readHandshake(request);
        const principal = await admit(handshake, socket);
        serve(request, socket, head, handshake, principal);
      } catch (thrown) {
        if (socket.destroyed) return;
        const error = toRerootError(thrown);
        said.refused(error, request.socket.remoteAddress ?? '');
        refuse(socket, error);
      }
    },
    count: () => clients.all().length,
    close: async () => {
      stopping.abort(new RerootError('RR_LIVE_STATE_UNAVAILABLE', 'mgmt stops'));
      for (const client of clients.all()) client.quit(closeCodes.goingAway);
      // Those who do not answer are cut off after `closeWithinMs`.
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function createServer({ closeWithinMs }: LiveLimits, refuse: (socket: Duplex, error: RerootError) => void): WebSocketServer {
  // The types of ws are older than these.
  const bounds = { maxFragments: 8, maxBufferedChunks: 2 * maxHeardBytes, closeTimeout: closeWithinMs };
  const server = new WebSocketServer({
    ...bounds,
    noServer: true,
    maxPayload: maxHeardBytes,
    // A client that compresses could have a few bytes cost a lot.
    perMessageDeflate: false,
    autoPong: false,
    handleProtocols: () => liveProtocol,
  });
  server.on('wsClientError', ({ message }, socket) => {
    refuse(socket, new RerootError('RR_LIVE_HANDSHAKE_INVALID', `the handshake is malformed: ${message}`));
  });
  return server;
}
