import { verify } from 'node:crypto';
import { Algorithms } from '@nats-io/jwt';
import { z } from 'zod';
import { RerootError } from '../errors/index.ts';
import type { NkeyKind } from './nkey.ts';
import { publicKeyOfNkey } from './signing-pair.ts';

const seconds = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** What reroot looks at; everything else stays as it is. */
const claimsSchema = z.looseObject({
  jti: z.string().optional(),
  iat: seconds,
  iss: z.string(),
  sub: z.string(),
  exp: seconds.optional(),
  nats: z.looseObject({
    type: z.enum(['operator', 'account', 'user']),
    revocations: z.record(z.string(), seconds).optional(),
    signing_keys: z.array(z.union([z.string(), z.looseObject({ key: z.string() })])).optional(),
  }),
});

/** The claims of a JWT of NATS (version 2). */
export type NatsClaims = z.infer<typeof claimsSchema>;

/** A JWT comes from outside; an account's grows with its revocations, each of 93 bytes (70 before base64). */
const maxCharacters = 4 * 1024 * 1024;

/**
 * Reads a JWT of NATS and checks that its issuer has signed it. Who the issuer is, the caller judges.
 * @throws RR_NATS_CREDENTIALS_INVALID when it is none of the kind
 */
export function claimsOf(kind: NkeyKind, jwt: string): NatsClaims {
  const claims = readClaims(jwt);
  if (claims?.nats.type === kind) return claims;
  throw new RerootError('RR_NATS_CREDENTIALS_INVALID', `the text is not the JWT of a NATS ${kind}, signed by its issuer`);
}

/**
 * When a user's JWT ends, milliseconds since the Unix epoch; undefined when it does not.
 * @throws RR_NATS_CREDENTIALS_INVALID
 */
export function jwtExpiresAtMs(jwt: string): number | undefined {
  const { exp } = claimsOf('user', jwt);
  return exp === undefined || exp === 0 ? undefined : exp * 1000;
}

/**
 * The public key of the account (A…) whose JWT this is.
 * @throws RR_NATS_CREDENTIALS_INVALID
 */
export function accountOfJwt(jwt: string): string {
  return claimsOf('account', jwt).sub;
}

function readClaims(jwt: string): NatsClaims | undefined {
  if (jwt.length > maxCharacters) return undefined;
  try {
    const [header = '', payload = '', signature = '', ...rest] = jwt.split('.');
    const claims = claimsSchema.parse(jsonOf(payload));
    const { typ, alg } = headerSchema.parse(jsonOf(header));
    const key = publicKeyOfNkey(claims.iss);
    if (rest.length > 0 || typ.toLowerCase() !== 'jwt' || key === undefined) return undefined;
    // Those of the first version are signed over the claims alone.
    const signed = Buffer.from(alg === Algorithms.v2 ? `${header}.${payload}` : payload);
    // Not by the library: it takes milliseconds, in JavaScript, and reads the bytes as Latin-1.
    return verify(null, signed, key, Buffer.from(signature, 'base64url')) ? claims : undefined;
  } catch {
    return undefined;
  }
}

const headerSchema = z.looseObject({ typ: z.string(), alg: z.enum([Algorithms.v1, Algorithms.v2]) });

function jsonOf(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}
