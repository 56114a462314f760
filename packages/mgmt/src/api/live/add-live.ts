import { livePath } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { FastifyInstance } from 'fastify';
import { defaultLiveLimits, type LiveLimits } from './live-limits.ts';
import { createLiveRoom, type LiveRoomOptions } from './live-room.ts';
import { asksForLive } from './read-handshake.ts';

/** What the live stream works with. */
export interface LiveOptions extends Omit<LiveRoomOptions, 'limits'> {
  /** Bounds other than the default ones. */
  readonly limits?: Partial<LiveLimits>;
}

/**
 * Adds `GET /v1/live` and `GET /v1/meshes/:mesh/live` to the API, WebSockets on which clients are told how every mesh is, or one. Before the API listens.
 * Those who follow are sent away when the API closes.
 * @returns how many follow
 */
export function addLive(app: FastifyInstance, options: LiveOptions): () => number {
  const room = createLiveRoom({ ...options, limits: { ...defaultLiveLimits, ...options.limits } });
  for (const path of [livePath, '/v1/meshes/:mesh/live']) {
    app.get(path, { config: { permission: 'read' } }, async (_request, reply) => {
      reply.headers({ upgrade: 'websocket', connection: 'close, Upgrade' });
      throw new RerootError('RR_LIVE_UPGRADE_REQUIRED', `${path} is a WebSocket`);
    });
  }
  // With a listener Node would hand it every `Upgrade`, such as those to HTTP/2 that Java's client sends with each request.
  Object.assign(app.server, { shouldUpgradeCallback: asksForLive });
  app.server.on('upgrade', (request, socket, head) => void room.open(request, socket, head));
  app.addHook('preClose', () => room.close());
  return () => room.count();
}
