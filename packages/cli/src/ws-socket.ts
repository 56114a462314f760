import type { LiveClientOptions } from '@reroot/shared/api';
import { WebSocket } from 'ws';
import type { TlsIdentity } from './tls-exchange.ts';

/** Whoever does not answer in so long is asked again. */
const handshakeTimeoutMs = 10_000;

/** WebSockets over TLS with certificates of one's own, which that of Node cannot be given. */
export function createSocketOpener({ ca, client }: TlsIdentity): LiveClientOptions['openSocket'] {
  const identity = { ...(ca === undefined ? {} : { ca }), ...client };
  return (url, protocols) => new WebSocket(url, protocols, { ...identity, handshakeTimeout: handshakeTimeoutMs });
}
