import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Exchange, type HttpAnswer, livePath, liveProtocols } from '@reroot/shared/api';
import { WebSocket } from 'ws';
import type { Capture } from './capture.ts';

/** One request, as it is sent. */
export interface Asked {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends requests to mgmt, and captures each answer: head and body. */
export interface AskApi {
  /** @param what names it where it is captured; the request itself may hold a secret */
  ask(what: string, asked: Asked): Promise<number>;
  /** The same for the client of the API. */
  readonly exchange: Exchange;
  /** Follows the live stream; what mgmt says of a refusal is captured too. Call what it gives to end it. */
  follow(what: string, options: FollowOptions): Promise<() => Promise<void>>;
}

/** How the live stream is asked for. */
export interface FollowOptions {
  readonly query?: string;
  readonly protocols?: readonly string[];
  readonly token?: string;
}

const timeoutMs = 20_000;

/** @param server `http://…` */
export function createAskApi(server: string, capture: Capture): AskApi {
  const send = async (what: string, url: string, init: RequestInit): Promise<HttpAnswer> => {
    // A redirect is an answer too: where it leads must hold no secret either.
    const response = await fetch(url, { ...init, redirect: 'manual' });
    const text = await response.text();
    capture.add('answer', what, `${response.status} ${JSON.stringify([...response.headers])}\n${text}`);
    return { status: response.status, text };
  };
  return {
    exchange: ({ url, method, headers, body = null, signal }) =>
      send(`${method} ${new URL(url).pathname}`, url, { method, headers, body, signal }),
    ask: async (what, { method, path, headers = {}, body = null }) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const { status } = await send(what, `${server}${path}`, { method, headers, body, signal });
      return status;
    },
    follow: async (what, { query = '', token, protocols = liveProtocols(token) }) => {
      const socket = new WebSocket(`${server.replace('http', 'ws')}${livePath}${query}`, [...protocols]);
      socket.on('message', (data: Buffer) => {
        capture.add('stream', what, data);
      });
      socket.on('upgrade', ({ rawHeaders }: IncomingMessage) => {
        capture.add('stream', what, rawHeaders.join('\n'));
      });
      socket.on('unexpected-response', (_, response: IncomingMessage) => {
        void captureRefusal(what, response, capture).finally(() => {
          socket.close();
        });
      });
      socket.on('close', (code, reason) => {
        capture.add('stream', what, `${code} ${reason.toString()}`);
      });
      const closed = new Promise((resolve) => socket.once('close', resolve));
      // A refusal is an error for it, and is captured.
      socket.on('error', () => undefined);
      socket.on('open', () => {
        socket.send(JSON.stringify({ type: 'hello', events: 'kept' }));
      });
      await Promise.race([new Promise((resolve) => socket.once('open', resolve)), closed]);
      return async () => {
        socket.close();
        await closed;
      };
    },
  };
}

async function captureRefusal(what: string, response: IncomingMessage, capture: Capture): Promise<void> {
  capture.add('answer', what, `${response.statusCode} ${response.rawHeaders.join('\n')}\n${await text(response)}`);
}
