import { constants, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createSecureContext, createServer, type SecureContext, type SecureContextOptions, type TLSSocket } from 'node:tls';
import type { Material } from '../workload/sidecar.ts';
import { peerUri } from './peer-uri.ts';

/** Whose certificate and trust an endpoint uses. */
export interface Holder {
  readonly namespace: string;
  readonly name: string;
  readonly spiffeId: string;
  /** What it holds at this moment, the same object until that changes; undefined while it has no certificate. */
  material(): Material | undefined;
}

/** A workload's side of handshakes: a TLS server of its own, and the context it dials with. */
export interface Endpoint {
  readonly spiffeId: string;
  /** `cluster/namespace/workload` */
  readonly label: string;
  readonly port: number;
  /** What it dials with now; undefined while it has no certificate. */
  context(): SecureContext | undefined;
  /**
   * Awaits the client that will ask for that server name.
   * @param clientId SPIFFE ID that it must prove
   */
  expect(serverName: string, clientId: string): Visit;
  close(): Promise<void>;
}

/** A client that is awaited, as its server sees it. */
export interface Visit {
  /** Never rejects; stays open when the client does not come. */
  readonly verdict: Promise<ServerVerdict>;
  forget(): void;
}

/** What the server thinks of a client: `lost` says that it went away before it had proven anything. */
export type ServerVerdict = { readonly kind: 'verified' | 'lost' } | { readonly kind: 'refused'; readonly reason: string };

/** TLS 1.3 only and no tickets: each connection is a whole new handshake. */
const tlsRules = { minVersion: 'TLSv1.3', secureOptions: constants.SSL_OP_NO_TICKET } as const satisfies SecureContextOptions;

interface Awaited {
  readonly clientId: string;
  readonly settle: (verdict: ServerVerdict) => void;
}

/** Starts a workload's server on a free port of 127.0.0.1; it demands and verifies a certificate from every peer. */
export async function openEndpoint(cluster: string, holder: Holder): Promise<Endpoint> {
  const visits = new Map<string, Awaited>();
  let current: { readonly material: Material; readonly context: SecureContext } | undefined;
  const server = createServer({ ...tlsRules, requestCert: true, rejectUnauthorized: true });
  /** A new bundle or certificate counts from the next connection on, as with SDS. */
  const refresh = (): void => {
    const material = holder.material();
    if (material === undefined || material === current?.material) return;
    const options = secureOptionsOf(material);
    server.setSecureContext(options);
    current = { material, context: createSecureContext(options) };
  };
  // Before the server's own listener, which takes the context for the connection at hand.
  server.prependListener('connection', refresh);
  server.on('secureConnection', (socket) => {
    receive(socket, visits.get(serverNameOf(socket)));
  });
  server.on('tlsClientError', (_error, socket) => {
    visits.get(serverNameOf(socket))?.settle(verdictOn(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    spiffeId: holder.spiffeId,
    label: `${cluster}/${holder.namespace}/${holder.name}`,
    port: (server.address() as AddressInfo).port,
    context: () => {
      refresh();
      return holder.material() === undefined ? undefined : current?.context;
    },
    expect: (serverName, clientId) => {
      const { promise, resolve } = Promise.withResolvers<ServerVerdict>();
      visits.set(serverName, { clientId, settle: resolve });
      return { verdict: promise, forget: () => void visits.delete(serverName) };
    },
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

/** TLS has verified the chain; the name is left, and a byte each way. */
function receive(socket: TLSSocket, visit: Awaited | undefined): void {
  socket.on('error', () => undefined);
  if (visit === undefined || peerUri(socket) !== visit.clientId) {
    visit?.settle({ kind: 'refused', reason: 'WRONG_IDENTITY' });
    socket.destroy();
    return;
  }
  socket.once('data', () => {
    visit.settle({ kind: 'verified' });
    socket.end();
  });
  socket.once('close', () => {
    visit.settle({ kind: 'lost' });
  });
  socket.write('1');
}

/** Node destroys the connection of a client that does not verify, and tells why on the socket alone. */
function verdictOn(socket: TLSSocket): ServerVerdict {
  // Typed as an Error, and null or OpenSSL's code in truth.
  const reason: unknown = socket.authorizationError;
  return typeof reason === 'string' ? { kind: 'refused', reason } : { kind: 'lost' };
}

function serverNameOf(socket: TLSSocket): string {
  const name: unknown = 'servername' in socket ? socket.servername : undefined;
  return typeof name === 'string' ? name : '';
}

function secureOptionsOf({ key, certChain, rootCert }: Material): SecureContextOptions {
  return { ...tlsRules, key: pemOf(key), cert: certChain, ca: rootCert };
}

function pemOf(key: KeyObject): string | Buffer {
  return key.export({ type: 'pkcs8', format: 'pem' });
}
