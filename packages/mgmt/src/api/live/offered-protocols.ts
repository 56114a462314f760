import { liveBearerPrefix, liveProtocol } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';

/** More than a token of 8 KiB takes in base64url, with the names around it. */
const maxHeaderLength = 12 * 1024;

/**
 * Reads the subprotocols that a client offers (RFC 6455 §11.3.4): `reroot.v2`, and beside it perhaps a bearer token, by which
 * browsers show one, for their WebSocket sets no header.
 * @returns the token; undefined where there is none
 * @throws RR_LIVE_HANDSHAKE_INVALID; the message never quotes the token
 */
export function readOfferedProtocols(header: string | undefined): string | undefined {
  if ((header ?? '').length > maxHeaderLength)
    throw invalid(`the offered subprotocols have more than ${maxHeaderLength} characters`);
  const offered = (header ?? '').split(',').map((name) => name.trim());
  if (!offered.includes(liveProtocol)) throw invalid(`the client does not offer the subprotocol ${liveProtocol}`);
  const [bearer, ...others] = offered.filter((name) => name.startsWith(liveBearerPrefix));
  if (bearer === undefined) return undefined;
  if (others.length > 0) throw invalid('the client offers several tokens');
  return tokenOf(bearer.slice(liveBearerPrefix.length));
}

function tokenOf(base64url: string): string {
  const token = Buffer.from(base64url, 'base64url');
  // Node passes over what is no base64url; the same token has one form alone.
  if (base64url === '' || token.toString('base64url') !== base64url) {
    throw invalid(`what follows ${liveBearerPrefix} is not a token in base64url without padding`);
  }
  return token.toString('latin1');
}

function invalid(why: string): RerootError {
  return new RerootError('RR_LIVE_HANDSHAKE_INVALID', why);
}
