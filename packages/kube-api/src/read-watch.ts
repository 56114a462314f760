import type { IncomingMessage } from 'node:http';
import { RerootError } from '@reroot/shared/errors';
import { type Exchange, nameOf } from './exchange.ts';
import type { WatchEvent } from './kube-api.ts';
import { LineError, readLines } from './read-lines.ts';
import { readRefusal } from './refusal.ts';

/** etcd holds objects of at most 1.5 MiB; as JSON, with managed fields, one is somewhat more. */
const maxLineBytes = 16 * 1_048_576;

const eventTypes = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'] as const satisfies readonly WatchEvent['type'][];

/**
 * The events of a watch that has been opened: newline-delimited JSON
 * (kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes). Ends when the server ends it.
 * @throws RR_WATCH_EXPIRED and the others of a refusal for an event of type ERROR, which is the last one of its watch;
 *   RR_CLUSTER_UNREACHABLE when it is cut or is no such stream; the signal's reason
 */
export async function* readWatch(
  exchange: Exchange,
  response: IncomingMessage,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent, void> {
  const request = nameOf(exchange);
  try {
    for await (const line of readLines(response as AsyncIterable<Uint8Array>, maxLineBytes)) {
      yield parseEvent(request, line);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RerootError) throw error;
    const why = error instanceof LineError ? error.message : 'it was cut';
    throw new RerootError('RR_CLUSTER_UNREACHABLE', `${request}: the watch broke: ${why}`);
  }
}

function parseEvent(request: string, line: string): WatchEvent {
  const { type, object } = parseLine(request, line);
  if (type === 'ERROR') throw readRefusal({ request, status: codeOf(object), body: object }).error;
  const known = eventTypes.find((each) => each === type);
  if (known === undefined) throw noEvent(request);
  return { type: known, object };
}

/** What a parser says of a line quotes it, and that may be a Secret: it is not repeated. */
function parseLine(request: string, line: string): { type: unknown; object: object } {
  try {
    const { type, object } = JSON.parse(line) as { type?: unknown; object?: unknown };
    if (typeof object === 'object' && object !== null) return { type, object };
  } catch {
    // Falls through: it is no event either way.
  }
  throw noEvent(request);
}

function noEvent(request: string): RerootError {
  return new RerootError('RR_CLUSTER_UNREACHABLE', `${request}: the watch broke: a line of it is no event`);
}

function codeOf(status: unknown): number {
  const { code } = status as { code?: unknown };
  return typeof code === 'number' ? code : 500;
}
