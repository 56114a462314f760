import type { SpanContext } from '../tracing/index.ts';

/** The message bus: may lose, repeat and reorder. NATS stands behind it. */
export interface Bus {
  /**
   * Sends without waiting; dropped while the connection is down and while too much waits for a server that reads
   * slowly, for every message is sent again anyway. One that the server would not take, as too large, goes to the log.
   */
  publish(subject: string, payload: Uint8Array): void;
  /**
   * Calls `handler` for each message until the returned function is called; `respond` answers a request. An error
   * that the handler throws or rejects with goes to the log and stops nothing. A message that comes while too many
   * are being handled is dropped.
   */
  subscribe(subject: string, handler: Handler, options?: SubscribeOptions): () => void;
  /**
   * Sends and resolves with the first answer.
   * @throws RR_NATS_NO_ANSWER when nobody listens, the connection is down or `timeoutMs` pass; RR_NATS_TOO_LARGE; the
   *   signal's reason when it aborts
   */
  request(subject: string, payload: Uint8Array, options: RequestOptions): Promise<Uint8Array>;
  /** Calls `listener` now and on each change of the connection's status. */
  onStatus(listener: (status: BusStatus) => void): () => void;
  /** How the connection has done until now. */
  stats(): BusStats;
  /** Resolves when the server has received what was published. */
  flush(): Promise<void>;
  /** Waits a moment until the server has what was published, and closes; safe to call twice. */
  close(): Promise<void>;
}

/** What is done with a message. */
export type Handler = (message: BusMessage) => void | Promise<void>;

/** What a subscription takes. */
export interface SubscribeOptions {
  /**
   * Asked before anything else is done with a message, and for each of them, so that it must be cheap; the message is
   * dropped when it gives false or throws. `bytes` is the payload's length.
   */
  readonly admit?: (subject: string, bytes: number) => boolean;
  /** How many messages may be being handled at a time; 1024 when it is left out. */
  readonly maxInFlight?: number;
}

/** How a connection has done since it was made. */
export interface BusStats {
  /** Of the connection that stands now, on the injected clock; undefined while there is none. */
  readonly connectedSinceMs: number | undefined;
  /** How often it was lost and made again. */
  readonly reconnects: number;
  /** Messages that were not sent because the server reads too slowly. */
  readonly outgoingDropped: number;
  /** Messages that were not handled because too many were being handled; those that `admit` refused are not counted. */
  readonly incomingDropped: number;
  /** The largest message that the server takes, as it last said; undefined before it has. */
  readonly maxPayloadBytes: number | undefined;
}

/** One message as it came in. */
export interface BusMessage {
  readonly subject: string;
  readonly payload: Uint8Array;
  /** Undefined when the sender wants no answer. */
  readonly respond: ((payload: Uint8Array) => void) | undefined;
  /** Where the sender wants the answer: its own choice, and not checked. */
  readonly replyTo?: string;
  /** Which trace the sender says that it belongs to. Nothing proves it, and nothing may be decided by it. */
  readonly trace?: SpanContext;
}

/** Deadline and abort of a request. */
export interface RequestOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type BusStatus = 'connected' | 'disconnected' | 'closed';
