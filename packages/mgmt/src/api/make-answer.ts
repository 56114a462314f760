import { type Operation, operations } from '@reroot/shared/api-contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KeptAnswer } from '../store/index.ts';
import { etagOf, isKnown } from './etag.ts';
import type { Answer, Route } from './route.ts';

/** An answer as it is sent: with its text, and its ETag where it is about a mesh. */
export function makeAnswer({ status, body, revision }: Answer): KeptAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, text, etag: revision === undefined ? undefined : etagOf(revision, text) };
}

/** Sends it; without the body to whoever has it already. */
export function sendAnswer(
  { id, method }: Route,
  { status, text, etag }: KeptAnswer,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (etag !== undefined) reply.header('etag', etag);
  // To be asked again each time, and not to be kept by whoever stands between.
  if (etag !== undefined && method === 'GET' && isKnown(etag, request.headers)) return reply.code(304).send();
  const { answers }: Operation = operations[id];
  return reply
    .code(status)
    .type(answers[status]?.type ?? 'application/json; charset=utf-8')
    .send(text);
}
