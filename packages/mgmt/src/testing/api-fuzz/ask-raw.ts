import { once } from 'node:events';
import { type Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { HeardAnswer } from './judge-answers.ts';
import type { MadeRequest } from './request-of.ts';

/** Sends a request as it is: no client of ours mends its path. */
export async function askRaw(apiUrl: string, agent: Agent, { method, path, headers, body }: MadeRequest): Promise<HeardAnswer> {
  const { hostname, port } = new URL(apiUrl);
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const asked = request({
    agent,
    hostname,
    port,
    method,
    path,
    headers: { ...headers, ...length },
    signal: AbortSignal.timeout(10_000),
  });
  // Who sends too much is answered before all of it has come, and the rest of it finds nobody.
  asked.on('error', () => undefined);
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text: await text(response) };
}
