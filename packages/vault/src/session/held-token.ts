import { z } from 'zod';

/** A token in use. */
export interface HeldToken {
  readonly token: string;
  /** How long it was good for when it was given or renewed; undefined for one that does not end, or says nothing of it. */
  readonly leaseMs: number | undefined;
  readonly givenAtMs: number;
  readonly renewable: boolean;
}

const seconds = z.number().nonnegative();

/** `auth` of a login or a renewal (developer.hashicorp.com/vault/api-docs/auth/token). */
export const grantSchema = z.object({
  auth: z.object({ client_token: z.string().min(1), lease_duration: seconds, renewable: z.boolean() }),
});

/** `data` of auth/token/lookup-self. */
export const lookupSchema = z.object({ data: z.object({ ttl: seconds, renewable: z.boolean().default(false) }) });

/** Vault says 0 of a token that does not end. */
export function leaseOf(ttlSeconds: number): number | undefined {
  return ttlSeconds === 0 ? undefined : ttlSeconds * 1_000;
}

/** When the last third of its time begins: from then on it is renewed, or another one is asked for. */
export function renewAtMs({ leaseMs, givenAtMs }: HeldToken): number {
  return leaseMs === undefined ? Number.POSITIVE_INFINITY : givenAtMs + (leaseMs * 2) / 3;
}
