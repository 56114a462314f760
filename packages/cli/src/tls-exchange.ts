import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { text as readText } from 'node:stream/consumers';
import type { Exchange } from '@reroot/shared/api';

/** What TLS is spoken with, in PEM. */
export interface TlsIdentity {
  /** Verifies the server, instead of the CAs of the machine. */
  readonly ca?: string;
  /** Who asks. */
  readonly client?: { readonly cert: string; readonly key: string };
}

/** Requests over TLS with certificates of one's own, which `fetch` cannot be given. */
export function createTlsExchange({ ca, client }: TlsIdentity): Exchange {
  const agent = new Agent({ keepAlive: true, ...(ca === undefined ? {} : { ca }), ...client });
  return async ({ url, method, headers, body, signal }) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const request = httpsRequest(url, { method, headers: { ...headers, ...length }, agent, signal });
    // What fails after the answer has begun is told by the answer, and here a second time.
    request.on('error', () => undefined);
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const status = response.statusCode ?? 0;
    const text = await readText(response);
    if (status >= 300 && status < 400) throw new Error(`the server redirects to ${response.headers.location ?? 'nowhere'}`);
    return { status, text, retryAfter: response.headers['retry-after'] };
  };
}
