import type { Clock } from '@reroot/shared/clock';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import type { OidcConfig } from '../api-config.ts';
import { accessUnavailable } from './access-unavailable.ts';
import type { FetchJson } from './fetch-json.ts';
import { createIssuerKeys } from './issuer-keys.ts';
import { groupsIn, nameIn } from './oidc-claims.ts';
import { rolesOfNames } from './roles-by-name.ts';
import { type Visitor, visitorWithRoles } from './visitor.ts';
import { waitForAnswer } from './wait-for-answer.ts';

/** Knows people by what an OIDC issuer has signed. */
export interface OidcDoor {
  /** Whether a token says that it is of this issuer. */
  isMeantFor(token: string): boolean;
  /** @throws RR_API_UNAUTHORIZED, RR_API_ACCESS_UNAVAILABLE; the signal's reason */
  open(token: string, signal: AbortSignal): Promise<Visitor>;
}

/** What it works with. */
export interface OidcDoorOptions {
  readonly config: OidcConfig;
  readonly fetchJson: FetchJson;
  readonly clock: Clock;
}

/** Signatures by a private key only: with HS256 the public key of the issuer would be the secret (RFC 8725 §2.1, §3.1). */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];

/** Access tokens (RFC 9068 §2.1) and ID tokens; a logout token is signed by the same key and lets nobody in (RFC 8725 §3.11). */
const types: readonly (string | undefined)[] = [undefined, 'jwt', 'at+jwt'];

const leewayS = 30;

/** Asks the issuer for its keys when the first token comes. */
export function createOidcDoor({ config, fetchJson, clock }: OidcDoorOptions): OidcDoor {
  const { issuer, audience } = config;
  const findKey = createIssuerKeys({ issuer, fetchJson, clock });
  return {
    isMeantFor: (token) => issuerOf(token) === issuer,
    open: async (token, signal) => {
      const currentDate = new Date(clock.now());
      const claimed = { issuer, audience, algorithms, clockTolerance: leewayS, requiredClaims: ['exp'], currentDate };
      const { payload, protectedHeader } = await waitForAnswer(jwtVerify(token, findKey, claimed), signal).catch(
        (error: unknown) => {
          signal.throwIfAborted();
          throw refusal(error, issuer);
        },
      );
      requireType(protectedHeader);
      return visitorOf(payload, config);
    },
  };
}

/** What a token says of itself, which nothing has verified yet. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

function visitorOf(payload: JWTPayload, config: OidcConfig): Visitor {
  const expiresAtMs = payload.exp === undefined ? undefined : payload.exp * 1_000;
  const principal = { name: nameIn(payload, config), via: 'oidc', expiresAtMs } as const;
  return visitorWithRoles(principal, rolesOfNames(groupsIn(payload, config), config.roles), 'api.access.oidc.roles');
}

/** An issuer may write anything there, numbers too. */
function requireType({ typ }: { readonly typ?: unknown }): void {
  const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : undefined;
  if ((typ === undefined || type !== undefined) && types.includes(type)) return;
  throw new RerootError('RR_API_UNAUTHORIZED', 'the token is neither an access token nor an ID token');
}

function refusal(error: unknown, issuer: string): RerootError {
  if (error instanceof RerootError) return error;
  if (error instanceof errors.JOSEError) {
    return new RerootError('RR_API_UNAUTHORIZED', `the token of ${issuer} is not accepted: ${error.message}`, { cause: error });
  }
  return accessUnavailable(`the keys of ${issuer} cannot be used: ${errorMessage(error)}`, { cause: error });
}
