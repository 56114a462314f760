import { isRecordable, maxNameLength } from '@reroot/shared/api-contract';
import { RerootError } from '@reroot/shared/errors';
import type { OidcConfig } from '../api-config.ts';

type Claims = Readonly<Record<string, unknown>>;

/**
 * By what name the holder of a token is known.
 * @throws RR_API_UNAUTHORIZED when the claim is missing, is no name, or is an e-mail address that the issuer has not verified
 */
export function nameIn(claims: Claims, { usernameClaim }: Pick<OidcConfig, 'usernameClaim'>): string {
  const name = findClaim(claims, usernameClaim);
  if (!isRecordable(name)) {
    throw new RerootError(
      'RR_API_UNAUTHORIZED',
      `the token has no claim ${usernameClaim} with a name of at most ${maxNameLength} printable characters`,
    );
  }
  // At many issuers anybody can enter any address (OpenID Connect Core 1.0 §5.7).
  if (usernameClaim === 'email' && (claims['email_verified'] ?? true) !== true) {
    throw new RerootError('RR_API_UNAUTHORIZED', 'the issuer has not verified the e-mail address of the token');
  }
  return name;
}

/** What of a token gives roles, such as groups: a list of texts, or one text. Anything else gives none. */
export function groupsIn(claims: Claims, { rolesClaim }: Pick<OidcConfig, 'rolesClaim'>): readonly string[] {
  const value = findClaim(claims, rolesClaim);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((each) => typeof each === 'string');
}

/** A claim by its name or, where there is none of that name, by its path: `realm_access.roles`. */
function findClaim(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const key of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
