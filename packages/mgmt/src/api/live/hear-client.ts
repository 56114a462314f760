import type { LiveHello } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { CloseCode } from './close-code.ts';
import { closeCodes } from './close-code.ts';

const [maxCursorLength, maxNameLength] = [512, 253];

/** A later version may say more in it. */
const helloSchema: z.ZodType<LiveHello> = z.looseObject({
  type: z.literal('hello'),
  resume: z.string().max(maxCursorLength).exactOptional(),
  holds: z.enum(['state', 'nothing']).exactOptional(),
  mesh: z.string().min(1).max(maxNameLength).exactOptional(),
  events: z.enum(['new', 'kept']).exactOptional(),
});

/** How a client is listened to. */
export interface HearOptions {
  /** Takes one of what the client may send; false when there is nothing left. */
  readonly takeOne: () => boolean;
  /** Pings are not answered while more than this waits to be sent: answers must not fill the memory. */
  readonly maxBufferedBytes: number;
  readonly onHello: (hello: LiveHello) => void;
  readonly onPong: () => void;
  readonly quit: (code: CloseCode, error: RerootError) => void;
}

/**
 * Hears what a client sends, and ends the connection of one that sends what is not taken. ws itself closes with 1002, 1007, 1008
 * or 1009 what breaks RFC 6455 or its bounds.
 */
export function hearClient(socket: WebSocket, options: HearOptions): void {
  const { takeOne, maxBufferedBytes, onHello, onPong, quit } = options;
  let hello: LiveHello | undefined;
  const counted = (act: () => void): void => {
    if (takeOne()) act();
    else quit(closeCodes.policyViolation, invalid('the client sends too many frames'));
  };
  const take = (said: LiveHello): void => {
    if (hello !== undefined) quit(closeCodes.policyViolation, invalid('the client says hello a second time'));
    hello = said;
    onHello(said);
  };
  socket.on('message', (data, isBinary) => {
    counted(() => {
      if (isBinary) quit(closeCodes.unsupportedData, invalid('the message is binary'));
      else readMessage(data, take, quit);
    });
  });
  socket.on('ping', (data) => {
    counted(() => {
      if (socket.readyState === socket.OPEN && socket.bufferedAmount <= maxBufferedBytes) socket.pong(data);
    });
  });
  socket.on('pong', () => counted(onPong));
}

function readMessage(data: { toString(): string }, take: (hello: LiveHello) => void, quit: HearOptions['quit']): void {
  let message: unknown;
  try {
    message = JSON.parse(data.toString());
  } catch {
    quit(closeCodes.invalidPayload, invalid('the message is not JSON'));
    return;
  }
  const parsed = helloSchema.safeParse(message);
  if (parsed.success) take(parsed.data);
  else quit(closeCodes.policyViolation, invalid('the message is no hello as docs/api-live.md has it'));
}

function invalid(why: string): RerootError {
  return new RerootError('RR_LIVE_MESSAGE_INVALID', why);
}
