import { randomUUID } from 'node:crypto';
import { Algorithms } from '@nats-io/jwt';
import type { KeyPair } from '@nats-io/nkeys';
import { claimsOf, type NatsClaims } from './jwt-claims.ts';

/** The claims with all that several versions of them have revoked; the latest time of each user counts. */
export function mergeRevocations(claims: NatsClaims, versions: readonly NatsClaims[]): NatsClaims {
  return withLatest(
    claims,
    versions.flatMap(({ nats }) => Object.entries(nats.revocations ?? {})),
  );
}

/**
 * The claims with some users revoked. What is revoked already stays so, also `*`, which stands for everybody.
 * @param users when by public key, milliseconds since the Unix epoch
 */
export function withRevocations(claims: NatsClaims, users: ReadonlyMap<string, number>): NatsClaims {
  return withLatest(
    claims,
    [...users].map(([user, ms]): [string, number] => [user, Math.floor(ms / 1000)]),
  );
}

function withLatest(claims: NatsClaims, added: readonly (readonly [string, number])[]): NatsClaims {
  if (added.length === 0) return claims;
  const merged = new Map(Object.entries(claims.nats.revocations ?? {}));
  for (const [user, seconds] of added) merged.set(user, Math.max(seconds, merged.get(user) ?? 0));
  return { ...claims, nats: { ...claims.nats, revocations: Object.fromEntries(merged) } };
}

/** The claims with one more key that signs users. */
export function withSigningKey(claims: NatsClaims, publicKey: string): NatsClaims {
  const keys = claims.nats.signing_keys ?? [];
  if (keys.some((key) => nameOf(key) === publicKey)) return claims;
  return { ...claims, nats: { ...claims.nats, signing_keys: [...keys, publicKey] } };
}

/** The claims without one of those keys. */
export function withoutSigningKey(claims: NatsClaims, publicKey: string): NatsClaims {
  const keys = claims.nats.signing_keys ?? [];
  if (!keys.some((key) => nameOf(key) === publicKey)) return claims;
  return { ...claims, nats: { ...claims.nats, signing_keys: keys.filter((key) => nameOf(key) !== publicKey) } };
}

/** The public keys that sign users of the account. */
export function signingKeysOf({ nats }: NatsClaims): readonly string[] {
  return (nats.signing_keys ?? []).map(nameOf);
}

/**
 * The same of an account's JWT.
 * @throws RR_NATS_CREDENTIALS_INVALID
 */
export function signingKeysOfJwt(jwt: string): readonly string[] {
  return signingKeysOf(claimsOf('account', jwt));
}

/** A scoped signing key is an object that holds its key. */
function nameOf(key: string | { readonly key: string }): string {
  return typeof key === 'string' ? key : key.key;
}

/**
 * Signs an account's claims again. They are always younger than those before, whatever the clock says: of two versions
 * servers keep the one with the later `iat`, and of the same second either. The library's own encoder leaves no choice of it.
 */
export function reissueAccount(claims: NatsClaims, signer: KeyPair, nowMs: number): string {
  const iat = Math.max(Math.floor(nowMs / 1000), claims.iat + 1);
  const payload = { ...claims, iss: signer.getPublicKey(), iat, jti: randomUUID() };
  const signed = [{ typ: 'JWT', alg: Algorithms.v2 }, payload].map(base64url).join('.');
  return `${signed}.${Buffer.from(signer.sign(Buffer.from(signed))).toString('base64url')}`;
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
