import { errorMessage, RerootError, toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { type FastifyInstance, fastify } from 'fastify';

/** One bundle of many roots in JSON, with room. */
export const bodyLimitBytes = 16 * 2 ** 20;

/** An HTTP server for this machine alone, without authentication. What a handler throws is answered with code and remedy. */
export function createLoopbackServer(log: Log): FastifyInstance {
  const app = fastify({ bodyLimit: bodyLimitBytes, forceCloseConnections: true });
  app.setErrorHandler((thrown, _request, reply) => {
    const error = asRerootError(thrown);
    if (error.code === 'RR_INTERNAL') log.error({ problem: error.message }, 'a request failed');
    const { code, message, place, remedy } = error;
    return reply.code(error.entry.status).send({ code, message, place, remedy });
  });
  return app;
}

/**
 * Has it listen on 127.0.0.1.
 * @param port 0 takes a free one
 * @returns its URL
 * @throws RR_ADDRESS_IN_USE; RR_ADDRESS_UNUSABLE
 */
export async function listenOnLoopback(app: FastifyInstance, port: number): Promise<string> {
  try {
    return await app.listen({ host: '127.0.0.1', port });
  } catch (cause) {
    const place = `127.0.0.1:${port}`;
    const inUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    if (inUse) throw new RerootError('RR_ADDRESS_IN_USE', `another process listens on ${place}`, { place, cause });
    throw new RerootError('RR_ADDRESS_UNUSABLE', `cannot listen on ${place}: ${errorMessage(cause)}`, { place, cause });
  }
}

/** What fastify itself refuses (malformed JSON, a body too large) is the sender's fault. */
function asRerootError(thrown: unknown): RerootError {
  const status = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : undefined;
  if (thrown instanceof Error && typeof status === 'number' && status < 500) {
    return new RerootError('RR_SIM_REQUEST_INVALID', thrown.message, { cause: thrown });
  }
  return toRerootError(thrown);
}
