import { type Operation, operations } from '@reroot/shared/api-contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KeptAnswer } from '../store/index.ts';
import { etagOf, isKnown } from './etag.ts';
import type { Answer, Route } from './route.ts';

/** An answer that can be sent. */
export interface MadeAnswer extends KeptAnswer {
  /** Where the next page of a list begins. */
  readonly nextCursor?: string;
}

/** An answer as it is sent: with its text, and its ETag where it is about a mesh. */
export function makeAnswer({ status, body, revision }: Answer): MadeAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const nextCursor: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'nextCursor') : undefined;
  return {
    ...{ status, text, etag: revision === undefined ? undefined : etagOf(revision, text) },
    ...(typeof nextCursor === 'string' ? { nextCursor } : {}),
  };
}

/** Sends it; without the body to whoever has it already. */
export function sendAnswer(
  { id, method }: Route,
  { status, text, etag, nextCursor }: MadeAnswer,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (etag !== undefined) reply.header('etag', etag);
  if (nextCursor !== undefined) reply.header('link', nextLink(request.url, nextCursor));
  // To be asked again each time, and not to be kept by whoever stands between.
  if (etag !== undefined && method === 'GET' && isKnown(etag, request.headers)) return reply.code(304).send();
  const { answers }: Operation = operations[id];
  return reply
    .code(status)
    .type(answers[status]?.type ?? 'application/json; charset=utf-8')
    .send(text);
}

/** Where the next page is (RFC 8288): as a query alone, for a proxy may have changed the path. */
function nextLink(url: string, cursor: string): string {
  const query = new URLSearchParams(url.split('?', 2)[1]);
  query.set('cursor', cursor);
  return `<?${query.toString()}>; rel="next"`;
}
