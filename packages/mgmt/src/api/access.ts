import { createHash, timingSafeEqual } from 'node:crypto';
import { RerootError } from '@reroot/shared/errors';

/** Who may use the API. */
export type Access =
  | { readonly kind: 'token'; readonly token: string }
  /** Anybody on this machine. */
  | { readonly kind: 'loopback' };

/** What of a request decides on access. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly host: string | undefined;
}

/**
 * Lets a request pass, or refuses it.
 * @throws RR_API_UNAUTHORIZED, RR_API_HOST_REFUSED
 */
export function requireAccess(access: Access, credentials: Credentials): void {
  switch (access.kind) {
    case 'token': {
      const token = /^Bearer +(\S+)$/i.exec(credentials.authorization ?? '')?.[1];
      if (token !== undefined && equalsInConstantTime(token, access.token)) return;
      const why = token === undefined ? 'the request carries no bearer token' : 'the bearer token is not the right one';
      throw new RerootError('RR_API_UNAUTHORIZED', why);
    }
    case 'loopback':
      // A web page can have its own name point to 127.0.0.1 and then talk to this API as itself.
      if (isLoopbackHost(hostnameOf(credentials.host))) return;
      throw new RerootError('RR_API_HOST_REFUSED', 'the Host header names no loopback address');
  }
}

/** Whether an address is reached from this machine alone. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function hostnameOf(header: string | undefined): string {
  return URL.parse(`http://${header ?? ''}`)?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
}

/** Digests have one length, so the comparison tells nothing of the token's. */
function equalsInConstantTime(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
