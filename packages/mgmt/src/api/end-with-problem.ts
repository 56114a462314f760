import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { systemClock } from '@reroot/shared/clock';
import type { RerootError } from '@reroot/shared/errors';
import { problemHeaders, problemOf } from './problem.ts';
import { secureHeadersOf } from './secure-headers.ts';

/** How long a client may take to read its refusal. */
const readWithinMs = 5_000;

/** Answers on a connection that no reply of the HTTP server stands for as the API answers any other error, and closes it. */
export function endWithProblem(socket: Duplex, error: RerootError, more: Readonly<Record<string, string>> = {}): void {
  const { status } = error.entry;
  const body = JSON.stringify(problemOf(error));
  const headers = {
    ...secureHeadersOf(socket),
    ...problemHeaders(error),
    ...more,
    date: new Date(systemClock.now()).toUTCString(),
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const timer = setTimeout(() => socket.destroy(), readWithinMs);
  socket.once('close', () => clearTimeout(timer));
  socket.once('finish', () => socket.destroy());
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n'));
}
