import { isLoopbackHost } from '../config/index.ts';
import type { ConnectOptions } from './connect-options.ts';
import type { ServerAddresses } from './server-address.ts';

/** A server as it was called and as it was reached. */
export interface ReachedServer {
  /** A name or an address, IPv6 without brackets. */
  readonly hostname: string;
  /** Of the socket's other end; undefined when it has gone already. */
  readonly remoteAddress: string | undefined;
}

/** Whether a connection must be encrypted: because its URL says so, because it leaves the machine, or if the server likes. */
export type TlsNeed = 'by-url' | 'by-distance' | 'as-offered';

/** Says for each server that is reached whether it must speak TLS. */
export function tlsNeedOf(
  scheme: ServerAddresses['tls'],
  plaintext: ConnectOptions['plaintext'] = 'refused',
): (server: ReachedServer) => TlsNeed {
  return (server) => {
    if (scheme === 'required') return 'by-url';
    return plaintext === 'allowed' || isOnThisMachine(server) ? 'as-offered' : 'by-distance';
  };
}

/** By its name and by its address too: whoever answers questions of names could send `localhost` anywhere. */
export function isOnThisMachine({ hostname, remoteAddress }: ReachedServer): boolean {
  return isLoopbackHost(unmapped(hostname)) && remoteAddress !== undefined && isLoopbackHost(unmapped(remoteAddress));
}

/** An IPv4 address in IPv6 as what it is. */
function unmapped(host: string): string {
  return host.replace(/^::ffff:(?=\d+\.)/i, '');
}
