import { randomUUID, type webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

/** An OpenID provider on a loopback address, whose clients get access tokens for whom they ask. */
export interface Issuer {
  /** What it calls itself. */
  readonly url: string;
  /** Paths that it was asked for, in order. */
  readonly asked: string[];
  /** The public half of what it signs with. */
  publicKey(): JWK;
  /** A token as the provider gives it to its client `ann`, for an audience and with these claims besides. */
  issue(audience: string, claims?: JWTPayload): Promise<string>;
  /** A token that the provider would not make, signed with its key. */
  sign(claims: JWTPayload, header?: { readonly alg?: string; readonly typ?: string; readonly kid?: string }): Promise<string>;
  /** Signs with a new key from now on, and shows no other. */
  rotateKey(): Promise<void>;
  /** Answers as told from now on; as the provider again when it is undefined. */
  answer(listener: RequestListener | undefined): void;
  stop(): Promise<void>;
}

const secret = 'a-secret-of-the-client-ann';
const lifetimeS = 600;

/** Starts one with an RS256 key. */
export async function startIssuer(): Promise<Issuer> {
  const asked: string[] = [];
  let listener: RequestListener = () => undefined;
  let instead: RequestListener | undefined;
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    (instead ?? listener)(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const claimsOf = new Map<string, JWTPayload>();
  let key: SigningKey;
  const rotateKey = async (): Promise<void> => {
    key = await makeKey();
    listener = new Provider(url, configurationOf(key.jwk, claimsOf)).callback();
  };
  await rotateKey();
  return {
    url,
    asked,
    publicKey: () => key.publicJwk,
    issue: async (audience, claims = {}) => {
      claimsOf.set(audience, claims);
      const form = { grant_type: 'client_credentials', resource: audience, scope: 'api' };
      const response = await fetch(`${url}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`ann:${secret}`).toString('base64')}` },
        body: new URLSearchParams(form),
        signal: AbortSignal.timeout(10_000),
      });
      return ((await response.json()) as { access_token: string }).access_token;
    },
    sign: async (claims, header = {}) => {
      const { kid } = key.jwk;
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', ...(kid === undefined ? {} : { kid }), ...header })
        .sign(key.privateKey);
    },
    rotateKey,
    answer: (next) => {
      instead = next;
    },
    stop: () => stop(server),
  };
}

interface SigningKey {
  readonly jwk: JWK;
  readonly publicJwk: JWK;
  readonly privateKey: webcrypto.CryptoKey;
}

async function makeKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const named = { kid: randomUUID(), alg: 'RS256', use: 'sig' };
  return {
    jwk: { ...(await exportJWK(privateKey)), ...named },
    publicJwk: { ...(await exportJWK(publicKey)), ...named },
    privateKey,
  };
}

/** The tokens here are their own proof: there is nothing to keep. */
class NoStore {
  async upsert(): Promise<void> {}
  async find(): Promise<undefined> {}
  async findByUserCode(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async destroy(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}

function configurationOf(jwk: JWK, claimsOf: ReadonlyMap<string, JWTPayload>): object {
  return {
    adapter: NoStore,
    ttl: { ClientCredentials: lifetimeS },
    jwks: { keys: [jwk] },
    clients: [
      { client_id: 'ann', client_secret: secret, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
    ],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_: unknown, audience: string) => ({
          ...{ scope: 'api', audience, accessTokenFormat: 'jwt', accessTokenTTL: lifetimeS },
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (_: unknown, { aud }: { aud: string }) => claimsOf.get(aud),
  };
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
