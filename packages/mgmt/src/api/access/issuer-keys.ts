import type { Clock } from '@reroot/shared/clock';
import { isHttpsOrLocal } from '@reroot/shared/config';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { accessUnavailable } from './access-unavailable.ts';
import type { FetchJson } from './fetch-json.ts';

/** Whose keys, and how they are come by. */
export interface IssuerKeysOptions {
  readonly issuer: string;
  readonly fetchJson: FetchJson;
  readonly clock: Clock;
}

/** After this time the keys are fetched again: the issuer may have taken one back. */
const refreshAfterMs = 600_000;
/** While the issuer does not answer, its keys are believed for no longer than this. */
const keptMs = 3_600_000;
/** The issuer is asked at most this often, whatever keys tokens name and whether it answers or not. */
const cooldownMs = 10_000;

const discoverySchema = z.looseObject({ issuer: z.string(), jwks_uri: z.string() });

type FindKey = ReturnType<typeof createLocalJWKSet>;

/**
 * The public keys of an OIDC issuer, found by its discovery document (OpenID Connect Discovery 1.0 §4) and kept. A token that
 * names another key has them fetched again.
 * @returns rejects with RR_API_ACCESS_UNAVAILABLE when there are none to be had, with jose's JWKSNoMatchingKey and
 *   JWKSMultipleMatchingKeys when there is no one key for the token
 */
export function createIssuerKeys(options: IssuerKeysOptions): JWTVerifyGetKey {
  const { clock } = options;
  let kept: { readonly find: FindKey; readonly atMs: number } | undefined;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> = Promise.resolve();
  let underWay = false;
  // Those who come while the issuer is asked, or shortly after, get what came of it, a failure too.
  const refresh = (): Promise<void> => {
    const sinceMs = clock.now() - askedAtMs;
    if (underWay || (sinceMs >= 0 && sinceMs < cooldownMs)) return asking;
    askedAtMs = clock.now();
    underWay = true;
    asking = fetchKeys(options)
      .then((find) => {
        kept = { find, atMs: clock.now() };
      })
      .finally(() => {
        underWay = false;
      });
    // Nobody may be left to wait for it.
    asking.catch(() => undefined);
    return asking;
  };
  const current = async (): Promise<FindKey> => {
    const ageMs = kept === undefined ? Number.POSITIVE_INFINITY : Math.abs(clock.now() - kept.atMs);
    try {
      if (ageMs >= refreshAfterMs) await refresh();
    } catch (error) {
      if (ageMs >= keptMs) throw error;
    }
    if (kept === undefined) throw accessUnavailable(`the keys of ${options.issuer} are not there`);
    return kept.find;
  };
  return async (header, token) => {
    const find = await current();
    try {
      return await find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await refresh();
      return (await current())(header, token);
    }
  };
}

/** @throws RR_API_ACCESS_UNAVAILABLE */
async function fetchKeys({ issuer, fetchJson }: IssuerKeysOptions): Promise<FindKey> {
  const found = discoverySchema.safeParse(
    await fetchJson(new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)),
  );
  if (!found.success) throw accessUnavailable(`${issuer} does not say where its keys are`);
  // §4.3: a document of another issuer would have us believe its keys.
  if (found.data.issuer !== issuer) {
    throw accessUnavailable(`${issuer} calls itself ${JSON.stringify(found.data.issuer.slice(0, 200))}`, {
      remedy: 'let api.access.oidc.issuer be exactly what the issuer calls itself, up to the last slash',
    });
  }
  const keysUrl = URL.parse(found.data.jwks_uri);
  if (keysUrl === null || !isHttpsOrLocal(keysUrl)) {
    throw accessUnavailable(`the keys of ${issuer} are not at an https address`);
  }
  try {
    return createLocalJWKSet((await fetchJson(keysUrl)) as JSONWebKeySet);
  } catch (cause) {
    if (cause instanceof RerootError) throw cause;
    throw accessUnavailable(`${keysUrl.origin}${keysUrl.pathname} holds no set of keys: ${errorMessage(cause)}`, { cause });
  }
}
