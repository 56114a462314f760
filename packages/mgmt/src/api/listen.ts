import { Server as TlsServer } from 'node:tls';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { FastifyInstance } from 'fastify';

/** Where the API listens. */
export interface ListenAddress {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/**
 * Starts listening.
 * @returns the URL under which the API answers
 * @throws RR_ADDRESS_IN_USE; RR_ADDRESS_UNUSABLE when this machine has no such address or forbids the port
 */
export async function listen(app: FastifyInstance, { host, port }: ListenAddress): Promise<string> {
  try {
    return await app.listen({ host: bindingOf(app, host), port });
  } catch (cause) {
    const place = `${host}:${port}`;
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new RerootError('RR_ADDRESS_IN_USE', `another process listens on ${place}`, { place, cause });
    }
    throw new RerootError('RR_ADDRESS_UNUSABLE', `cannot listen on ${place}: ${errorMessage(cause)}`, { place, cause });
  }
}

/** For `localhost` fastify opens a second server at ::1, which nobody could give the certificate that was renewed. */
function bindingOf({ server }: FastifyInstance, host: string): string {
  return host === 'localhost' && server instanceof TlsServer ? '127.0.0.1' : host;
}
