import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAllowedOrigin } from './access/host-rule.ts';

/** How long a browser may go by one answer to its question. */
const maxAgeS = 600;

/**
 * Lets pages of `api.allowedOrigins` read answers (fetch.spec.whatwg.org, CORS protocol); pages of any other origin are told
 * nothing. Cookies are never asked for, and so no credentials are allowed that a browser would add by itself.
 * @returns `answered` when the request was a browser's question whether it may ask, which carries no token
 */
export function answerCrossOrigin(
  { headers, method }: Pick<FastifyRequest, 'headers' | 'method'>,
  reply: FastifyReply,
  allowedOrigins: readonly string[],
): 'answered' | 'goes on' {
  if (allowedOrigins.length === 0) return 'goes on';
  reply.header('vary', 'Origin');
  const { origin } = headers;
  if (origin === undefined || !isAllowedOrigin(origin, { allowedOrigins })) return 'goes on';
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'Allow, ETag, Idempotency-Replayed, Link, Retry-After, X-Request-Id',
  });
  if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return 'goes on';
  void reply
    .code(204)
    .headers({
      'access-control-allow-methods': 'GET, PUT, POST',
      'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match',
      'access-control-max-age': maxAgeS,
    })
    .send();
  return 'answered';
}
