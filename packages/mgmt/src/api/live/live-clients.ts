import { RerootError } from '@reroot/shared/errors';
import { isNamed, type Principal } from '../access/principal.ts';
import type { LiveClient } from './live-client.ts';
import type { LiveLimits } from './live-limits.ts';

/** Those who follow the stream. */
export interface LiveClients {
  /** Makes sure that there is room for one more. @throws RR_LIVE_FULL, RR_LIVE_TOO_MANY */
  requireRoom(principal: Principal, remoteAddress: string): void;
  /** @returns takes it out again */
  add(principal: Principal, remoteAddress: string, client: LiveClient): () => void;
  all(): readonly LiveClient[];
}

/** Starts empty. */
export function createLiveClients({ maxClients, maxPerPrincipal }: LiveLimits): LiveClients {
  const senders = new Map<LiveClient, string>();
  return {
    requireRoom: (principal, remoteAddress) => {
      if (senders.size >= maxClients) {
        throw new RerootError('RR_LIVE_FULL', `the live stream has ${maxClients} clients, which is all that it serves`);
      }
      const sender = senderOf(principal, remoteAddress);
      const own = [...senders.values()].filter((each) => each === sender).length;
      if (own < maxPerPrincipal) return;
      throw new RerootError(
        'RR_LIVE_TOO_MANY',
        `${principal.name} follows the live stream with ${maxPerPrincipal} clients already`,
      );
    },
    add: (principal, remoteAddress, client) => {
      senders.set(client, senderOf(principal, remoteAddress));
      return () => {
        senders.delete(client);
      };
    },
    all: () => [...senders.keys()],
  };
}

/** Where a door is used by many, they are told apart by their addresses. */
function senderOf(principal: Principal, remoteAddress: string): string {
  const { via, name } = principal;
  return isNamed(principal) ? `${via} ${name}` : `${via} ${remoteAddress}`;
}
