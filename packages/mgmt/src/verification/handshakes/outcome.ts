import type { HandshakeFailure, PresentedTrust } from '@reroot/shared/protocol';

/** One end of a handshake: a replica of istiod of a cluster, whose leaf is presented and whose bundle is trusted. */
export interface HandshakeEnd {
  readonly cluster: string;
  /** Empty where no replica of the cluster is known: then nothing can be proven of it. */
  readonly replica: string;
}

/** A handshake that is to be made. */
export interface PlannedHandshake {
  readonly client: HandshakeEnd;
  readonly server: HandshakeEnd;
}

/** What came of it. */
export interface HandshakeOutcome extends PlannedHandshake {
  readonly result: HandshakeResult;
  /** When it was over. */
  readonly atMs: number;
  /** Of the last try, from its first task to its last answer. */
  readonly tookMs: number;
  readonly tries: number;
}

/**
 * `accepted`: each end trusted what the other presented, over one and the same channel. `refused`: an end did not trust what
 * the other presented. `unavailable`: nothing was learnt, and nothing is concluded from that.
 */
export type HandshakeResult =
  | ({ readonly kind: 'accepted'; readonly channel: string } & PresentedByBoth)
  | ({ readonly kind: 'refused'; readonly refusals: readonly Refusal[] } & PresentedByBoth)
  | { readonly kind: 'unavailable'; readonly code: string; readonly message: string };

/** What either end presented and trusted. */
export interface PresentedByBoth {
  readonly client: PresentedTrust;
  readonly server: PresentedTrust;
}

/** That one end refused the other. */
export interface Refusal {
  readonly by: 'client' | 'server';
  readonly failure: HandshakeFailure;
  /** SPIFFE identity of the end that was refused. */
  readonly identity: string;
}
