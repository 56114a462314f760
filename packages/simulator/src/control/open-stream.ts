import { Agent, type IncomingMessage, request } from 'node:http';

/** What is asked for; GET, where there is nothing to send. */
export interface Asked {
  readonly url: string;
  /** Sent as JSON by POST. */
  readonly body?: unknown;
}

const agent = new Agent({ keepAlive: true });

/**
 * Asks over HTTP, and gives the answer as soon as it begins. By node:http, as the real agent asks its cluster: `fetch` would take
 * memory and time that are none of the agent's.
 * @throws Error where nobody answers; the signal's reason
 */
export async function openStream({ url, body }: Asked, signal: AbortSignal): Promise<IncomingMessage> {
  signal.throwIfAborted();
  const json = body === undefined ? undefined : JSON.stringify(body);
  const headers = json === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) };
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent = request(url, { agent, method: json === undefined ? 'GET' : 'POST', headers, signal }, resolve);
  sent.once('error', reject);
  sent.end(json);
  return promise;
}
