import type { Inspection } from '@reroot/shared/protocol';

/** What an agent can be asked to look at beside its passes; a cluster may stand without one. */
export interface Inspector {
  /**
   * Looks at the cluster now. What cannot be read is a fact with the reason, and no failure.
   * @throws the signal's reason alone
   */
  inspect(signal: AbortSignal): Promise<SeenCluster>;
}

/** All of an inspection that is about the cluster. */
export type SeenCluster = Omit<Inspection, 'agentVersion'>;
