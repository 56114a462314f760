import type { Socket } from 'node:net';

/** What a server says first, unprotected: `INFO {…}`. */
export interface Greeting {
  /** All that has come, for the parser of the client. */
  readonly bytes: Uint8Array;
  /** Nothing but `true` counts: what is not of the protocol must not be read as consent by one and as refusal by another. */
  readonly offersTls: boolean;
  /** Whether something came after the line. */
  readonly saysMore: boolean;
}

/** Of one line that a server may say; its list of other servers is the longest of them. */
export const maxLineBytes = 64 * 1024;

/**
 * Reads the first line that a server says, and leaves the socket paused. Never settles when the socket ends.
 * @throws Error when it is not the greeting of a nats-server
 */
export async function readGreeting(socket: Socket): Promise<Greeting> {
  const { promise, resolve, reject } = Promise.withResolvers<Greeting>();
  let bytes = Buffer.alloc(0);
  const read = (chunk: Buffer): void => {
    bytes = Buffer.concat([bytes, chunk]);
    const end = bytes.indexOf('\r\n');
    try {
      if (end >= 0) resolve(greetingOf(bytes, end));
      else if (bytes.length > maxLineBytes) throw new Error('its first line has no end');
      else return;
    } catch (error) {
      reject(error);
    }
    // In the same turn, so that nothing is read that belongs to whoever comes next.
    socket.off('data', read);
    socket.pause();
  };
  socket.on('data', read);
  return promise;
}

function greetingOf(bytes: Buffer, end: number): Greeting {
  const json = /^INFO\s+(\{.*\})\s*$/i.exec(bytes.toString('utf8', 0, end))?.[1];
  if (json === undefined) throw new Error('it is no nats-server');
  const info: unknown = parse(json);
  const said = (key: string): boolean => (info as Record<string, unknown>)[key] === true;
  return { bytes, offersTls: said('tls_required') || said('tls_available'), saysMore: bytes.length > end + 2 };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error('it is no nats-server');
  }
}
