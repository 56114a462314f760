import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { readBody } from '@reroot/kube-api';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { type AskedKind, type ExternalHost, hostFor } from './external-hosts.ts';

/** What is asked of another system. */
export interface HostRequest {
  readonly kind: AskedKind;
  readonly url: URL;
  /** JSON that is posted; without it, the address is read. */
  readonly json?: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Asks another system, and gives the JSON that it answers.
 * @throws RR_CHECK_UNAVAILABLE when mgmt may not ask it, or when no JSON with status 200 comes in time
 */
export type AskHost = (request: HostRequest) => Promise<unknown>;

const maxBytes = 64 * 1024;

/**
 * Over connections of their own. Redirects are not followed: they could lead anywhere, and what mgmt may ask is written in its
 * configuration.
 */
export function createAskHost(hosts: readonly ExternalHost[]): AskHost {
  return async ({ kind, url, json, timeoutMs, signal }) => {
    const place = `${url.origin}${url.pathname}`;
    const host = hostFor(url, kind, hosts);
    if (host === undefined) throw unavailable(place, 'the configuration of mgmt does not allow it');
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const options = { ...(await optionsOf(host)), signal: AbortSignal.any([signal, deadline]) };
      return JSON.parse(await exchange(url, json, options)) as unknown;
    } catch (cause) {
      signal.throwIfAborted();
      throw unavailable(place, deadline.aborted ? `no answer within ${timeoutMs / 1_000} s` : causeText(cause), cause);
    }
  };
}

type Options = Awaited<ReturnType<typeof optionsOf>> & { readonly signal: AbortSignal };

async function optionsOf({ tokenFile, caFile }: ExternalHost): Promise<{ ca?: string; token?: string }> {
  return {
    ...(caFile === undefined ? {} : { ca: await readFile(caFile, 'utf8') }),
    ...(tokenFile === undefined ? {} : { token: (await readFile(tokenFile, 'utf8')).trim() }),
  };
}

async function exchange(url: URL, json: string | undefined, { token, ...options }: Options): Promise<string> {
  const headers = {
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(json === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }),
  };
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const request = send(url, { ...options, agent: false, headers, method: json === undefined ? 'GET' : 'POST' });
  // What fails after the answer has begun is told by the answer, and here a second time.
  request.on('error', () => undefined);
  request.end(json);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const text = await readBody(response, maxBytes);
  if (response.statusCode !== 200) throw new Error(`it answers with status ${response.statusCode}`);
  return text;
}

/** A parser quotes what it does not understand, and an invalid header its value. */
function causeText(cause: unknown): string {
  if (cause instanceof SyntaxError) return 'its answer is not JSON';
  if (cause instanceof TypeError) return 'the token cannot be sent';
  return errorMessage(cause);
}

function unavailable(place: string, why: string, cause?: unknown): RerootError {
  return new RerootError('RR_CHECK_UNAVAILABLE', `${place}: ${why}`, { place, ...(cause === undefined ? {} : { cause }) });
}
