import { timingSafeEqual } from 'node:crypto';
import { tokenPrefix } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { ConfiguredToken } from '../api-config.ts';
import { digestOf } from './bearer-token.ts';
import { type Visitor, visitorWithRoles } from './visitor.ts';

/** Tokens that mgmt knows by itself. */
export interface ConfiguredTokens {
  /**
   * Whose token it is; undefined when it is none of them.
   * @throws RR_API_UNAUTHORIZED for one that has expired
   */
  find(token: string): FoundToken | undefined;
}

/** A token and how easily it is guessed: one of 256 random bits is not, and of any other nobody knows. */
export interface FoundToken {
  readonly visitor: Visitor;
  readonly strength: 'random' | 'unknown';
}

/** What tokens there are. */
export interface ConfiguredTokensOptions {
  readonly tokens: readonly ConfiguredToken[];
  /** The one of `api.tokenFile`, which names nobody. */
  readonly shared: string | undefined;
  readonly clock: Clock;
}

interface KnownToken {
  readonly digest: Buffer;
  readonly visitor: Visitor;
}

/** Compares digests, each with all of them: the time that it takes tells nothing of a token. */
export function createConfiguredTokens({ tokens, shared, clock }: ConfiguredTokensOptions): ConfiguredTokens {
  const known = [...tokens.map(knownTokenOf), ...(shared === undefined ? [] : [sharedTokenOf(shared)])];
  return {
    find: (token) => {
      const digest = digestOf(token);
      const [found] = known.filter((each) => timingSafeEqual(each.digest, digest));
      if (found === undefined) return undefined;
      const { name, expiresAtMs } = found.visitor.principal;
      if (expiresAtMs !== undefined && expiresAtMs <= clock.now()) {
        throw new RerootError('RR_API_UNAUTHORIZED', `the token ${name} has expired at ${new Date(expiresAtMs).toISOString()}`);
      }
      return { visitor: found.visitor, strength: token.startsWith(tokenPrefix) ? 'random' : 'unknown' };
    },
  };
}

function knownTokenOf({ name, sha256, role, expires }: ConfiguredToken): KnownToken {
  const expiresAtMs = expires === undefined ? undefined : Date.parse(expires);
  return {
    digest: Buffer.from(sha256, 'hex'),
    visitor: visitorWithRoles({ name, via: 'token', expiresAtMs }, [role], 'api.access.tokens'),
  };
}

function sharedTokenOf(shared: string): KnownToken {
  const principal = { name: 'token', via: 'shared-token', expiresAtMs: undefined } as const;
  return { digest: digestOf(shared), visitor: visitorWithRoles(principal, ['admin'], 'api.tokenFile') };
}
