import type { Clock } from '@reroot/shared/clock';
import type { RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { type Bus, type ConnectOptions, connectBus, type NatsCredentials } from '@reroot/shared/transport';
import type { NatsAddress } from './link-record.ts';

/** A connection to make. */
export interface LinkConnection {
  readonly address: NatsAddress;
  /** Asked at each connection, because they may have changed; undefined where NATS asks for no JWT. */
  readonly credentials: (() => NatsCredentials) | undefined;
  /** Under which the answers to requests come back. */
  readonly inboxPrefix: string;
  /** Shown by the server's monitoring. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/**
 * Connects to NATS once.
 * @throws RR_NATS_*, RR_CONFIG_INVALID; the signal's reason
 */
export type ConnectLink = (connection: LinkConnection) => Promise<Bus>;

/** The way to the real NATS. */
export function createConnectLink(parts: {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}): ConnectLink {
  return ({ address: { servers, ca, plaintext }, credentials, inboxPrefix, name, signal }) => {
    const options: ConnectOptions = { ...parts, servers, plaintext, inboxPrefix, name, signal };
    return connectBus({
      ...options,
      ...(ca === undefined ? {} : { caPem: ca }),
      ...(credentials === undefined ? {} : { credentials }),
    });
  };
}

/**
 * Whether the connection will fail for the same reason as long as the agent is told the same. A server without TLS is no
 * such reason: somebody on the way may stand in for the real one.
 */
export function isLinkMisconfigured({ code }: RerootError): boolean {
  return code === 'RR_NATS_CREDENTIALS_INVALID' || code === 'RR_CONFIG_INVALID';
}
