import type { Clock } from '@reroot/shared/clock';
import { createNatsUser } from '@reroot/shared/nats-auth';
import type { NatsAccounts } from '../nats-accounts.ts';

/** Makes users of a NATS that is not there: the JWT says in the clear whose it is. Revokes nobody. */
export function createMemoryAccounts(clock: Clock, lifetimeMs: number): NatsAccounts {
  return {
    lifetimeMs,
    updater: undefined,
    issueAgentUser: async ({ mesh, cluster, natsUser }) => {
      const expiresAtMs = clock.now() + lifetimeMs;
      return { jwt: `${natsUser} ${mesh}/${cluster} ${expiresAtMs}`, expiresAtMs };
    },
    issueJoinUser: async ({ mesh, cluster }) => {
      const { publicKey, seed } = createNatsUser();
      return { natsUser: publicKey, seed, jwt: `${publicKey} ${mesh}/${cluster} joins` };
    },
  };
}
