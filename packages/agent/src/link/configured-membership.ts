import type { Identity } from '@reroot/shared/protocol';
import type { Membership } from './membership.ts';
import { mgmtKeysOf } from './mgmt-keys.ts';

/** What an agent is told that has not joined. */
export interface ConfiguredMembershipOptions {
  readonly mesh: string;
  readonly cluster: string;
  readonly identity: Identity;
  /** SPKI in PEM. */
  readonly mgmtPublicKeys: readonly string[];
  /** 0 for never or none; so too when it is left out. */
  readonly natsJwtExpiresAtMs?: number;
}

/**
 * The membership that configuration says: terms are answered, and change nothing.
 * @throws RR_IDENTITY_INVALID when a public key of mgmt is none
 */
export function createConfiguredMembership(options: ConfiguredMembershipOptions): Membership {
  const { mesh, cluster, identity, natsJwtExpiresAtMs = 0 } = options;
  const { keyring, ids } = mgmtKeysOf(options.mgmtPublicKeys);
  const present = {
    mgmtKeys: keyring,
    mgmtKeyIds: ids,
    credentialsEpoch: 0,
    natsJwtExpiresAtMs,
    mark: { term: 0, sequence: 0 },
  };
  return { mesh, cluster, identity, present: () => present, follow: async () => 'unchanged' };
}
