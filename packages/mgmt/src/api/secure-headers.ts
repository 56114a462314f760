import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * What every answer carries. Answers are data about a mesh: no cache keeps them, no browser takes them for a page or a script,
 * and no page of another origin embeds them. After the first answer by TLS a browser comes by nothing else for a year (RFC 6797).
 */
const secureHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
const byTls: Readonly<Record<string, string>> = { 'strict-transport-security': 'max-age=31536000' };

/** Puts them on an answer, before anything else is done with the request. */
export function addSecureHeaders({ raw }: Pick<FastifyRequest, 'raw'>, reply: FastifyReply): void {
  reply.headers(secureHeadersOf(raw.socket));
}

/** The headers of an answer that goes over a connection. */
export function secureHeadersOf(socket: Duplex): Readonly<Record<string, string>> {
  return socket instanceof TLSSocket ? { ...secureHeaders, ...byTls } : secureHeaders;
}
