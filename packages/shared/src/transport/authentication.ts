import { fromSeed, type KeyPair } from '@nats-io/nkeys';
import { type Authenticator, tokenAuthenticator, usernamePasswordAuthenticator } from 'nats';
import { errorMessage, RerootError } from '../errors/index.ts';
import { signingPairOf } from '../nats-auth/signing-pair.ts';
import type { ConnectOptions, NatsCredentials } from './connect-options.ts';
import type { UrlCredentials } from './server-address.ts';

/** What a server is shown. */
export interface Authentication {
  readonly authenticator: Authenticator;
  /** As the JWT says, milliseconds since the Unix epoch; undefined where there is none, or no end. */
  readonly expiresAtMs: number | undefined;
}

/**
 * What servers are shown: the NATS user, or else what the URLs hold.
 * @returns a function that is to be called before each attempt to connect; it throws RR_NATS_CREDENTIALS_INVALID
 */
export function authenticationOf(credentials: ConnectOptions['credentials'], ofUrls: UrlCredentials): () => Authentication {
  if (credentials === undefined) {
    const authentication = { authenticator: fromUrl(ofUrls), expiresAtMs: undefined };
    return () => authentication;
  }
  return () => fromUser(typeof credentials === 'function' ? readBy(credentials) : credentials);
}

function readBy(read: () => NatsCredentials): NatsCredentials {
  try {
    return read();
  } catch (error) {
    if (error instanceof RerootError) throw error;
    const problem = `the credentials of the NATS user cannot be read: ${errorMessage(error)}`;
    throw new RerootError('RR_NATS_CREDENTIALS_INVALID', problem, { cause: error });
  }
}

function fromUrl(credentials: UrlCredentials): Authenticator {
  if ('token' in credentials) return tokenAuthenticator(credentials.token);
  if ('user' in credentials) return usernamePasswordAuthenticator(credentials.user, credentials.pass);
  return () => undefined;
}

/** The seed is tried at once: the client would end the connection for good if it failed when the server asks. */
function fromUser({ jwt, seed }: NatsCredentials): Authentication {
  const pair = pairOf(seed);
  const nkey = pair.getPublicKey();
  const authenticator: Authenticator = (nonce) => ({
    ...{ jwt, nkey },
    sig: nonce === undefined ? '' : Buffer.from(pair.sign(Buffer.from(nonce))).toString('base64'),
  });
  return { authenticator, expiresAtMs: expiryOf(jwt) };
}

function pairOf(seed: string): KeyPair {
  try {
    return signingPairOf(fromSeed(Buffer.from(seed)));
  } catch (error) {
    throw new RerootError('RR_NATS_CREDENTIALS_INVALID', 'the seed of the NATS user cannot be read', { cause: error });
  }
}

/** RFC 7519 §4.1.4. The JWT is the server's to verify; this is for the words of an error. */
function expiryOf(jwt: string): number | undefined {
  try {
    const { exp } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1_000 : undefined;
  } catch {
    return undefined;
  }
}
