import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { claimsOf, type NatsClaims } from './jwt-claims.ts';
import type { NatsPermissions } from './permissions.ts';

/** What a user's JWT says. */
export interface NatsGrant {
  /** Public key, U…. */
  readonly user: string;
  /** Public key of who has signed it, A…. */
  readonly signedBy: string;
  /** What it allows. */
  readonly permissions: NatsPermissions;
  /** All that servers go by, permissions and limits among it, as the JWT has it. */
  readonly terms: NatsClaims['nats'];
  readonly expiresAtS: number | undefined;
}

const allowed = z.looseObject({ allow: z.array(z.string()).default([]) }).default({ allow: [] });
const permissionsSchema = z.looseObject({ pub: allowed, sub: allowed });

/**
 * Reads a user's JWT.
 * @throws RR_NATS_CREDENTIALS_INVALID
 */
export function grantOfJwt(jwt: string): NatsGrant {
  const { sub, iss, exp, nats } = claimsOf('user', jwt);
  const { pub, sub: heard } = permissionsSchema.parse(nats);
  return {
    ...{ user: sub, signedBy: iss, terms: nats },
    permissions: { publish: pub.allow, subscribe: heard.allow },
    expiresAtS: exp === 0 ? undefined : exp,
  };
}

/** Whether servers let the users of both do the same, whoever has signed them. */
export function grantsAlike(a: NatsGrant, b: NatsGrant): boolean {
  return a.user === b.user && a.expiresAtS === b.expiresAtS && isDeepStrictEqual(a.terms, b.terms);
}
