import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { type Certificate, parseCertificate } from '../pki/index.ts';
import type { HandshakeFailure } from '../protocol/index.ts';
import { refusalAlert } from './refusal-alert.ts';

/** Who the other end of an established channel is, and whether it is trusted. */
export interface JudgedPeer {
  /** Fingerprints, the leaf first. */
  readonly chain: readonly string[];
  /** Its SPIFFE identity; empty where it has none. */
  readonly identity: string;
  readonly verdict: PeerVerdict;
}

/** `faulty`: what was presented says nothing of trust. */
export type PeerVerdict =
  | { readonly kind: 'trusted' }
  | { readonly kind: 'refused' | 'faulty'; readonly failure: HandshakeFailure };

/** RFC 8446 §6.2. */
const certificateRequired = 116;

/** A chain is presented in full, and one that has itself above it would have no end. */
const longestChain = 16;

/**
 * Judges the certificate of the other end: by OpenSSL's verification under the bundle alone, and by its identity, which must be
 * one of the trust domain, as Istio's proxies demand (there are no names of hosts in it).
 */
export function judgePeer(socket: TLSSocket, trustDomain: string): JudgedPeer {
  const chain = presentedChain(socket);
  const [leaf] = chain;
  if (leaf === undefined) {
    const failure = { alert: certificateRequired, reason: 'NO_CERTIFICATE' };
    return { chain: [], identity: '', verdict: { kind: 'faulty', failure } };
  }
  const identity = leaf.uris.find((uri) => uri.startsWith('spiffe://')) ?? '';
  return { chain: chain.map(({ fingerprint }) => fingerprint), identity, verdict: judge(socket, leaf, identity, trustDomain) };
}

function judge(socket: TLSSocket, { uris }: Certificate, identity: string, trustDomain: string): PeerVerdict {
  if (!socket.authorized) {
    // Typed as an Error, and OpenSSL's code in truth.
    const reason = String(socket.authorizationError);
    return { kind: 'refused', failure: { alert: refusalAlert(reason), reason } };
  }
  // An X.509-SVID has one URI (SPIFFE X.509-SVID §2).
  if (uris.length === 1 && identity.startsWith(`spiffe://${trustDomain}/`)) return { kind: 'trusted' };
  const reason = 'WRONG_TRUST_DOMAIN';
  return { kind: 'refused', failure: { alert: refusalAlert(reason), reason } };
}

function presentedChain(socket: TLSSocket): readonly Certificate[] {
  const chain: Certificate[] = [];
  // An empty object where there is none, whatever the types say.
  let next: Partial<DetailedPeerCertificate> | undefined = socket.getPeerCertificate(true);
  while (next?.raw !== undefined && chain.length < longestChain) {
    const { raw, issuerCertificate }: Partial<DetailedPeerCertificate> = next;
    chain.push(parseCertificate(new Uint8Array(raw)));
    next = issuerCertificate === next ? undefined : issuerCertificate;
  }
  return chain;
}
