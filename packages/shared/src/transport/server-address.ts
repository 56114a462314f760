import { RerootError } from '../errors/index.ts';

/** What the NATS client needs to know of the configured servers. It reads neither credentials nor schemes by itself. */
export interface ServerAddresses {
  /** `host:port`, without scheme and credentials: these can be printed. */
  readonly hosts: readonly string[];
  /** Of the first URL that has any: a client shows the same to every server. */
  readonly credentials: UrlCredentials;
  /** Required as soon as one URL begins with tls://. */
  readonly tls: 'required' | 'as-offered';
}

/** As the client's options name them; empty when the URLs hold none. */
export type UrlCredentials =
  | { readonly user: string; readonly pass: string }
  | { readonly token: string }
  | Record<string, never>;

const defaultPort = '4222';

/**
 * Takes the servers' URLs apart: `nats://host:4222`, `tls://user:password@host`, `nats://token@host`, `host:4222`.
 * @throws RR_CONFIG_INVALID for one that is no URL of NATS; the message leaves out its credentials
 */
export function readServers(servers: readonly string[]): ServerAddresses {
  const urls = servers.map(parseServer);
  return {
    hosts: urls.map(({ hostname, port }) => `${hostname}:${port === '' ? defaultPort : port}`),
    credentials: urls.map(credentialsOf).find((found) => Object.keys(found).length > 0) ?? {},
    tls: urls.some(({ protocol }) => protocol === 'tls:') ? 'required' : 'as-offered',
  };
}

function parseServer(server: string): URL {
  const text = server.includes('://') ? server : `nats://${server}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && url.hostname !== '' && (url.protocol === 'nats:' || url.protocol === 'tls:')) return url;
  throw new RerootError('RR_CONFIG_INVALID', `${JSON.stringify(withoutCredentials(server))} is not the URL of a NATS server`, {
    remedy: 'write nats://host:port or tls://host:port',
  });
}

function credentialsOf({ username, password }: URL): UrlCredentials {
  if (username === '') return {};
  const user = decodeURIComponent(username);
  return password === '' ? { token: user } : { user, pass: decodeURIComponent(password) };
}

/**
 * A server's URL without its credentials, whether or not it is one.
 * Cuts at the last `@`: a password that was not escaped may hold others.
 */
export function withoutCredentials(server: string): string {
  return server.replace(/^([a-z]+:\/\/)?.*@/is, '$1');
}
