import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { readBody } from '@reroot/kube-api';
import { errorMessage } from '@reroot/shared/errors';
import { accessUnavailable } from './access-unavailable.ts';

/**
 * Gets a JSON document.
 * @throws RR_API_ACCESS_UNAVAILABLE when none comes in time, with status 200
 */
export type FetchJson = (url: URL) => Promise<unknown>;

const maxBytes = 1024 * 1024;
const timeoutMs = 5_000;

/**
 * Over connections of their own, which end with the answer: documents are fetched some times an hour. Redirects are not
 * followed, for they would lead to keys of somebody else.
 * @param caPem verifies the server, instead of the CAs of the machine
 */
export function createFetchJson(caPem: string | undefined): FetchJson {
  return async (url) => {
    const options = { agent: false, headers: { accept: 'application/json' }, signal: AbortSignal.timeout(timeoutMs) } as const;
    try {
      const request =
        url.protocol === 'https:'
          ? httpsRequest(url, { ...options, ...(caPem === undefined ? {} : { ca: caPem }) })
          : httpRequest(url, options);
      // What fails after the answer has begun is told by the answer, and here a second time.
      request.on('error', () => undefined);
      request.end();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      const text = await readBody(response, maxBytes);
      if (response.statusCode !== 200) throw new Error(`it answers with status ${response.statusCode}`);
      return JSON.parse(text) as unknown;
    } catch (cause) {
      const why = options.signal.aborted ? `no answer within ${timeoutMs / 1_000} s` : errorMessage(cause);
      throw accessUnavailable(`${url.origin}${url.pathname} cannot be read: ${why}`, { cause });
    }
  };
}
