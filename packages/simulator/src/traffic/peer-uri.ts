import type { TLSSocket } from 'node:tls';

/** The URI in the certificate of a peer that TLS has verified. */
export function peerUri(socket: TLSSocket): string | undefined {
  return uriOf(socket.getPeerX509Certificate()?.subjectAltName);
}

/** The URI in a subject alternative name, as node:crypto prints it. */
export function uriOf(subjectAltName: string | undefined): string | undefined {
  return /(?:^|, )URI:([^,]+)/.exec(subjectAltName ?? '')?.[1];
}
