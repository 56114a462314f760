import type { LiveHello } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { WebSocket } from 'ws';
import type { HeldBytes } from './held-bytes.ts';
import type { LiveFeed, LiveTold } from './live-feed.ts';
import { type SendOptions, sendMessage } from './send-message.ts';

/** How a client is told. */
export interface StreamOptions extends SendOptions {
  readonly feed: LiveFeed;
  readonly held: HeldBytes;
  /** Told when others need the memory that the client holds. */
  readonly onTooSlow: (error: RerootError) => void;
}

/**
 * Tells a client what it does not know yet, for as long as it is there. What comes while it reads is told in one piece when it has
 * read: nothing waits for it but the message that is on its way.
 * @throws when the connection is closed; the signal's reason when it aborts; RR_LIVE_STATE_UNAVAILABLE
 */
export async function sendStream(socket: WebSocket, hello: Promise<LiveHello>, options: StreamOptions): Promise<void> {
  const { feed, held, onTooSlow, signal } = options;
  let point = await feed.open(await hello, signal);
  for (let told: LiveTold | undefined; ; ) {
    told = await feed.next(point, told, signal);
    ({ point } = told);
    if (told.bytes === undefined) continue;
    const release = held.hold(told.bytes, () => {
      onTooSlow(new RerootError('RR_LIVE_TOO_SLOW', 'the client reads too slowly for what waits for it to be kept'));
    });
    try {
      await sendMessage(socket, told.bytes, options);
    } finally {
      release();
    }
  }
}
