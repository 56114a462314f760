import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** What of a request decides on access. */
export interface Presented {
  /** The header `authorization`. A WebSocket that brings its token in another way puts it here as `Bearer …`. */
  readonly authorization: string | undefined;
  /** The header `host`. */
  readonly host: string | undefined;
  /** The header `origin`, which web pages cannot forge. */
  readonly origin: string | undefined;
  readonly certificate: ClientCertificate;
  /** Address of the other end of the connection. */
  readonly remoteAddress: string;
}

/** The certificate of the client, as TLS has judged it. */
export type ClientCertificate =
  | { readonly kind: 'none' }
  /** Its chain ends at a CA of `api.tls.clientCaFile`, and it is in its time. */
  | { readonly kind: 'verified'; readonly der: Uint8Array }
  /** `why`: a code of OpenSSL, such as CERT_HAS_EXPIRED. */
  | { readonly kind: 'refused'; readonly why: string };

/** What a request of node's HTTP servers presents, its upgrade to a WebSocket included. */
export function presentedOf({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): Presented {
  return {
    authorization: headers.authorization,
    host: headers.host,
    origin: headers.origin,
    certificate: certificateOf(socket),
    remoteAddress: socket.remoteAddress ?? '',
  };
}

/**
 * The server asks for a certificate and does without (`requestCert`, not `rejectUnauthorized`): most clients have a token
 * instead. So what TLS thinks of the chain must be looked at here.
 */
function certificateOf(socket: IncomingMessage['socket']): ClientCertificate {
  if (!(socket instanceof TLSSocket)) return { kind: 'none' };
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return { kind: 'none' };
  if (socket.authorized) return { kind: 'verified', der: certificate.raw };
  return { kind: 'refused', why: String(socket.authorizationError) };
}
