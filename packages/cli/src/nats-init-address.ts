import { RerootError } from '@reroot/shared/errors';

/** Where a server is reached, and what it listens on. */
export interface ServerAddress {
  /** DNS name or address, IPv6 without brackets. */
  readonly host: string;
  /** For clients. */
  readonly port: number;
  /** For the other servers of the cluster. */
  readonly routePort: number;
  /** For leaf nodes. */
  readonly leafPort: number;
  /** The address to listen on: a server that is reached as this machine is open to nobody else. */
  readonly listen: string;
  /** Names its folder, and the server itself. */
  readonly name: string;
}

/** As NATS has them: 4222 for clients, 6222 for routes, 7422 for leaf nodes; other ports keep these distances. */
const ports = { client: 4222, fromClientToRoute: 2000, fromClientToLeaf: 3200, last: 65_535 } as const;

/**
 * Reads HOST[:PORT] of every server and leaf node.
 * @throws RR_OPTION_INVALID for one that is none, and for two that would need the same port of one host
 */
export function readAddresses(texts: readonly string[]): readonly ServerAddress[] {
  const addresses = texts.map(readAddress);
  const taken = new Set<string>();
  for (const { host, port, routePort, leafPort } of addresses) {
    for (const each of [port, routePort, leafPort]) {
      const place = `port ${each} of ${host}`;
      if (taken.has(place)) {
        throw invalid(
          `${place} is needed twice: a server listens on PORT, PORT+${ports.fromClientToRoute} and PORT+${ports.fromClientToLeaf}`,
        );
      }
      taken.add(place);
    }
  }
  return addresses;
}

function readAddress(text: string): ServerAddress {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-f:.]+)\]|([^\s:/@[\]]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = (bracketed ?? plain)?.toLowerCase();
  if (host === undefined)
    throw invalid(`${JSON.stringify(text)} is not HOST or HOST:PORT; an IPv6 address has brackets around it`);
  const port = digits === undefined ? ports.client : Number(digits);
  const [routePort, leafPort] = [port + ports.fromClientToRoute, port + ports.fromClientToLeaf];
  if (port < 1 || leafPort > ports.last)
    throw invalid(`the port of ${text} is not from 1 to ${ports.last - ports.fromClientToLeaf}`);
  const name = `${host.replaceAll(':', '-')}${port === ports.client ? '' : `-${port}`}`;
  return { host, port, routePort, leafPort, listen: listenOn(host), name };
}

function listenOn(host: string): string {
  if (host === 'localhost') return '127.0.0.1';
  return host === '::1' || /^127(\.\d+){3}$/.test(host) ? host : '0.0.0.0';
}

/** `host:port` as URLs have it. */
export function hostAndPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function invalid(why: string): RerootError {
  return new RerootError('RR_OPTION_INVALID', why);
}
