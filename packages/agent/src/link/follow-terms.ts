import { requireOwnJwt } from '@reroot/shared/nats-auth';
import type { HeldLink, TermsMark } from './link-record.ts';
import type { OfferedTerms } from './read-terms.ts';

/** What terms lead to. */
export interface TermsPlan {
  /** What is to be kept; undefined when the terms change nothing of it. */
  readonly next: HeldLink | undefined;
  /** Whether the agent makes new keys: not before it goes by the name that it shall. */
  readonly renewal: 'due' | 'none';
}

/** Works out what the agent does about terms that were accepted. */
export function followTerms(held: HeldLink, offered: OfferedTerms, mark: TermsMark): TermsPlan {
  const nats = natsOf(held, offered);
  const cluster = clusterOf(held, offered, nats);
  const mgmtPublicKeys = isSameSet(held.mgmtPublicKeys, offered.mgmtPublicKeys) ? held.mgmtPublicKeys : offered.mgmtPublicKeys;
  const isSame = mgmtPublicKeys === held.mgmtPublicKeys && nats === held.nats && cluster === held.cluster;
  // Under two names at once mgmt could grant a JWT for the one that the agent does not go by yet.
  const isBehind = offered.credentialsEpoch > held.epoch && offered.cluster === held.cluster;
  return {
    next: isSame ? undefined : { ...held, mgmtPublicKeys: [...mgmtPublicKeys], nats, cluster, terms: mark },
    renewal: isBehind ? 'due' : 'none',
  };
}

/** A JWT for other keys than the present ones, which mgmt may have granted already, is of no use to them. */
function natsOf({ nats }: HeldLink, { natsJwt }: OfferedTerms): HeldLink['nats'] {
  if (nats === undefined || natsJwt === undefined || natsJwt === nats.jwt) return nats;
  try {
    return { ...nats, jwt: requireOwnJwt({ jwt: natsJwt, seed: nats.seed }).jwt };
  } catch {
    return nats;
  }
}

/** A JWT is limited to the subjects of one name: under another name, the one that the agent has would shut it out. */
function clusterOf(held: HeldLink, offered: OfferedTerms, nats: HeldLink['nats']): string {
  const mayGoByIt = held.nats?.origin !== 'own' || nats !== held.nats;
  return mayGoByIt ? offered.cluster : held.cluster;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).size === new Set(b).size && b.every((each) => a.includes(each));
}
