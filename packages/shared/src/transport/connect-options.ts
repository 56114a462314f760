import type { Clock } from '../clock/index.ts';
import type { Log } from '../log/index.ts';

/** A connection to make. */
export interface ConnectOptions {
  /** URLs; credentials in them are never printed. */
  readonly servers: readonly string[];
  /** Shown by the server's monitoring. */
  readonly name: string;
  readonly log: Log;
  readonly signal?: AbortSignal;
  /** How long one server may take to let us in. */
  readonly connectTimeoutMs?: number;
  /** PEM of the CAs that servers are verified with; the machine's when it is left out. */
  readonly caPem?: string;
  /** The client's certificate, where the server wants one. */
  readonly clientCertificate?: ClientCertificate;
  /** The NATS user; a function is asked before each connection, so that a reconnection shows the present ones. */
  readonly credentials?: NatsCredentials | (() => NatsCredentials);
  /** Subject that answers to requests come back under; `_INBOX` when it is left out. */
  readonly inboxPrefix?: string;
  /** Whether a server that is not on a loopback address may be spoken to without TLS; refused when it is left out. */
  readonly plaintext?: 'refused' | 'allowed';
  readonly clock?: Clock;
  /** In [0, 1). */
  readonly random?: () => number;
}

/** A certificate, with those between it and its root, and its key. */
export interface ClientCertificate {
  readonly certPem: string;
  readonly keyPem: string;
}

/** JWT and seed of a NATS user. */
export interface NatsCredentials {
  readonly jwt: string;
  readonly seed: string;
}
