import { RerootError } from '@reroot/shared/errors';
import type { ClusterRouteOptions } from '../cluster-routes.ts';

const refuse = (): Promise<never> => Promise.reject(new RerootError('RR_CLUSTER_NOT_FOUND', 'no cluster was added'));

/** The part of an API that is about clusters, where there is none. */
export const noClusters: ClusterRouteOptions = {
  clusters: { add: refuse, rename: refuse, rotateCredentials: refuse, revoke: refuse },
  describeAccounts: async () => ({
    ...{ clusters: [], signingKeys: { current: 'ab'.repeat(32), heldByAll: true } },
    natsRevocation: 'by-hand',
  }),
  now: () => 0,
};
