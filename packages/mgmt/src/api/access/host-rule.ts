import { isLoopbackHost } from '@reroot/shared/config';
import { RerootError } from '@reroot/shared/errors';

/** Under which names and for which pages the API answers. */
export interface NamesOfApi {
  /** Where it listens. */
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  /** `nobody`: whoever reaches the address is let in, so that the name is all that keeps web pages out. */
  readonly asksForCredentials: 'everybody' | 'nobody';
}

/**
 * Refuses a name that is not one of the API: a web page can have its own name point to 127.0.0.1, and then talk to this API
 * as itself. Where credentials are asked for and no names are configured any name will do, for such a page has none.
 * @param header the header `host`
 * @throws RR_API_HOST_REFUSED
 */
export function requireHost(header: string | undefined, names: NamesOfApi): void {
  const { host, allowedHosts, asksForCredentials } = names;
  const hostname = hostnameOf(header);
  if (isLoopbackHost(hostname) || allowedHosts.some((allowed) => allowed.toLowerCase() === hostname)) return;
  if (asksForCredentials === 'everybody' && (allowedHosts.length === 0 || hostname === host)) return;
  throw new RerootError('RR_API_HOST_REFUSED', 'the Host header names neither a loopback address nor one of api.allowedHosts');
}

/**
 * Refuses what a page of another origin sends: browsers do so with the reader's client certificate, or with nothing where
 * nothing is asked for, and tell so in a header that pages cannot forge (RFC 6454 §7).
 * @throws RR_API_ORIGIN_REFUSED
 */
export function requireOrigin(origin: string | undefined, hostHeader: string | undefined, names: NamesOfApi): void {
  if (origin === undefined || isAllowedOrigin(origin, names)) return;
  // A TLS proxy in front changes the scheme, but not the name.
  const url = URL.parse(origin);
  if (url !== null && /^https?:$/.test(url.protocol) && url.host === hostOf(url.protocol, hostHeader)) return;
  throw new RerootError('RR_API_ORIGIN_REFUSED', 'the Origin header names a page of another origin');
}

/** Whether pages of this origin may read answers. */
export function isAllowedOrigin(origin: string, { allowedOrigins }: Pick<NamesOfApi, 'allowedOrigins'>): boolean {
  return allowedOrigins.includes(origin);
}

function hostOf(protocol: string, header: string | undefined): string | undefined {
  return URL.parse(`${protocol}//${header ?? ''}`)?.host;
}

function hostnameOf(header: string | undefined): string {
  return URL.parse(`http://${header ?? ''}`)?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
}
