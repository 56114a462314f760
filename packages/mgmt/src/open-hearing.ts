import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import type { MgmtConfig } from './config.ts';
import {
  createKeyDirectory,
  createLinkAccounts,
  createLinkView,
  createRateLimit,
  createRefusals,
  type KeyDirectory,
  type LinkAccounts,
  type LinkView,
  type RateLimit,
  type Refusals,
} from './fleet/index.ts';
import { type AgentSequences, createAgentSequences } from './mesh/index.ts';
import { createRefusing, type Refusing } from './runner/index.ts';

/** Who speaks for the clusters, how their links stand, and what is refused of what they say. */
export interface Hearing {
  readonly keys: KeyDirectory;
  readonly accounts: LinkAccounts;
  readonly links: LinkView;
  readonly sequences: AgentSequences;
  readonly refusals: Refusals;
  readonly refusing: Refusing;
  readonly limit: RateLimit;
}

/** What hearing agents takes, whether mgmt leads or not. */
export interface OpenHearingOptions {
  readonly config: Pick<MgmtConfig, 'clusters' | 'limits'>;
  /** The clusters that were added. */
  readonly enrolment: Parameters<typeof createKeyDirectory>[1] & Parameters<typeof createLinkAccounts>[0]['added'];
  /** Whether there is such a mesh. */
  readonly hasMesh: (mesh: string) => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** Nothing was heard yet. @throws RR_CLUSTER_TWICE */
export function openHearing({ config, enrolment, hasMesh, clock, log }: OpenHearingOptions): Hearing {
  const keys = createKeyDirectory(config.clusters, enrolment);
  const accounts = createLinkAccounts({ configured: keys.configured, hasMesh, added: enrolment });
  const links = createLinkView((mesh, cluster) => accounts.accessOf(mesh, cluster));
  const refusals = createRefusals(accounts.isKnown);
  const refusing = createRefusing({ refusals, isKnown: accounts.isKnown, clock, log });
  const onRefused = (subject: string): void => refusing.refuseUnseen(subject);
  const limit = createRateLimit({ limits: config.limits, isKnown: accounts.isKnown, onRefused, clock });
  return { keys, accounts, links, sequences: createAgentSequences(), refusals, refusing, limit };
}
