import type { Duplex } from 'node:stream';
import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import { endWithProblem } from './end-with-problem.ts';

/**
 * Answers what Node's HTTP parser refuses, of which no route ever hears, and closes the connection.
 * @param onRefused told with what it was answered
 */
export function answerClientError(thrown: NodeJS.ErrnoException, socket: Duplex, onRefused: (code: ErrorCode) => void): void {
  // Whoever has gone reads no answer.
  if (thrown.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const error = clientErrorOf(thrown);
  onRefused(error.code);
  endWithProblem(socket, error);
}

/** The message of the parser is left out: what it quotes may be a secret. */
function clientErrorOf(cause: NodeJS.ErrnoException): RerootError {
  switch (cause.code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new RerootError('RR_API_REQUEST_TIMEOUT', 'the request has not come whole in time', { cause });
    case 'HPE_HEADER_OVERFLOW':
      return new RerootError('RR_API_HEADERS_TOO_LARGE', 'the headers of the request are larger than 16 KiB', { cause });
    case 'HPE_INVALID_METHOD':
      return new RerootError('RR_API_BODY_MALFORMED', 'the method of the request is none that HTTP knows', { cause });
    default:
      return new RerootError('RR_API_BODY_MALFORMED', 'the request is not HTTP/1.1', { cause });
  }
}
