import { RerootError } from '../errors/index.ts';
import type { Exchange, HttpAnswer, HttpRequest } from './exchange.ts';

/**
 * Sends a request, and a POST once more whose connection broke before it was answered. By its key mgmt does it once: where it was done
 * the first time, that answer comes.
 * @throws what the exchange throws
 */
export async function exchangeAgain(exchange: Exchange, request: HttpRequest): Promise<HttpAnswer> {
  try {
    return await exchange(request);
  } catch (thrown) {
    if (request.method !== 'POST' || request.signal.aborted || thrown instanceof RerootError) throw thrown;
    return exchange(request);
  }
}

/** A key that no other request has: a string of structured fields (RFC 9651), as the draft has it. `randomUUID` is not there for pages that came without TLS. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `"${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
}
