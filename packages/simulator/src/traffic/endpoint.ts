import { constants } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createSecureContext, createServer, type SecureContext, type SecureContextOptions, type TLSSocket } from 'node:tls';
import type { Material, SimulatedProxy } from '../workload/proxy.ts';

/** A workload's side of handshakes: a TLS server of its own, and the context it dials with. */
export interface Endpoint {
  readonly spiffeId: string;
  readonly port: number;
  /** What it dials with now; undefined until it has a certificate. */
  context(): SecureContext | undefined;
  close(): Promise<void>;
}

/** TLS 1.3 only and no tickets: each connection is a whole new handshake. */
const tlsRules = { minVersion: 'TLSv1.3', secureOptions: constants.SSL_OP_NO_TICKET } as const satisfies SecureContextOptions;

/** Starts a workload's server on a free port of 127.0.0.1; it demands and verifies a certificate from every peer. */
export async function openEndpoint(proxy: SimulatedProxy, trustDomain: string): Promise<Endpoint> {
  let current: { material: Material; context: SecureContext } | undefined;
  const server = createServer({ ...tlsRules, requestCert: true, rejectUnauthorized: true }, (socket) => {
    answer(socket, trustDomain);
  });
  // What the client did wrong is counted where the client sees it.
  server.on('tlsClientError', () => undefined);
  /** A new bundle or certificate counts from the next connection on, as with SDS. */
  const refresh = (): void => {
    const material = proxy.material();
    if (material === undefined || sameMaterial(current?.material, material)) return;
    const options = secureOptionsOf(material);
    server.setSecureContext(options);
    current = { material, context: createSecureContext(options) };
  };
  server.on('connection', refresh);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    spiffeId: proxy.spiffeId,
    port,
    context: () => {
      refresh();
      return current?.context;
    },
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

function secureOptionsOf({ key, certChain, rootCert }: Material): SecureContextOptions {
  return { ...tlsRules, key: key.export({ type: 'pkcs8', format: 'pem' }), cert: certChain, ca: rootCert };
}

function sameMaterial(a: Material | undefined, b: Material): boolean {
  return a?.key === b.key && a.rootCert === b.rootCert;
}

/** A peer counts as verified when its chain holds, which TLS has seen to, and its name is of the trust domain. */
function answer(socket: TLSSocket, trustDomain: string): void {
  socket.on('error', () => undefined);
  if (peerUri(socket)?.startsWith(`spiffe://${trustDomain}/`) === true) socket.end('1');
  else socket.destroy();
}

/** The URI in a verified peer's certificate. */
export function peerUri(socket: TLSSocket): string | undefined {
  return /(?:^|, )URI:([^,]+)/.exec(socket.getPeerCertificate().subjectaltname ?? '')?.[1];
}
