import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server was asked. */
export interface JsonAsked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A system that a verification asks, on 127.0.0.1. */
export interface JsonServer {
  readonly url: string;
  /** What it was asked. */
  readonly asked: JsonAsked[];
  /** What it answers next, and from then on. */
  answer: JsonAnswer | ((asked: JsonAsked) => JsonAnswer);
  stop(): Promise<void>;
}

/** Status and body; `silent` answers nothing. */
export type JsonAnswer = { readonly status?: number; readonly body: string; readonly location?: string } | 'silent';

/** Answers with a JSON document. */
export async function serveJson(answer: unknown = {}): Promise<JsonServer> {
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const asked = { method, url: new URL(url, served.url), headers, body: Buffer.concat(chunks).toString() };
      served.asked.push(asked);
      const next = typeof served.answer === 'function' ? served.answer(asked) : served.answer;
      if (next === 'silent') return;
      const { status = 200, body, location } = next;
      response
        .writeHead(status, { 'content-type': 'application/json', ...(location === undefined ? {} : { location }) })
        .end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const served: JsonServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    answer: { body: JSON.stringify(answer) },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return served;
}

/** What Prometheus answers to an instant query. */
export function prometheusAnswer(...values: readonly (number | string)[]): JsonAnswer {
  const result = values.map((value, index) => ({ metric: { pod: `p${index}` }, value: [1_700_000_000.5, String(value)] }));
  return { body: JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }) };
}
