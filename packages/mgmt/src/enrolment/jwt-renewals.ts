import type { Clock } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { ClusterRecord } from '../store/index.ts';
import type { IssuedJwt, NatsAccounts } from './nats-accounts.ts';

/** Has a newer JWT ready for each agent whose own nears its end. */
export interface JwtRenewals {
  /** Makes one where there will be need of it. Never throws. */
  prepare(record: ClusterRecord): Promise<void>;
  /** The one to hand out: `when-due` none while more than half of the life of the agent's own is left. Empty for none. */
  present(record: ClusterRecord, need: 'when-due' | 'now'): string;
  /**
   * When the JWT expires that was handed out, if that is the one that the agent says to hold: what it says of others is
   * not to be relied on.
   */
  confirmed(record: ClusterRecord, saidExpiresAtMs: number): number | undefined;
}

/** What it works with. */
export interface JwtRenewalsOptions {
  readonly accounts: NatsAccounts | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** A JWT that waits to be taken. */
interface Ready extends IssuedJwt {
  readonly natsUser: string;
}

/** They are kept in memory alone: one more costs nothing, and an agent says which it holds. */
export function createJwtRenewals({ accounts, clock, log }: JwtRenewalsOptions): JwtRenewals {
  /** By the present name of the cluster: a JWT is limited to the subjects of one name. */
  const ready = new Map<string, Ready>();

  const isLate = (expiresAtMs: number): boolean => expiresAtMs - clock.now() < (accounts?.lifetimeMs ?? 0) / 2;
  const isDue = ({ agent }: ClusterRecord): boolean => isLate(agent?.natsJwtExpiresAtMs ?? Number.POSITIVE_INFINITY);
  const readyFor = ({ name, agent }: ClusterRecord): Ready | undefined => {
    const found = ready.get(name);
    return found === undefined || found.natsUser !== agent?.natsUser || isLate(found.expiresAtMs) ? undefined : found;
  };
  const issue = async ({ mesh, name, agent }: ClusterRecord): Promise<void> => {
    const natsUser = agent?.natsUser ?? '';
    if (accounts === undefined || natsUser === '') return;
    try {
      ready.set(name, { natsUser, ...(await accounts.issueAgentUser({ mesh, cluster: name, natsUser })) });
    } catch (error) {
      const { code, message } = toRerootError(error);
      log.error({ cluster: name, code, problem: message }, 'no new JWT can be made for an agent');
    }
  };
  return {
    prepare: async (record) => {
      if (readyFor(record) === undefined && (isDue(record) || record.formerName !== undefined)) await issue(record);
    },
    present: (record, need) => {
      if (need === 'when-due' && !isDue(record)) return '';
      const found = readyFor(record);
      if (found !== undefined) return found.jwt;
      // It became due since the last look: it goes out with the next terms.
      void issue(record);
      return '';
    },
    confirmed: (record, saidExpiresAtMs) => {
      const found = readyFor(record);
      return found?.expiresAtMs === saidExpiresAtMs ? saidExpiresAtMs : undefined;
    },
  };
}
