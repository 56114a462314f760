/** A request that has a key of its sender's, by which it is known when it is sent again. */
export interface KeyedRequest {
  /** Whose key it is: others may have the same. */
  readonly principal: string;
  readonly key: string;
  /** Hash of what was asked for. */
  readonly asked: string;
}

/** What a request was answered with. */
export interface KeptAnswer {
  readonly status: number;
  readonly etag: string | undefined;
  /** JSON. */
  readonly text: string;
}

/**
 * What is known of how a request ended. `open`: nothing, so it is under way, or mgmt died of it. `done`: its answer was not kept, or no
 * longer is.
 */
export type KeptOutcome =
  | { readonly kind: 'open' }
  | { readonly kind: 'done' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer };

/** A request of before. */
export interface KeptRequest {
  readonly asked: string;
  readonly atMs: number;
  readonly outcome: KeptOutcome;
}

/** How much is kept; of what goes beyond, the oldest goes first. */
export interface IdempotencyLimits {
  readonly ageMs: number;
  readonly requests: number;
  readonly requestsOfOne: number;
  /** Of all answers together, as they are stored: compressed. Beyond it answers go, and that they were given stays. */
  readonly bytes: number;
  /** Of one answer. */
  readonly bytesOfOne: number;
}

export const idempotencyLimits: IdempotencyLimits = {
  ageMs: 86_400_000,
  requests: 10_000,
  requestsOfOne: 1_000,
  bytes: 64 * 1024 * 1024,
  bytesOfOne: 1024 * 1024,
};

/** Requests that may be sent again, and what became of them. Each write rejects with RR_STORE_DEPOSED when another term is in force. */
export interface IdempotencyStore {
  /**
   * Keeps that a request is being done, before it is.
   * @returns the one of before with the same key of the same principal; undefined when there is none, and this one was written down
   */
  beginRequest(request: KeyedRequest, nowMs: number, term: number): Promise<KeptRequest | undefined>;
  /** Keeps that it was done, with its answer where that is given and not too large. */
  endRequest(request: KeyedRequest, answer: KeptAnswer | undefined, term: number): Promise<void>;
  /** Forgets a request that has changed nothing: its key is as good as new. */
  forgetRequest(request: KeyedRequest, term: number): Promise<void>;
}
