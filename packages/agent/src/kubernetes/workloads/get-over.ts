import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { BodyTooLargeError, readBody } from '@reroot/kube-api';
import { errorMessage, RerootError } from '@reroot/shared/errors';

/** One GET over a connection that is open already, and is used up by it. */
export interface GetOver {
  readonly path: string;
  /** A longer body is refused, and no more of it is kept. */
  readonly maxBodyBytes: number;
  /** Who is asked; the subject of the error's sentence. */
  readonly who: string;
}

/**
 * Asks by plain HTTP/1.1 and closes the connection.
 * @returns the body of a 200
 * @throws RR_PROXY_ANSWER_INVALID on a status that will stay and on a body that is too long; RR_PROXY_UNREACHABLE, or what
 *   the connection failed with, when no whole answer comes, or one that it cannot answer now (5xx); the signal's reason when
 *   it aborts
 */
export async function getOver(connection: Duplex, { path, maxBodyBytes, who }: GetOver, signal: AbortSignal): Promise<string> {
  const stop = (): void => void connection.destroy(signal.reason as Error);
  signal.addEventListener('abort', stop);
  try {
    signal.throwIfAborted();
    const response = await send(connection, path);
    const { statusCode = 0 } = response;
    if (statusCode !== 200) {
      const code = statusCode >= 500 ? 'RR_PROXY_UNREACHABLE' : 'RR_PROXY_ANSWER_INVALID';
      throw new RerootError(code, `${who} answered ${path} with status ${statusCode}`);
    }
    return await readBody(response, maxBodyBytes);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RerootError) throw error;
    if (error instanceof BodyTooLargeError) {
      throw new RerootError('RR_PROXY_ANSWER_INVALID', `${who} answered with more than ${maxBodyBytes} bytes`, { cause: error });
    }
    throw new RerootError('RR_PROXY_UNREACHABLE', `${who} gave no whole answer: ${errorMessage(error)}`, { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
    connection.destroy();
  }
}

function send(connection: Duplex, path: string): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const asking = request({ createConnection: () => connection, path, headers: { host: 'localhost', connection: 'close' } });
  asking.on('response', resolve);
  asking.on('error', reject);
  asking.end();
  return promise;
}
