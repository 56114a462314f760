import { once } from 'node:events';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { RerootError } from '@reroot/shared/errors';
import type { Target } from '../target.ts';
import { type Exchange, nameOf } from './exchange.ts';
import { FailedTryError, type Failure } from './failure.ts';
import { textsIn } from './quote-words.ts';
import { type Progress, readBroken } from './read-broken.ts';
import { readRefusal } from './read-refusal.ts';

/** What node-vault gives to its transport: that of `request`, with what was added to it. */
export interface TransportRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly exchange: Exchange;
  readonly signal: AbortSignal;
}

/** What node-vault wants of it. */
export interface TransportAnswer {
  readonly statusCode: 200;
  readonly body: unknown;
  readonly request: { readonly path: string };
}

/** An issuer with its chain has some 10 kB. */
const maxAnswerBytes = 1_048_576;
const maxSockets = 8;
/** Shorter than Vault (5 min) and load balancers keep an idle connection: it must not be they who end it. */
const idleMs = 30_000;

/** The connections to one Vault. */
export type Pool = HttpAgent;

/** An empty pool. Certificates are verified whatever NODE_TLS_REJECT_UNAUTHORIZED says. */
export function createPool({ scheme, caBundlePem }: Target): Pool {
  const settings = { keepAlive: true, maxSockets, timeout: idleMs };
  if (scheme === 'http') return new HttpAgent(settings);
  return new HttpsAgent({ ...settings, rejectUnauthorized: true, ...(caBundlePem === undefined ? {} : { ca: caBundlePem }) });
}

/**
 * Sends a request once; no redirect is followed, and no variable of the environment leads it anywhere.
 * @throws FailedTryError; the signal's reason
 */
export async function sendTry(target: Target, pool: Pool, asked: TransportRequest): Promise<TransportAnswer> {
  const { exchange, signal, uri, headers } = asked;
  signal.throwIfAborted();
  let progress: Progress = 'connecting';
  const text = asked.json === undefined ? undefined : JSON.stringify(asked.json);
  const content = text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  const options = { method: asked.method, agent: pool, signal };
  try {
    const request = target.scheme === 'https' ? httpsRequest(uri, options) : httpRequest(uri, options);
    // Not among the options: NODE_DEBUG=https would print them, and the token with them.
    request.setHeaders(new Map(Object.entries({ accept: 'application/json', ...headers, ...content })));
    // Stays for the life of the request: an error without a listener would end the process.
    request.on('error', () => undefined);
    request.once('socket', (socket: Socket) => {
      const sent = (): void => {
        progress = 'sent';
      };
      if (request.reusedSocket) sent();
      else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', sent);
    });
    request.end(text);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    progress = 'answering';
    return await readResponse(target, asked, response);
  } catch (error) {
    signal.throwIfAborted();
    const { code } = error as NodeJS.ErrnoException;
    // Whatever has none is a mistake of ours.
    if (error instanceof FailedTryError || typeof code !== 'string') throw error;
    throw new FailedTryError(readBroken(nameOf(exchange), target.origin, progress, code));
  }
}

async function readResponse(
  target: Target,
  { exchange, headers }: TransportRequest,
  response: IncomingMessage,
): Promise<TransportAnswer> {
  // Node takes the socket from an answer that was read.
  const { statusCode: status = 0, socket } = response;
  const text = await readText(response, exchange, target);
  if (status >= 200 && status < 300) return answerOf(exchange, parse(text, exchange, target));
  const body = parseLeniently(text);
  if (status === 404 && exchange.verb === 'list' && isEmptyRefusal(body)) return answerOf(exchange, { data: { keys: [] } });
  const failure = readRefusal({
    request: nameOf(exchange),
    origin: target.origin,
    status,
    retryAfter: response.headers['retry-after'],
    body,
    secrets: [...textsIn(exchange.body), headers['X-Vault-Token'] ?? ''],
  });
  // A connection through a load balancer stays with one node, and the next try wants another one.
  if (failure.kind === 'unavailable') socket.destroy();
  throw new FailedTryError(failure);
}

/** By this Vault says that a list is empty; a mount that does not exist is told in words. */
function isEmptyRefusal(body: unknown): boolean {
  return isDeepStrictEqual(body, { errors: [] });
}

function answerOf({ path }: Exchange, body: unknown): TransportAnswer {
  return { statusCode: 200, body, request: { path } };
}

async function readText(response: IncomingMessage, exchange: Exchange, target: Target): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw garbage(exchange, target, `is larger than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What a parser says of a text quotes it, and that may be a private key: it is not repeated. */
function parse(text: string, exchange: Exchange, target: Target): unknown {
  if (text === '') return undefined;
  const value = parseLeniently(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw garbage(exchange, target, 'is no JSON object');
}

function parseLeniently(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function garbage(exchange: Exchange, { origin }: Target, what: string): FailedTryError {
  const error = new RerootError('RR_VAULT_ANSWER_INVALID', `${nameOf(exchange)}: the answer of ${origin} ${what}`);
  const failure: Failure = { error, kind: 'final', carriedOut: 'perhaps' };
  return new FailedTryError(failure);
}
