import type { IncomingMessage } from 'node:http';
import { livePath } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { isName } from '@reroot/shared/protocol';
import { type Presented, presentedOf } from '../access/presented.ts';
import { readOfferedProtocols } from './offered-protocols.ts';

/** What a client asks for, and what it shows of itself. */
export interface Handshake {
  readonly presented: Presented;
  /** The mesh that the path names; undefined: all of them. */
  readonly mesh: string | undefined;
}

/** Whether a request is one for the live stream; every other `Upgrade`, such as one to HTTP/2, is passed over (RFC 9110 §7.8). */
export function asksForLive({ url, headers }: Pick<IncomingMessage, 'url' | 'headers'>): boolean {
  return followedBy(pathOf(url)) !== undefined && headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Reads the opening handshake of a client (RFC 6455 §4.2.1).
 * @throws RR_API_NOT_FOUND for another path, RR_LIVE_HANDSHAKE_INVALID
 */
export function readHandshake(request: Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'socket'>): Handshake {
  const { method, url, headers } = request;
  const followed = followedBy(pathOf(url));
  if (followed === undefined) throw new RerootError('RR_API_NOT_FOUND', 'there is no WebSocket under this path');
  if (url !== pathOf(url)) throw invalid('the URL has a query, which the live stream does not read, and others may write down');
  if (method !== 'GET') throw invalid('a WebSocket is opened with GET');
  if (headers.upgrade?.toLowerCase() !== 'websocket') throw invalid('the header Upgrade does not ask for a WebSocket');
  // Of an earlier version the origin stands in another header, where nobody would look for it.
  if (headers['sec-websocket-version'] !== '13') throw invalid('the version of the WebSocket protocol is not 13');
  if (!/^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '')) throw invalid('the header Sec-WebSocket-Key is no key');
  const token = readOfferedProtocols(headers['sec-websocket-protocol']);
  const presented = presentedOf(request);
  // A browser may add what it knows for the host; the token was put there for this.
  const shown = token === undefined ? presented : { ...presented, authorization: `Bearer ${token}` };
  return { presented: shown, mesh: followed.mesh };
}

/** What a path leads to; undefined where that is no live stream. */
function followedBy(path: string): Pick<Handshake, 'mesh'> | undefined {
  if (path === livePath) return { mesh: undefined };
  const mesh = /^\/v1\/meshes\/([^/]+)\/live$/.exec(path)?.[1];
  // A name has nothing in it that a URL would have to encode.
  return mesh !== undefined && isName(mesh) ? { mesh } : undefined;
}

function pathOf(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0] ?? '';
}

function invalid(why: string): RerootError {
  return new RerootError('RR_LIVE_HANDSHAKE_INVALID', why);
}
