/** One end of a TLS handshake, as far as the other end has come; proto/reroot/v1/agent.proto says what each field means. */
export interface HandshakeTurn {
  readonly session: string;
  /** Handshakes of one group use one certificate of each replica. */
  readonly group: string;
  readonly role: HandshakeRole;
  /** Of istiod: issues the certificate, and hands out the bundle that is trusted. */
  readonly replica: string;
  /** That the other end's SPIFFE identity must be of. */
  readonly trustDomain: string;
  /** All that the other end has written so far. */
  readonly heard: Uint8Array;
}

export type HandshakeRole = 'client' | 'server';

/** How one end of a handshake stands. */
export interface HandshakeProgress {
  /** How many bytes of the other end this takes into account. */
  readonly heardBytes: number;
  /** All that this end has written so far. */
  readonly written: Uint8Array;
  readonly state: HandshakeState;
  readonly presented: PresentedTrust;
  /**
   * Fingerprints of the other end's chain, its leaf first, with the trusted root where this end found one above it; empty while
   * nothing was presented.
   */
  readonly peerChain: readonly string[];
  /** SPIFFE identity of the other end's certificate; empty while it has none. */
  readonly peerIdentity: string;
  /** 32 bytes exported from the TLS session, in hex: equal at both of its ends and nowhere else; empty before. */
  readonly channel: string;
  /** Why, where the state is `refused` or `failed`. */
  readonly failure: HandshakeFailure | undefined;
}

/**
 * `running`: the other end is not verified yet. `trusted`: this end trusts it, and has not heard the same of it.
 * `accepted`: each trusts the other, and has said so over the channel. `refused`: this end does not trust the other's
 * certificate. `failed`: TLS broke off for another reason, which says nothing of anybody's trust.
 */
export type HandshakeState = 'running' | 'trusted' | 'accepted' | 'refused' | 'failed';

/** What an end presents and trusts: both of one answer of one replica. */
export interface PresentedTrust {
  /** Fingerprints, the leaf first. */
  readonly chain: readonly string[];
  /** Of the bundle's exact bytes. */
  readonly bundleSha256: string;
  /** Fingerprints of the roots in the bundle, in order, duplicates kept. */
  readonly roots: readonly string[];
}

/** Why an end of a handshake ended. */
export interface HandshakeFailure {
  /** The alert of TLS for this (RFC 8446 §6.2), such as 48 for unknown_ca; 0 where none fits. */
  readonly alert: number;
  /** OpenSSL's word for it, such as UNABLE_TO_GET_ISSUER_CERT_LOCALLY, or reroot's. */
  readonly reason: string;
}

/** A handshake through a real address. */
export interface PathProbe {
  /** host:port; an agent dials only what its own configuration allows. */
  readonly address: string;
  /** To indicate; empty for none. */
  readonly serverName: string;
  readonly group: string;
  readonly replica: string;
  readonly trustDomain: string;
}

/** What came of it, seen from the agent alone. */
export interface PathProbeResult {
  /** `trusted`: the agent trusts the other end, which has sent no alert. */
  readonly state: Extract<HandshakeState, 'trusted' | 'refused' | 'failed'>;
  readonly presented: PresentedTrust;
  readonly peerChain: readonly string[];
  readonly peerIdentity: string;
  readonly failure: HandshakeFailure | undefined;
  /** Undefined unless the state is `refused`. */
  readonly refusedBy: 'agent' | 'peer' | undefined;
}
