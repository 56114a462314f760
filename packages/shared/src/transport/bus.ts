/** The message bus: may lose, repeat and reorder. NATS stands behind it. */
export interface Bus {
  /**
   * Sends without waiting; dropped while the connection is down, for every message is sent again anyway. One that the
   * server would not take, as too large, goes to the log.
   */
  publish(subject: string, payload: Uint8Array): void;
  /**
   * Calls `handler` for each message until the returned function is called; `respond` answers a request. An error
   * that the handler throws or rejects with goes to the log and stops nothing.
   */
  subscribe(subject: string, handler: (message: BusMessage) => void | Promise<void>): () => void;
  /**
   * Sends and resolves with the first answer.
   * @throws RR_NATS_NO_ANSWER when nobody listens, the connection is down or `timeoutMs` pass; RR_NATS_TOO_LARGE; the
   *   signal's reason when it aborts
   */
  request(subject: string, payload: Uint8Array, options: RequestOptions): Promise<Uint8Array>;
  /** Calls `listener` now and on each change of the connection's status. */
  onStatus(listener: (status: BusStatus) => void): () => void;
  /** Resolves when the server has received what was published. */
  flush(): Promise<void>;
  /** Waits a moment until the server has what was published, and closes; safe to call twice. */
  close(): Promise<void>;
}

/** One message as it came in. */
export interface BusMessage {
  readonly subject: string;
  readonly payload: Uint8Array;
  /** Undefined when the sender wants no answer. */
  readonly respond: ((payload: Uint8Array) => void) | undefined;
}

/** Deadline and abort of a request. */
export interface RequestOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type BusStatus = 'connected' | 'disconnected' | 'closed';
